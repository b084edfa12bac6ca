"""The record of an erasure: a page for each language, told in order, naming nobody."""

import pytest

from registration.domain.retention import Scope
from registration.letters.erasure import draw_erasure_record
from tests.builders import make_meeting
from tests.languages import list_foreign
from tests.letters.reading import Paper
from tests.letters.samples import make_erasure_record

RECORD = make_erasure_record(make_meeting())


@pytest.mark.parametrize("scope", [each for each in Scope if each is not Scope.UNNEEDED])
def test_each_language_has_a_page_of_its_own_even_where_all_kinds_were_held(scope: Scope) -> None:
    paper = Paper(draw_erasure_record(make_erasure_record(make_meeting(rolled_weeks=9), scope)))

    pages = [paper.page_text(number) for number in range(len(paper.pdf.pages))]
    share = len(pages) // len(RECORD.texts)
    headings = [each.erased_heading for each in RECORD.texts]
    for number, heading in enumerate(headings):
        own = range(number * share, (number + 1) * share)
        assert heading in pages[own.start]
        assert not any(heading in page for at, page in enumerate(pages) if at not in own)


def test_other_languages_are_told_as_what_they_are() -> None:
    paper = Paper(draw_erasure_record(RECORD))

    languages = [
        str(each.Lang)
        for each in paper.pdf.objects
        if hasattr(each, "keys") and each.get("/S") == "/Sect" and "/Lang" in each
    ]
    assert (str(paper.pdf.Root.Lang), languages) == ("en", ["es", "fr", "pt"])


@pytest.mark.parametrize("index", range(len(RECORD.texts)))
def test_no_word_of_the_other_language_stands_in_a_text(index: int) -> None:
    text = RECORD.texts[index]
    said = [
        *(text.sentence, text.why, text.erased_heading, text.remains_heading),
        *text.checked,
        *(
            each
            for pairs in (text.facts, text.erased, text.remains)
            for pair in pairs
            for each in pair
        ),
    ]

    assert list_foreign(said, text.language) == []


def test_passports_record_says_that_the_rest_is_kept() -> None:
    record = make_erasure_record(make_meeting(), Scope.PASSPORTS)

    assert record.texts[0].why.startswith("The other personal data of the registrations are kept")
    assert [label for label, _ in record.texts[0].erased] == [
        "Copies of passports",
        "Data read from passports",
        "Travel data",
        "Air tickets",
        "Files of air tickets",
        "Hotel rooms",
        "Diet and accessibility",
    ]
