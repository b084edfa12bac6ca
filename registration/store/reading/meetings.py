"""Meetings, delegations and seats as stored."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationId, DelegationKey, MeetingId
from registration.domain.meeting import Admission
from registration.domain.states import SEATED, State
from registration.store.tables.meetings import DbDelegation, DbMeeting, DbSeat
from registration.store.tables.registrations import DbRegistration


@dataclass(frozen=True)
class MeetingSource:
    """A meeting's file as loaded (TOML), and by how many weeks its dates are rolled.

    amendments: what the desk changed of it, JSON.
    """

    id: MeetingId
    source: str
    rolled_weeks: int
    amendments: str = "{}"


@dataclass(frozen=True, kw_only=True)
class DelegationRow:
    """What the desk may change of a delegation. later_deadline: aware UTC, or None.

    labels: the label's key of each seat in the order of the numbers, None where it has none.
    """

    id: DelegationId
    meeting_id: MeetingId
    key: DelegationKey
    unlimited: bool
    admission: Admission
    later_deadline: datetime | None
    link_generation: int
    labels: tuple[str | None, ...]


def find_meeting_source(session: Session, id: str) -> MeetingSource | None:
    """Return the meeting's file as loaded, or None."""
    row = session.get(DbMeeting, id, populate_existing=True)
    return None if row is None else _source(row)


def get_meeting_source(session: Session, id: str) -> MeetingSource:
    """Return the meeting's file as loaded. Raises LookupError."""
    found = find_meeting_source(session, id)
    if found is None:
        raise LookupError(f"no meeting {id!r} is loaded")
    return found


def list_meeting_sources(session: Session) -> list[MeetingSource]:
    """Return all meetings in the order in which they were first loaded."""
    return [_source(row) for row in session.scalars(select(DbMeeting).order_by(DbMeeting.position))]


def find_delegation(session: Session, meeting_id: str, key: str) -> DelegationRow | None:
    """Return the delegation's row, or None."""
    query = select(DbDelegation).where(
        DbDelegation.meeting_id == meeting_id, DbDelegation.key == key
    )
    row = session.scalars(query.execution_options(populate_existing=True)).first()
    return None if row is None else _delegation(session, row)


def get_delegation(session: Session, id: DelegationId) -> DelegationRow:
    """Return the delegation's row. Raises LookupError."""
    row = session.get(DbDelegation, id, populate_existing=True)
    if row is None:
        raise LookupError("no such delegation")
    return _delegation(session, row)


def find_delegation_by_link(session: Session, digest: bytes) -> DelegationRow | None:
    """Return the delegation whose link has this digest, or None."""
    row = session.scalars(select(DbDelegation).where(DbDelegation.link_digest == digest)).first()
    return None if row is None else _delegation(session, row)


def list_taken_numbers(session: Session, delegation_id: DelegationId) -> set[int]:
    """Return the numbers of the delegation's seats that somebody holds."""
    query = select(DbRegistration.seat_number).where(
        DbRegistration.delegation_id == delegation_id, DbRegistration.state.in_(list(SEATED))
    )
    return {number for number in session.scalars(query) if number is not None}


def has_reserve(session: Session, delegation_id: DelegationId) -> bool:
    """Return whether anybody of the delegation waits on the reserve list."""
    query = select(DbRegistration.id).where(
        DbRegistration.delegation_id == delegation_id, DbRegistration.state == State.RESERVE
    )
    return session.execute(query.limit(1)).first() is not None


def _source(row: DbMeeting) -> MeetingSource:
    amendments = json.dumps(row.amendments, sort_keys=True)
    return MeetingSource(MeetingId(row.id), row.source, row.rolled_weeks, amendments)


def _delegation(session: Session, row: DbDelegation) -> DelegationRow:
    labels = session.scalars(
        select(DbSeat.label).where(DbSeat.delegation_id == row.id).order_by(DbSeat.number)
    )
    return DelegationRow(
        id=DelegationId(row.id),
        meeting_id=MeetingId(row.meeting_id),
        key=DelegationKey(row.key),
        unlimited=row.unlimited,
        admission=Admission(row.admission),
        later_deadline=row.later_deadline_at_utc,
        link_generation=row.link_generation,
        labels=tuple(labels),
    )
