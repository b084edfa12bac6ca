"""Meetings are read from the files in the database, and built once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId
from registration.meetings.reading import (
    MeetingDoesNotRead,
    find_meeting,
    get_meeting,
    list_meetings,
)
from registration.store.database import Database
from registration.store.tables.meetings import DbMeeting
from tests.meetings.shipped import RCM, change, read_source


def test_meeting_is_read_with_its_weeks(database_url: str) -> None:
    database = Database(database_url)
    _store(database, RCM, read_source(), rolled_weeks=3)

    with database.reading() as session:
        meeting = get_meeting(session, RCM)

    assert (meeting.id, meeting.rolled_weeks) == (RCM, 3)
    assert meeting.deadline == datetime(2022, 3, 23, 6, tzinfo=UTC)
    database.dispose()


def test_meeting_is_built_once(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    _store(database, RCM, read_source())

    with database.reading() as session:
        assert get_meeting(session, RCM) is get_meeting(session, RCM)
    database.dispose()


def test_newer_file_is_seen_at_once(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    _store(database, RCM, read_source())
    with database.reading() as session:
        before = get_meeting(session, RCM)
    _store(database, RCM, change("CRMST@iom.int", "other@example.org"))

    with database.reading() as session:
        after = get_meeting(session, RCM)

    assert (before.contact, after.contact) == ("CRMST@iom.int", "other@example.org")
    database.dispose()


def test_meeting_that_is_not_loaded_is_not_found(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    with database.reading() as session:
        assert find_meeting(session, RCM) is None
        assert list_meetings(session) == []
        with pytest.raises(LookupError):
            get_meeting(session, RCM)
    database.dispose()


def test_meetings_are_listed_in_the_order_of_their_loading(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    _store(database, MeetingId("zeta"), read_source(), position=1)
    _store(database, MeetingId("alpha"), read_source(), position=2)

    with database.reading() as session:
        assert [each.id for each in list_meetings(session)] == ["zeta", "alpha"]
    database.dispose()


def test_stored_file_with_faults_says_which(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    _store(database, RCM, change("seats = 2", "seats = 0"))

    with database.reading() as session, pytest.raises(MeetingDoesNotRead) as fault:
        get_meeting(session, RCM)

    assert "delegations[1].seats: 0 is too small. Write 1 or more." in str(fault.value)
    database.dispose()


def _store(
    database: Database,
    meeting_id: MeetingId,
    source: str,
    *,
    rolled_weeks: int = 0,
    position: int = 1,
) -> None:
    """As the registrar would; here without delegations and seats."""
    with Session(database.writer) as session, session.begin():
        session.merge(
            DbMeeting(
                id=meeting_id,
                position=position,
                source=source,
                rolled_weeks=rolled_weeks,
                loaded_at_utc=datetime(2022, 1, 1, tzinfo=UTC),
            )
        )
