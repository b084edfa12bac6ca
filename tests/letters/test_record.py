"""The record of an acceptance."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registration.domain.acceptances import Confirmation, ConfirmedHow
from registration.domain.names import LONGEST_LINE
from registration.domain.states import Actor
from registration.letters.record import draw_record
from registration.registrar.signing import LONGEST_BROWSER
from tests.builders import make_particulars, make_registration
from tests.languages import list_foreign, list_words
from tests.letters.reading import Paper
from tests.letters.samples import draw_signature, make_evidence, make_record

_CONFIRMED = (
    "By the link that was mailed to it, on Monday 14\u00a0February 2022, 09:12 (Mexico City time;"
    " 2022-02-14 15:12:00 UTC)"
)


def test_record_keeps_all_of_the_evidence() -> None:
    record = make_record(make_evidence(language="en"))

    assert [(each.heading, each.facts) for each in record.groups] == [
        (
            "What was accepted",
            (
                ("Letter", "RCM-7K2M4QXZ/1"),
                ("Issued", "Thursday 17\u00a0February 2022, 09:00 (Mexico City time)"),
                ("Language", "English"),
                (
                    "SHA-256 of the letter",
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                ),
            ),
        ),
        (
            "Who accepted",
            (
                ("Delegation", "Republic of Costa Rica"),
                ("Name in the letter", "Ana Lucía Morales Vargas"),
                ("Name typed", "Ana Lucia Morales Vargas"),
                ("Accepted by", "The delegate, through the private link"),
                ("Signed letter", "None was sent"),
            ),
        ),
        (
            "When, and from where",
            (
                (
                    "Time of the meeting's city",
                    "Friday 18\u00a0February 2022, 10:05 (Mexico City time)",
                ),
                ("Universal time (UTC)", "2022-02-18 16:05:09 UTC"),
                ("Network address", "2001:db8::370:7334"),
                ("Browser", "Mozilla/5.0 (X11; Linux x86_64; rv:97.0) Gecko/20100101 Firefox/97.0"),
            ),
        ),
        (
            "How the address was confirmed",
            (
                ("E-mail address", "ana.morales@rree.example.cr"),
                (
                    "Confirmed",
                    _CONFIRMED,
                ),
            ),
        ),
    ]
    assert record.head.number == "RCM-7K2M4QXZ/1"
    assert len(record.terms) == 6


def test_record_claims_no_more_than_a_simple_signature() -> None:
    record = make_record(make_evidence(language="en"))

    assert record.nature.startswith(
        "This is a simple electronic signature with tamper-evident evidence"
    )


def test_record_of_a_scan_names_who_entered_it() -> None:
    evidence = make_evidence(language="en", by=Actor.SECRETARIAT, entered_by="Luisa Pérez")

    facts = dict(make_record(evidence).groups[1].facts)

    assert facts["Accepted by"] == "The Secretariat (Luisa Pérez), with the letter signed on paper"
    assert facts["Signed letter"] == "A copy of the letter signed on paper is kept"


@pytest.mark.parametrize("language", ["en", "es"])
def test_record_is_one_page_told_in_order(language: str) -> None:
    record = make_record(make_evidence(language=language, signature_png=draw_signature()))

    paper = Paper(draw_record(record))

    told = [each for each in paper.list_paragraphs() if each != "–"]
    assert len(paper.pdf.pages) == 1
    assert told[4] == record.sentence.replace("\u00a0", " ")
    assert told[5:8] == [record.groups[0].heading, *record.groups[0].facts[0]]
    assert told[-7:-1] == [
        *(each.replace("\u00a0", " ") for each in record.terms[-2:]),
        record.nature_heading,
        record.nature,
        record.foot.heading,
        record.foot.advice,
    ]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("by", [Actor.DELEGATE, Actor.SECRETARIAT])
def test_no_word_of_the_other_language_stands_in_the_record(language: str, by: Actor) -> None:
    record = make_record(make_evidence(language=language, by=by, entered_by="Luisa Pérez"))

    assert list_foreign(list_words(record), language) == []


def test_drawn_signature_is_a_picture_with_a_name() -> None:
    record = make_record(make_evidence(language="en", signature_png=draw_signature()))

    paper = Paper(draw_record(record))

    figures = [each.obj for each in paper.root.list_all() if each.tag == "Figure"]
    assert [str(each.Alt) for each in figures if each is not None] == ["Drawn signature"]
    assert len(paper.pdf.pages[0].Resources.XObject) == 1


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"no picture",
        draw_signature()[:200],
        b"\xff\xd8\xff\xe0 a JPEG",
        draw_signature((3000, 3000)),
    ],
    ids=["empty", "text", "cut off", "JPEG", "too large"],
)
def test_broken_drawing_does_not_lose_the_record(broken: bytes) -> None:
    whole = Paper(draw_record(make_record(make_evidence())))

    paper = Paper(draw_record(make_record(make_evidence(signature_png=broken))))

    assert paper.list_paragraphs() == whole.list_paragraphs()


def test_markup_in_the_name_of_a_browser_is_printed() -> None:
    browser = '<img src="/etc/passwd"/> <b>' + "x" * 270

    paper = Paper(draw_record(make_record(make_evidence(browser=browser))))

    assert browser in paper.list_paragraphs()


@pytest.mark.parametrize("how", list(ConfirmedHow))
@pytest.mark.parametrize("language", ["en", "es"])
def test_record_tells_how_the_address_was_confirmed(language: str, how: ConfirmedHow) -> None:
    at = None if how is ConfirmedHow.UNKNOWN else datetime(2022, 2, 14, 15, 12, tzinfo=UTC)
    record = make_record(make_evidence(language=language, confirmation=Confirmation(how, at)))

    told = record.groups[3].facts[1][1]

    assert ("2022-02-14 15:12:00 UTC" in told) == (at is not None)
    assert list_foreign(list_words(record), language) == []


def test_no_two_ways_to_confirm_are_told_alike() -> None:
    told = {
        make_record(make_evidence(confirmation=Confirmation(how, None))).groups[3].facts[1][1]
        for how in ConfirmedHow
    }

    assert len(told) == len(ConfirmedHow)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "name",
    ["Concepción " * 9 + "W" * 100, f"{'W' * LONGEST_LINE} {'M' * LONGEST_LINE}"],
    ids=["long", "longest"],
)
def test_longest_names_are_all_on_one_page(language: str, name: str) -> None:
    registration = make_registration(make_particulars(given_names=name, surnames=""))
    evidence = make_evidence(
        language=language,
        typed_name=name,
        browser="W" * LONGEST_BROWSER,
        signature_png=draw_signature(),
        by=Actor.SECRETARIAT,
        entered_by="Luisa Pérez",
        confirmation=Confirmation(ConfirmedHow.COMPLETED, datetime(2022, 2, 14, tzinfo=UTC)),
    )

    paper = Paper(draw_record(make_record(evidence, registration)))

    assert len(paper.pdf.pages) == 1
    assert paper.list_paragraphs().count(name) == 2


def test_long_terms_are_set_smaller_and_kept_whole() -> None:
    record = make_record(make_evidence(language="en"))
    terms = tuple(f"{number}: {'words that nobody reads ' * 11}" for number in range(14))

    paper = Paper(draw_record(replace(record, terms=terms)))

    assert len(paper.pdf.pages) == 1
    assert [each for each in paper.list_paragraphs() if "nobody" in each] == [
        each.strip() for each in terms
    ]


def test_record_that_fits_no_page_loses_nothing() -> None:
    record = make_record(make_evidence(language="en"))

    paper = Paper(draw_record(replace(record, terms=("words " * 300,) * 14)))

    assert len(paper.pdf.pages) > 1
    assert record.nature in paper.list_paragraphs()
