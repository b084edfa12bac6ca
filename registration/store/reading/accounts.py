"""The accounts of the staff, and what each of them did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from registration.domain.accounts import Account, SignedIn
from registration.domain.ids import Language, MeetingId
from registration.domain.papers import HistoryLine
from registration.domain.roles import HeldRole, Role
from registration.store.reading.history import to_line
from registration.store.tables.accounts import (
    DbStaff,
    DbStaffPasskey,
    DbStaffRole,
    DbStaffSession,
)
from registration.store.tables.history import DbHistoryDetail, DbHistoryLine

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Doing:
    """A line of whichever chain that a member of the staff wrote. about: the chain."""

    line: HistoryLine
    about: str


def list_accounts(session: Session) -> list[Account]:
    """Return all accounts by name, closed ones too. Four queries, however many there are."""
    return _list(session, DbStaff.id.is_not(None))


def find_account(session: Session, staff_id: int) -> Account | None:
    """Return the account, or None."""
    return next(iter(_list(session, DbStaff.id == staff_id)), None)


def find_language(session: Session, email: str) -> Language | None:
    """Return the language of the open account with this address, or None."""
    query = select(DbStaff.language).where(
        func.lower(DbStaff.email) == email.lower(), DbStaff.active.is_(True)
    )
    return session.scalar(query)


def list_signed_in(session: Session, staff_id: int, *, now: datetime) -> list[SignedIn]:
    """Return the browsers that are signed in to the account, the newest first."""
    query = select(DbStaffSession).where(
        DbStaffSession.staff_id == staff_id,
        DbStaffSession.ended_at_utc.is_(None),
        DbStaffSession.ends_at_utc > now,
    )
    rows = session.scalars(query.order_by(DbStaffSession.started_at_utc.desc()))
    return [SignedIn(each.id, each.browser, each.started_at_utc) for each in rows]


def list_doings(
    session: Session, staff_id: int, *, before: UUID | None = None, limit: int
) -> list[Doing]:
    """Return what the account did, the newest first. before: the id of the line they follow on."""
    query = (
        select(DbHistoryLine, DbHistoryDetail.details)
        .outerjoin(DbHistoryDetail, DbHistoryDetail.line_id == DbHistoryLine.id)
        .where(DbHistoryLine.staff_id == staff_id)
    )
    last = None if before is None else session.get(DbHistoryLine, before)
    if last is not None:
        place = tuple_(DbHistoryLine.at_utc, DbHistoryLine.id)
        query = query.where(place < tuple_(last.at_utc, last.id))
    query = query.order_by(DbHistoryLine.at_utc.desc(), DbHistoryLine.id.desc()).limit(limit)
    return [
        Doing(to_line(row, details or {}), row.chain) for row, details in session.execute(query)
    ]


def _list(session: Session, which: ColumnElement[bool]) -> list[Account]:
    rows = session.scalars(select(DbStaff).where(which).order_by(func.lower(DbStaff.name))).all()
    ids = [row.id for row in rows]
    roles = session.scalars(select(DbStaffRole).where(DbStaffRole.staff_id.in_(ids))).all()
    keys = _by_account(session, DbStaffPasskey.user_id, func.count(), ids)
    last = _by_account(session, DbStaffSession.staff_id, _last_start(), ids)
    return [
        Account(
            id=row.id,
            name=row.name,
            email=row.email,
            language=row.language,
            is_open=row.active,
            roles=_roles_of(row.id, roles),
            app=row.tf_primary_method is not None,
            passkeys=keys.get(row.id, 0),
            codes=len(row.mf_recovery_codes or []),
            invited_at=row.invited_at_utc,
            signed_in_at=last.get(row.id),
        )
        for row in rows
    ]


def _last_start() -> ColumnElement[datetime]:
    return func.max(DbStaffSession.started_at_utc, type_=DbStaffSession.started_at_utc.type)


def _by_account(
    session: Session,
    owner: InstrumentedAttribute[int],
    value: ColumnElement[_Value],
    ids: Sequence[int],
) -> dict[int, _Value]:
    query = select(owner, value).where(owner.in_(ids)).group_by(owner)
    return {row[0]: row[1] for row in session.execute(query)}


def _roles_of(staff_id: int, rows: Sequence[DbStaffRole]) -> tuple[HeldRole, ...]:
    held = (
        HeldRole(Role(each.name), MeetingId(each.meeting_id))
        for each in rows
        if each.staff_id == staff_id
    )
    return tuple(sorted(held, key=lambda each: (each.meeting_id, list(Role).index(each.role))))
