"""What a round of the worker does beside delivering: it seals the history, once a day, and asks for
the reminders that are due."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registration.domain.batches import BatchKind
from registration.domain.events import Event
from registration.domain.meeting import Meeting
from registration.jobs import worker
from registration.registrar import auditing, meetings
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading import seals
from tests.builders import RCM
from tests.offices import REVIEWER, Guide, make_office
from tests.sites import load_open_meeting


@pytest.fixture
def office(workshop_sqlite_url: str) -> Iterator[Office]:
    office = make_office(workshop_sqlite_url)
    yield office
    office.database.dispose()


def test_round_seals_the_history_once_and_names_the_line_in_the_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "registration.jobs")
    Guide(office).submit()

    for _ in range(2):
        worker._sweep(office, worker.leave_it)

    with office.database.reading() as session:
        last = seals.find_last_seal(session)
        assert seals.list_sealed_ends(session) == seals.list_ends(session)
    assert last is not None
    assert caplog.messages == [f"history: sealed line 1, {last.hash.hex()}"]
    assert auditing.list_broken_seals(office) == []


def test_round_asks_for_the_reminders_that_are_due(sqlite_url: str) -> None:
    office = make_office(sqlite_url)
    load_open_meeting(office)
    guide = Guide(office, now=datetime.now(UTC) - timedelta(hours=5))
    guide.approve(guide.submit("ca"))
    _put_changes_until(office, datetime.now(UTC) + timedelta(days=13))

    for _ in range(2):
        worker._sweep(office, worker.leave_it)

    with office.database.reading() as session:
        batches = reading.list_batches(session, RCM, limit=10)
    office.database.dispose()
    assert [(each.kind, each.total) for each in batches] == [(BatchKind.REMIND, 1)]


def _put_changes_until(office: Office, moment: datetime) -> None:
    """Fourteen days before its last day was yesterday, in the meeting's city."""
    with office.database.reading() as session:
        rolled = reading.get_meeting_source(session, RCM).rolled_weeks
    local = moment.astimezone(ZoneInfo("America/Mexico_City")).replace(tzinfo=None, microsecond=0)
    local -= timedelta(weeks=rolled)
    amended = meetings.amend(
        office,
        RCM,
        lambda amendments: amendments.with_dates(deadline=local, changes_until=local),
        event=Event.DATES_CHANGED,
        by=REVIEWER,
        at=datetime.now(UTC),
        facts={},
    )
    assert isinstance(amended, Meeting), amended
