"""The small meeting that README tells people to copy, on the site."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from registration.domain.ids import MeetingId
from registration.language.translator import get_translator
from registration.meetings.definition import Definition, read_definition
from registration.registrar import meetings
from tests.pages import Pages
from tests.sites import Site

SOURCE = Path(__file__).parents[2] / "docs" / "small-meeting.toml"
SMALL = MeetingId("small-meeting")


@pytest.fixture
def small(site: Site, pages: Pages) -> Pages:
    source = SOURCE.read_text(encoding="utf-8")
    definition = read_definition(source, name=SMALL)
    assert isinstance(definition, Definition)
    meetings.load(
        site.office, definition, source, meeting_id=SMALL, rolled_weeks=0, now=datetime.now(UTC)
    )
    return pages


@pytest.mark.parametrize("language", ["en", "es"])
def test_its_page_asks_for_no_passport_and_promises_no_letter(small: Pages, language: str) -> None:
    page = small.get(f"/{language}/{SMALL}/")

    assert 'id="costs"' not in page.html
    words = get_translator(language)
    assert words.gettext("A copy of a valid passport") not in page.text
    assert words.gettext("You receive your invitation letter as a PDF.") not in page.text


def test_observers_find_themselves_in_its_form(small: Pages) -> None:
    form = small.get(f"/en/{SMALL}/register")

    assert ">Observers<" in form.html
    assert ">Organisers<" not in form.html


@pytest.mark.parametrize("path", ["", "privacy"])
def test_where_nobody_shows_a_passport_no_page_speaks_of_one(small: Pages, path: str) -> None:
    assert "passport" not in small.get(f"/en/{SMALL}/{path}").text.lower()
    assert "pasaporte" not in small.get(f"/es/{SMALL}/{path}").text.lower()
