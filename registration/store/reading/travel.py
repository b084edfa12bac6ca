"""The boxes of journeys and stays, still locked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.journeys import Box
from registration.domain.roles import Role
from registration.domain.states import State
from registration.domain.travel import TicketStatus
from registration.store.tables.accounts import DbStaff, DbStaffRole
from registration.store.tables.base import Base
from registration.store.tables.registrations import DbRegistration
from registration.store.tables.travel import DbNeeds, DbStay, DbTicket, DbTravel

TABLES: Mapping[Box, type[Base]] = {
    Box.TRAVEL: DbTravel,
    Box.NEEDS: DbNeeds,
    Box.TICKET: DbTicket,
    Box.STAY: DbStay,
}


@dataclass(frozen=True, kw_only=True)
class LockedBox:
    """One box. at: when it was filled last, aware UTC. status: of a ticket, else None."""

    registration_id: RegistrationId
    locked_bytes: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)
    at: datetime
    status: TicketStatus | None = None


@dataclass(frozen=True)
class StaffAddress:
    """Where a member of the staff gets mail, and in which language."""

    email: str
    language: str


def find_box(session: Session, box: Box, id: RegistrationId) -> LockedBox | None:
    """Return the entry's box, or None where it has none."""
    row = session.execute(_query(box).where(TABLES[box].registration_id == id)).one_or_none()  # type: ignore[attr-defined]  # all four have it
    return None if row is None else _to_box(row)


def list_boxes(
    session: Session, box: Box, meeting_id: MeetingId, *, states: Collection[State] = tuple(State)
) -> dict[RegistrationId, LockedBox]:
    """Return this box of each of the meeting's entries in these states, in one query."""
    table: Any = TABLES[box]
    query = (
        _query(box)
        .join(DbRegistration, DbRegistration.id == table.registration_id)
        .where(DbRegistration.meeting_id == meeting_id, DbRegistration.state.in_(list(states)))
    )
    return {row.registration_id: _to_box(row) for row in session.execute(query)}


def list_ticketed(session: Session, meeting_id: MeetingId) -> dict[RegistrationId, TicketStatus]:
    """Return how the ticket of each entry of the meeting stands that ever had one; nothing of it is
    opened."""
    query = (
        select(DbTicket.registration_id, DbTicket.status)
        .join(DbRegistration, DbRegistration.id == DbTicket.registration_id)
        .where(DbRegistration.meeting_id == meeting_id)
    )
    return {RegistrationId(id): TicketStatus(status) for id, status in session.execute(query)}


def list_desk(session: Session, role: Role, meeting_id: MeetingId) -> list[StaffAddress]:
    """Return the open accounts that have the role for this meeting or for every one."""
    query = (
        select(DbStaff.email, DbStaff.language)
        .join(DbStaffRole, DbStaffRole.staff_id == DbStaff.id)
        .where(
            DbStaff.active.is_(True),
            DbStaffRole.name == role,
            DbStaffRole.meeting_id.in_(["", meeting_id]),
        )
        .distinct()
        .order_by(DbStaff.email)
    )
    return [StaffAddress(email, language) for email, language in session.execute(query)]


def _query(box: Box) -> Select[Any]:
    table: Any = TABLES[box]
    columns = [table.registration_id, table.locked_bytes, table.wrapped_key]
    if box in {Box.TRAVEL, Box.NEEDS}:
        return select(*columns, table.saved_at_utc.label("at"))
    if box is Box.TICKET:
        return select(*columns, table.recorded_at_utc.label("at"), table.status)
    return select(*columns, table.recorded_at_utc.label("at"))


def _to_box(row: Any) -> LockedBox:  # noqa: ANN401  # a row of the query above
    status = getattr(row, "status", None)
    return LockedBox(
        registration_id=RegistrationId(row.registration_id),
        locked_bytes=row.locked_bytes,
        wrapped_key=row.wrapped_key,
        at=row.at,
        status=None if status is None else TicketStatus(status),
    )
