"""The file that README tells people to copy is a whole one, and asks nothing of anybody."""

from pathlib import Path

import pytest

from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.language.translator import get_translator
from registration.letters.checking import check_paper
from registration.letters.checking.source import list_letter_words
from registration.letters.paper import draw_letter
from registration.letters.wording import compose_letter
from registration.meetings.checking import check
from registration.meetings.definition import Definition, read_definition
from tests.builders import make_registration
from tests.letters.reading import Paper

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "docs" / "small-meeting.toml").read_text(encoding="utf-8")
SMALL = MeetingId("small-meeting")


@pytest.fixture(scope="module")
def meeting() -> Meeting:
    return _define().to_meeting(SMALL)


def test_nothing_of_it_has_to_be_mended_but_the_address() -> None:
    assert [str(each) for each in check(_define())] == [
        "contact: secretariat@example.org reaches nobody: write the address that people read."
    ]


def test_it_has_one_day_and_asks_nothing_of_anybody(meeting: Meeting) -> None:
    assert meeting.first_day == meeting.last_day
    assert all(each.asks_nothing and not each.asks_acceptance for each in meeting.groups)
    assert [each.key for each in meeting.categories if each.registers_itself] == ["observers"]


def test_readme_tells_of_it_and_of_every_step() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    steps = readme.split("## A meeting of your own")[1].split("\n## ")[0]

    assert "cp docs/small-meeting.toml meetings/" in steps
    assert "meeting check meetings/" in steps
    assert "meeting load meetings/" in steps


#: What slips into a copy of it: what is changed, into what; the line and the fault.
SLIPS = {
    "a heading twice": (
        "[names]",
        "[dates]",
        (
            "line 25, the file: What this line names stands in the file already. Take one of the"
            " two out; one more of a list begins with two brackets: [[segments]]."
        ),
    ),
    "a text over several lines": (
        'city = { en = "Panama City", es = "Ciudad de Panamá" }',
        'city = {\n    en = "Panama City",\n    es = "Ciudad de Panamá"\n}',
        (
            "line 31, the file: What stands between { and } goes on below."
            " Write it in one line, without a comma before }."
        ),
    ),
    "a day that is none": (
        "last_day = 2030-09-10",
        "last_day = 2030-09-31",
        (
            "line 20, the file: This day or hour does not exist."
            " Write one that calendar and clock have."
        ),
    ),
    "a key of the top below": (
        "asks_letter = false",
        'asks_letter = false\ncontact = "a@example.org"',
        (
            "line 54, delegations[1].contact: The key 'contact' is not known here. Write it above"
            " the first line with brackets: below one it belongs to that table."
        ),
    ),
    "a courtesy that is none": (
        "courtesies = []",
        'courtesies = ["flight"]',
        (
            "line 51, delegations[1].courtesies: There is no courtesy 'flight'."
            " Add it under [[courtesies]], or write courtesies = []."
        ),
    ),
    "the agenda on another day": (
        "day = 2030-09-10\nopens",
        "day = 2030-09-11\nopens",
        ("line 81, agenda[1].day: 2030-09-11 is no day of the meeting. Write 2030-09-10."),
    ),
    "days in the wrong order": (
        "last_day = 2030-09-10",
        "last_day = 2030-09-09",
        (
            "line 20, dates.last_day: The last day, 2030-09-09, comes before the first, 2030-09-10."
            " Write a day that is not before first_day."
        ),
    ),
    "a year beyond all calendars": (
        "first_day = 2030-09-10\nlast_day = 2030-09-10",
        "first_day = 2030-09-10\nlast_day = 9999-12-31",
        (
            "line 20, dates.last_day: No meeting is held in the year 9999."
            " Write a day of the years 2000 to 2199."
        ),
    ),
    "days without an end": (
        "retention_days = 60",
        "retention_days = 99999999999",
        "line 10, retention_days: 99999999999 is too large. Write 3650 or less.",
    ),
    "seats without an end": (
        "seats = 3",
        "seats = 1000000",
        "line 47, delegations[1].seats: 1000000 is too large. Write 1000 or less.",
    ),
}


@pytest.mark.parametrize("case", SLIPS)
def test_slip_in_a_copy_of_it_is_told_with_what_to_write(case: str) -> None:
    old, new, told = SLIPS[case]
    assert old in SOURCE

    faults = read_definition(SOURCE.replace(old, new, 1), name=SMALL)

    assert isinstance(faults, list)
    assert [str(each) for each in faults] == [told]


def test_key_of_the_top_at_the_end_is_not_taken_for_a_language() -> None:
    faults = read_definition(SOURCE + 'admission = "link"\nnote = "x"\n', name=SMALL)

    assert isinstance(faults, list)
    assert [each.remedy for each in faults] == [
        "Write it above the first line with brackets: below one it belongs to that table.",
        "A text has the codes of its languages alone: en, es.",
    ]


def test_news_need_no_question_and_another_call_does() -> None:
    call = """
[[calls]]
key = "news"
title = { en = "News", es = "Noticias" }
summary = { en = "We write when there is something to tell.", es = "Le escribiremos." }
answering = "person"
"""

    assert isinstance(read_definition(SOURCE + call + "leaves = true\n", name=SMALL), Definition)
    faults = read_definition(SOURCE + call, name=SMALL)

    assert isinstance(faults, list)
    assert [str(each).split(", ", 1)[1] for each in faults] == [
        (
            "calls[1].sections: The call 'news' asks nothing. Add [[calls.sections]] with its"
            " questions, or leaves = true where one only leaves an address for news."
        )
    ]


@pytest.mark.parametrize("source", ["", "\n# Nothing yet.\n"])
def test_empty_file_is_told_once(source: str) -> None:
    faults = read_definition(source, name=SMALL)

    assert isinstance(faults, list)
    assert [str(each) for each in faults] == [
        (
            "the file: The file is empty. Copy docs/small-meeting.toml, and write your own words"
            " into it."
        )
    ]


def test_brackets_without_an_end_are_a_fault() -> None:
    faults = read_definition("a = " + "[" * 4000, name=SMALL)

    assert isinstance(faults, list)
    assert [str(each) for each in faults] == [
        "the file: Brackets stand within brackets without an end. Close each of them."
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_letter_of_a_meeting_that_pays_nothing_has_no_empty_parts(
    meeting: Meeting, language: str
) -> None:
    words = get_translator(language)
    letter = compose_letter(
        meeting,
        make_registration(meeting_id=SMALL, delegation="pa", reference="EXA-7K2M4QXZ"),
        number="EXA-7K2M4QXZ/1",
        issued_on=meeting.first_day,
        verification_address="https://inscripcion.example.org/es/verify/7KQF-M2XD-94TN",
        words=words,
    )

    data = draw_letter(letter)
    told = Paper(data).list_paragraphs()

    assert check_paper(data, list_letter_words(letter)) == []
    assert words.pgettext("letter", "Courtesy") not in told
    assert letter.conditions.heading not in told
    assert letter.conditions.remarks_heading not in told
    assert words.gettext("Tentative agenda") in told
    assert len(Paper(data).pdf.pages) == 2


def _define() -> Definition:
    found = read_definition(SOURCE, name=SMALL)
    assert isinstance(found, Definition), "\n".join(map(str, found))
    return found
