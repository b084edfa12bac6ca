"""Meetings beside one another: the list of them, and that none speaks of another."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.meetings.definition import Definition, read_definition
from registration.meetings.reading import get_meeting
from registration.registrar import meetings
from tests.builders import RCM
from tests.pages import Pages
from tests.sites import Site

REVIEW = MeetingId("gcm-regional-review-2025")
FILE = Path(__file__).parents[2] / "meetings" / f"{REVIEW}.toml"
PARTS = ("", "agenda", "roadmap", "documents", "calls/", "participants", "privacy", "register")
#: The workshop of 2022 is over, the review of March 2025 is open.
BETWEEN = datetime(2024, 11, 4, 15, tzinfo=UTC)


@pytest.fixture
def site(site: Site) -> Site:
    """Both shipped meetings, on their own dates."""
    for meeting_id in (REVIEW, RCM):
        path = FILE.with_name(f"{meeting_id}.toml")
        source = path.read_text(encoding="utf-8")
        definition = read_definition(source, name=meeting_id)
        assert isinstance(definition, Definition), definition
        meetings.load(
            site.office, definition, source, meeting_id=meeting_id, rolled_weeks=0, now=BETWEEN
        )
    return site


@pytest.fixture
def pages(site: Site) -> Iterator[Pages]:
    with time_machine.travel(BETWEEN, tick=False):
        yield Pages(site.app, site.url)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("part", PARTS)
def test_page_of_one_meeting_says_nothing_of_the_other(
    pages: Pages, site: Site, language: str, part: str
) -> None:
    ours, theirs = _get(site, REVIEW), _get(site, RCM)

    html = pages.get(f"/{language}/{REVIEW}/{part}").html

    for text in (theirs.short_title, theirs.office, theirs.organisation, theirs.venue):
        assert text[language] not in html
    assert theirs.contact not in html
    assert f"/{RCM}" not in html
    assert ours.contact in html


@pytest.mark.parametrize("part", ["", "agenda", "participants", "privacy"])
def test_workshop_says_nothing_of_the_review(pages: Pages, site: Site, part: str) -> None:
    theirs = _get(site, REVIEW)

    html = pages.get(f"/es/{RCM}/{part}").html

    for text in (theirs.short_title, theirs.office, theirs.organisation):
        assert text["es"] not in html
    assert theirs.contact not in html
    assert f"/{REVIEW}" not in html


def test_home_parts_meetings_to_come_from_those_over(pages: Pages) -> None:
    coming, _, past = pages.get("/en/").text.partition("Past meetings")

    assert "Second Regional Review" in coming
    assert "18 to 20 March 2025" in coming
    assert "(Santiago time)" in coming
    assert "II Preparation Workshop" not in coming
    assert "II Preparation Workshop" in past
    assert "Registration has closed" in past


def test_home_names_the_office_of_each_organiser(pages: Pages, site: Site) -> None:
    text = pages.get("/es/").text

    for meeting_id in (REVIEW, RCM):
        meeting = _get(site, meeting_id)
        assert meeting.organisation["es"] in text
        assert f"{meeting.office['es']} {meeting.contact}" in text


def test_next_meeting_stands_first_and_a_day_is_over_in_its_own_city(
    pages: Pages, site: Site
) -> None:
    with time_machine.travel(datetime(2022, 1, 5, tzinfo=UTC), tick=False):
        text = pages.get("/en/").text
    assert text.index("II Preparation Workshop") < text.index("Second Regional Review")
    # 20 March 2025 ends in Santiago three hours after London's.
    for hour, heading in ((2, "Coming meetings"), (3, "No meeting is open")):
        with time_machine.travel(datetime(2025, 3, 21, hour, tzinfo=UTC), tick=False):
            assert heading in pages.get("/en/").text


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_takes_part_names_each_delegation_and_category(
    pages: Pages, site: Site, language: str
) -> None:
    meeting = _get(site, REVIEW)

    text = pages.get(f"/{language}/{REVIEW}/participants").text

    missing = [
        each.key
        for each in meeting.groups
        if " ".join(each.name[language].replace("\u00a0", " ").split()) not in text
    ]
    assert len(meeting.delegations) == 60
    assert missing == []


def _get(site: Site, meeting_id: MeetingId) -> Meeting:
    with site.office.database.reading() as session:
        return get_meeting(session, meeting_id)
