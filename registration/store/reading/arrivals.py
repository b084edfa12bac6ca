"""The day of the meeting: who came, who was expected, and the search at the door."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from registration.domain.batches import APPROVED
from registration.domain.ids import DelegationKey, MeetingId, RegistrationId
from registration.domain.registrations import Registration
from registration.store.reading.registrations import list_by_ids
from registration.store.tables.accounts import DbStaff
from registration.store.tables.arrivals import DbArrival
from registration.store.tables.meetings import DbDelegation
from registration.store.tables.registrations import DbRegistration


@dataclass(frozen=True)
class Came:
    """That somebody came. at: aware UTC. staff_name: who recorded it, or "" for nobody known."""

    at: datetime
    staff_name: str


@dataclass(frozen=True)
class Expected:
    """Somebody on the lists of the door. came: None while the person is not here."""

    registration: Registration
    came: Came | None


@dataclass(frozen=True)
class Attendance:
    """How many of a delegation have a letter in force or came, and how many of them came."""

    expected: int
    came: int


def find_came(session: Session, id: RegistrationId) -> Came | None:
    """Return when the person came and who recorded it, or None."""
    query = (
        select(DbArrival.arrived_at_utc, DbStaff.name)
        .outerjoin(DbStaff, DbStaff.id == DbArrival.staff_id)
        .where(DbArrival.registration_id == id)
    )
    row = session.execute(query).first()
    return None if row is None else Came(row[0], row[1] or "")


def count_attendance(session: Session, meeting_id: MeetingId) -> dict[DelegationKey, Attendance]:
    """Return the numbers of each delegation of which somebody is expected; one query."""
    query = (
        select(DbDelegation.key, func.count(), func.count(DbArrival.registration_id))
        .join(DbRegistration, DbRegistration.delegation_id == DbDelegation.id)
        .outerjoin(DbArrival, DbArrival.registration_id == DbRegistration.id)
        .where(DbDelegation.meeting_id == meeting_id, _takes_part())
        .group_by(DbDelegation.key)
    )
    return {
        DelegationKey(key): Attendance(expected, came)
        for key, expected, came in session.execute(query)
    }


def list_missing(
    session: Session,
    meeting_id: MeetingId,
    *,
    delegation_key: DelegationKey | None = None,
    limit: int,
) -> list[Expected]:
    """Return those who have a letter in force and did not come, by delegation and seat."""
    query = _ids(meeting_id).where(_takes_part(), DbArrival.registration_id.is_(None))
    if delegation_key is not None:
        query = query.where(DbDelegation.key == delegation_key)
    return _read(session, query.limit(limit))


def search(
    session: Session,
    meeting_id: MeetingId,
    words: Sequence[tuple[str, Collection[DelegationKey]]],
    *,
    limit: int,
) -> list[Expected]:
    """Return the entries in which every word is found: in the name, the number, or the name of the
    delegation; those with a letter in force first.

    words: each in canonical form, with the delegations in whose name it stands. Addresses and
    institutions are not looked at: the door's lists do not show them.
    """
    query = _ids(meeting_id, first=[(~_takes_part()).asc()]).where(
        DbRegistration.erased_at_utc.is_(None), *(_has(word, keys) for word, keys in words)
    )
    return _read(session, query.limit(limit))


def _has(word: str, keys: Collection[DelegationKey]) -> ColumnElement[bool]:
    return or_(
        DbRegistration.canonical_name.contains(word, autoescape=True),
        func.lower(DbRegistration.reference).contains(word, autoescape=True),
        DbDelegation.key.in_(list(keys)),
    )


def _takes_part() -> ColumnElement[bool]:
    return or_(DbRegistration.state.in_(list(APPROVED)), DbArrival.registration_id.is_not(None))


def _ids(
    meeting_id: MeetingId, first: Sequence[ColumnElement[bool]] = ()
) -> Select[UUID, datetime, str]:
    return (
        select(DbRegistration.id, DbArrival.arrived_at_utc, DbStaff.name)
        .join(DbDelegation, DbDelegation.id == DbRegistration.delegation_id)
        .outerjoin(DbArrival, DbArrival.registration_id == DbRegistration.id)
        .outerjoin(DbStaff, DbStaff.id == DbArrival.staff_id)
        .where(DbRegistration.meeting_id == meeting_id)
        .order_by(*first, DbDelegation.position, DbRegistration.seat_number, DbRegistration.id)
    )


def _read(session: Session, query: Select[UUID, datetime, str]) -> list[Expected]:
    # Of an outer join: the moment and the name may be None.
    rows: list[tuple[UUID, datetime | None, str | None]] = [
        (row[0], row[1], row[2]) for row in session.execute(query)
    ]
    entries = {
        each.id: each for each in list_by_ids(session, [RegistrationId(row[0]) for row in rows])
    }
    return [
        Expected(entries[RegistrationId(id)], None if at is None else Came(at, name or ""))
        for id, at, name in rows
    ]
