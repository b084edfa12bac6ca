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
