"""What is special to letters in their structure; all else is `tests/judge`'s."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registration.letters.agenda import AgendaRow
from registration.letters.checking import check_paper
from registration.letters.checking.notes import get_address
from registration.letters.checking.reading import Paper
from registration.letters.checking.source import Words, list_letter_words, list_record_words
from registration.letters.courtesies import CourtesyRow
from registration.letters.paper import draw_letter
from registration.letters.record import Record, draw_record
from registration.letters.wording import Letter, as_typed
from tests.builders import make_meeting, make_particulars, make_registration
from tests.languages import list_words
from tests.letters.samples import ADDRESS, draw_signature, make_evidence, make_letter, make_record


def test_links_lead_to_the_contact_and_to_the_verification_page() -> None:
    paper = Paper(draw_letter(make_letter()))

    links = [each for each in paper.root.list_all() if each.tag == "Link"]
    addresses = [get_address(each.notes[0]) for each in links]
    assert sorted(addresses) == [ADDRESS, *["mailto:CRMST@iom.int"] * 2]


@pytest.mark.parametrize("weeks", [0, 250], ids=["held", "in rehearsal"])
@pytest.mark.parametrize("delegation", ["cr", "ca", "sacm"])
def test_checker_knows_each_text_of_a_letter(delegation: str, weeks: int) -> None:
    """A text that is added to letters is added there too, or nobody checks that it is told."""
    letter = make_letter(
        make_registration(delegation=delegation), meeting=make_meeting(rolled_weeks=weeks)
    )

    # What is emphasised are parts of paragraphs.
    assert _list_unknown(letter, list_letter_words(letter)) <= set(letter.emphasised)


def test_checker_knows_each_text_of_a_record() -> None:
    record = make_record(make_evidence(signature_png=draw_signature()))

    assert _list_unknown(record, list_record_words(record)) == set()


# What people may type: letters of many scripts, marks that meet no letter of the fonts, spaces,
# markup; and words longer than a line.
_CHARACTERS = st.sampled_from("aábçñüÁŁĐğőșțạộ\u0303\u0301\u0302\u0308. ,-/@&<>()\\%i王😀ʼ‑ fij1")
_TYPED = st.text(_CHARACTERS, max_size=60) | st.text(st.sampled_from("aW\u0303王"), max_size=200)
_WORD = st.text(st.sampled_from("abñé\u0301\u0303王‑()"), min_size=1, max_size=25)
_SAID = st.lists(_WORD, min_size=1, max_size=30).map(lambda each: as_typed(" ".join(each)))


@settings(max_examples=40)
@given(given_names=_TYPED, surnames=_TYPED, institution=_TYPED, position=_TYPED)
def test_checker_finds_nothing_whatever_people_type(
    given_names: str, surnames: str, institution: str, position: str
) -> None:
    typed = make_particulars(
        given_names=given_names, surnames=surnames, institution=institution, position=position
    )
    letter = _shorten(make_letter(make_registration(typed)))
    record = make_record(make_evidence(typed_name=given_names), make_registration(typed))

    assert _list_findings(draw_letter(letter), list_letter_words(letter)) == []
    assert _list_findings(draw_record(record), list_record_words(record)) == []


@settings(max_examples=30)
@given(
    paragraphs=st.lists(_SAID, max_size=8),
    terms=st.lists(_SAID, max_size=30),
    courtesies=st.lists(st.tuples(_SAID, _SAID, _SAID), min_size=1, max_size=25),
    items=st.lists(st.tuples(_SAID, st.lists(_SAID, max_size=3)), min_size=1, max_size=40),
)
def test_checker_finds_nothing_however_much_a_meeting_says(
    paragraphs: list[str],
    terms: list[str],
    courtesies: list[tuple[str, str, str]],
    items: list[tuple[str, list[str]]],
) -> None:
    letter = make_letter()
    rows = tuple(
        AgendaRow(section=None, hours="9:00–9:30", title=title, details=tuple(details))
        for title, details in items
    )
    part = replace(
        letter.conditions.parts[-1],
        items=tuple(f"{each} {letter.foot.contact} {each}" for each in terms),
    )
    letter = replace(
        letter,
        paragraphs=tuple(paragraphs),
        conditions=replace(letter.conditions, parts=(part,)),
        courtesies=replace(
            letter.courtesies, rows=tuple(CourtesyRow(*each) for each in courtesies)
        ),
        agenda=replace(letter.agenda, days=(replace(letter.agenda.days[0], rows=rows),)),
    )

    assert _list_findings(draw_letter(letter), list_letter_words(letter)) == []


def _list_findings(drawn: bytes, words: Words) -> list[str]:
    return [str(each) for each in check_paper(drawn, words)]


def _shorten(letter: Letter) -> Letter:
    """Return the letter without its annex."""
    return replace(letter, agenda=replace(letter.agenda, days=()))


def _list_unknown(paper: Letter | Record, words: Words) -> set[str]:
    known = {each.text for each in words.said} | {*words.furniture, *words.pictures, *words.fields}
    return set(list_words(paper)) - known - {words.title, words.page_of, ""}
