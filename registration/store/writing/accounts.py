"""The accounts of the staff, as an administrator changes them."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from registration.domain.roles import EVERY_MEETING, HeldRole, Role
from registration.store.tables.accounts import (
    DbStaff,
    DbStaffPasskey,
    DbStaffRole,
    DbStaffSession,
)


def hold_account(session: Session, staff_id: int) -> DbStaff:
    """Return the account's row, held to the end of the transaction, and with it those of all who
    administer every meeting. Raises LookupError.

    The rows are held in the order of their ids, so that two administrators who close each other's
    accounts do so one after the other.
    """
    query = select(DbStaff.id).where(DbStaff.id.in_(_administrators()) | (DbStaff.id == staff_id))
    session.execute(query.order_by(DbStaff.id).with_for_update()).all()
    row = session.get(DbStaff, staff_id, populate_existing=True)
    if row is None:
        raise LookupError("no such account")
    return row


def is_last_administrator(session: Session, staff_id: int) -> bool:
    """Return whether this open account alone administers every meeting. Ask once it is held."""
    query = select(DbStaff.id).where(DbStaff.id.in_(_administrators()), DbStaff.active)
    return list(session.scalars(query)) == [staff_id]


def set_roles(session: Session, row: DbStaff, roles: Collection[HeldRole]) -> None:
    """Give the account these roles and no other."""
    session.execute(delete(DbStaffRole).where(DbStaffRole.staff_id == row.id))
    session.expire(row, ["roles"])
    session.add_all(
        DbStaffRole(staff_id=row.id, name=each.role.value, meeting_id=each.meeting_id)
        for each in sorted(set(roles))
    )


def set_active(row: DbStaff, *, active: bool) -> None:
    """Open or close the account."""
    row.active = active


def take_up_invitation(row: DbStaff, hashed_password: str) -> None:
    """Give the account its first password; what was signed for it before is void."""
    row.password, row.invited_at_utc = hashed_password, None
    row.fs_uniquifier = secrets.token_hex(32)


def end_sessions(session: Session, row: DbStaff, *, at: datetime, only: UUID | None = None) -> bool:
    """Sign the account out everywhere, or of one browser, and return whether any was signed in.

    Whatever was signed for the account before, a link or a half-done sign-in, is void as well when
    all end.
    """
    query = update(DbStaffSession).where(
        DbStaffSession.staff_id == row.id, DbStaffSession.ended_at_utc.is_(None)
    )
    if only is None:
        row.fs_uniquifier = secrets.token_hex(32)
    else:
        query = query.where(DbStaffSession.id == only)
    result = session.execute(query.values(ended_at_utc=at))
    return bool(result.rowcount)  # type: ignore[attr-defined]  # a CursorResult


def forget_factors(session: Session, row: DbStaff) -> None:
    """Ask for the password alone: the app, the recovery codes and the passkeys count no more."""
    row.tf_primary_method = row.tf_totp_secret = row.totp_step = None
    row.mf_recovery_codes = None
    session.execute(delete(DbStaffPasskey).where(DbStaffPasskey.user_id == row.id))


def _administrators() -> Select[int]:
    """Return the query for the ids of those who administer every meeting, open or closed."""
    return select(DbStaffRole.staff_id).where(
        DbStaffRole.name == Role.ADMINISTRATOR.value, DbStaffRole.meeting_id == EVERY_MEETING
    )
