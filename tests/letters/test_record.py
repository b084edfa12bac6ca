"""The record of an acceptance."""

import pytest

from registration.domain.states import Actor
from registration.letters.record import draw_record
from tests.builders import make_particulars, make_registration
from tests.languages import list_foreign, list_words
from tests.letters.reading import Paper
from tests.letters.samples import draw_signature, make_evidence, make_record


def test_record_keeps_all_of_the_evidence() -> None:
    record = make_record(make_evidence(language="en"))

    assert record.facts == (
        ("Delegation", "Republic of Costa Rica"),
        ("Name in the letter", "Ana Lucía Morales Vargas"),
        ("Name typed", "Ana Lucia Morales Vargas"),
        ("Accepted by", "The delegate, through the private link"),
        (
            "Time of the meeting's city",
            "Friday 18\u00a0February 2022, 10:05 (Mexico City time)",
        ),
        ("Universal time (UTC)", "2022-02-18 16:05:09 UTC"),
        (
            "SHA-256 of the letter",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
        ("Network address", "2001:db8::370:7334"),
        ("Browser", "Mozilla/5.0 (X11; Linux x86_64; rv:97.0) Gecko/20100101 Firefox/97.0"),
        ("Signed letter", "None was sent"),
    )
    assert record.head.number == "RCM-7K2M4QXZ/1"
    assert len(record.terms) == 6


def test_record_claims_no_more_than_a_simple_signature() -> None:
    record = make_record(make_evidence(language="en"))

    assert record.nature.startswith(
        "This is a simple electronic signature with tamper-evident evidence"
    )


def test_record_of_a_scan_names_who_entered_it() -> None:
    evidence = make_evidence(language="en", by=Actor.SECRETARIAT, entered_by="Luisa Pérez")

    facts = dict(make_record(evidence).facts)

    assert facts["Accepted by"] == "The Secretariat (Luisa Pérez), with the letter signed on paper"
    assert facts["Signed letter"] == "A copy of the letter signed on paper is kept"


@pytest.mark.parametrize("language", ["en", "es"])
def test_record_is_one_page_told_in_order(language: str) -> None:
    record = make_record(make_evidence(language=language, signature_png=draw_signature()))

    paper = Paper(draw_record(record))

    told = [each for each in paper.list_paragraphs() if each != "–"]
    assert len(paper.pdf.pages) == 1
    assert told[4] == record.sentence.replace("\u00a0", " ")
    assert told[5:7] == list(record.facts[0])
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


def test_longest_names_are_all_in_the_record() -> None:
    name = "Concepción " * 9 + "W" * 100
    registration = make_registration(make_particulars(given_names=name, surnames=""))
    record = make_record(make_evidence(typed_name=name, browser="y" * 300), registration)

    paper = Paper(draw_record(record))

    assert paper.list_paragraphs().count(name) == 2
