"""Meetings, delegations and seats as stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, String, bindparam, cast, select
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationId, DelegationKey, Language, MeetingId
from registration.domain.meeting import Admission
from registration.domain.states import SEATED, State
from registration.store.tables.meetings import DbDelegation, DbMeeting, DbSeat
from registration.store.tables.registrations import DbRegistration

# Put together once: every page of a meeting asks it. What the desk changed is read as the text that
# it is in the database: `meetings.reading` compares it with the one it has built.
_meeting = DbMeeting.__table__.c
_SOURCES = select(
    _meeting.id,
    _meeting.source,
    _meeting.rolled_weeks,
    cast(_meeting.amendments, String).label("amendments"),
).order_by(_meeting.position)
_SOURCE = _SOURCES.where(_meeting.id == bindparam("id"))


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
class FocalPoint:
    """To whom a delegation's link goes. email: none where nobody is on record."""

    name: str
    email: str
    language: Language


@dataclass(frozen=True, kw_only=True)
class DelegationRow:
    """What the desk may change of a delegation. later_deadline: aware UTC, or None.

    labels: the label's key of each seat in the order of the numbers, None where it has none.
    link_sent_at: when the link went to the focal point last, aware UTC. has_head: whether number 1
    leads the delegation.
    """

    id: DelegationId
    meeting_id: MeetingId
    key: DelegationKey
    unlimited: bool
    admission: Admission
    later_deadline: datetime | None
    link_generation: int
    labels: tuple[str | None, ...]
    link_sent_at: datetime | None = None
    has_head: bool = False
    focal_point: FocalPoint | None = None


def find_meeting_source(session: Session, id: str) -> MeetingSource | None:
    """Return the meeting's file as loaded, or None."""
    row = session.execute(_SOURCE, {"id": id}).one_or_none()
    return None if row is None else _source(row)


def get_meeting_source(session: Session, id: str) -> MeetingSource:
    """Return the meeting's file as loaded. Raises LookupError."""
    found = find_meeting_source(session, id)
    if found is None:
        raise LookupError(f"no meeting {id!r} is loaded")
    return found


def list_meeting_sources(session: Session) -> list[MeetingSource]:
    """Return all meetings in the order in which they were first loaded."""
    return [_source(row) for row in session.execute(_SOURCES)]


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


def list_delegations(session: Session, meeting_id: MeetingId) -> list[DelegationRow]:
    """Return the meeting's delegations in the order of its file, in two queries."""
    query = select(DbDelegation).where(DbDelegation.meeting_id == meeting_id)
    ordered = query.order_by(DbDelegation.position).execution_options(populate_existing=True)
    rows = list(session.scalars(ordered))
    labels: dict[int, list[str | None]] = {row.id: [] for row in rows}
    seats = select(DbSeat).where(DbSeat.delegation_id.in_(labels)).order_by(DbSeat.number)
    for seat in session.scalars(seats):
        labels[seat.delegation_id].append(seat.label)
    return [_to_row(row, labels[row.id]) for row in rows]


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


def list_languages_in_use(session: Session, meeting_id: MeetingId | str) -> set[Language]:
    """Return the languages in which people of the meeting are written to: those of its entries
    that are not erased, and of the focal points."""
    chosen = select(DbRegistration.language).where(
        DbRegistration.meeting_id == meeting_id, DbRegistration.erased_at_utc.is_(None)
    )
    spoken = select(DbDelegation.focal_language).where(
        DbDelegation.meeting_id == meeting_id, DbDelegation.focal_email.is_not(None)
    )
    return {each for each in session.scalars(chosen.union(spoken)) if each}


def list_delegations_with_reserve(session: Session) -> list[DelegationId]:
    """Return the delegations for which somebody waits on the reserve list, of all meetings."""
    query = select(DbRegistration.delegation_id).where(DbRegistration.state == State.RESERVE)
    found = session.scalars(query.distinct().order_by(DbRegistration.delegation_id))
    return [DelegationId(each) for each in found]


def _source(row: Row[str, str, int, str]) -> MeetingSource:
    return MeetingSource(MeetingId(row.id), row.source, row.rolled_weeks, row.amendments)


def _delegation(session: Session, row: DbDelegation) -> DelegationRow:
    labels = session.scalars(
        select(DbSeat.label).where(DbSeat.delegation_id == row.id).order_by(DbSeat.number)
    )
    return _to_row(row, labels)


def _to_row(row: DbDelegation, labels: Iterable[str | None]) -> DelegationRow:
    return DelegationRow(
        id=DelegationId(row.id),
        meeting_id=MeetingId(row.meeting_id),
        key=DelegationKey(row.key),
        unlimited=row.unlimited,
        admission=Admission(row.admission),
        later_deadline=row.later_deadline_at_utc,
        link_generation=row.link_generation,
        labels=tuple(labels),
        link_sent_at=row.link_sent_at_utc,
        has_head=row.has_head,
        focal_point=_focal_point(row),
    )


def _focal_point(row: DbDelegation) -> FocalPoint | None:
    if not row.focal_email:
        return None
    return FocalPoint(
        name=row.focal_name or "", email=row.focal_email, language=row.focal_language or ""
    )
