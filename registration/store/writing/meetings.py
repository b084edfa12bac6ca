"""Meetings, their delegations and seats as loaded from a file."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registration.domain.meeting import Admission
from registration.store.tables.meetings import DbDelegation, DbMeeting, DbSeat


def save_meeting(
    session: Session, *, id: str, source: str, rolled_weeks: int, at: datetime
) -> None:
    """Add the meeting, or put its newer file in place of the old one."""
    row = session.get(DbMeeting, id)
    if row is None:
        count = session.scalar(select(func.count()).select_from(DbMeeting)) or 0
        row = DbMeeting(id=id, position=count + 1, source="", rolled_weeks=0, loaded_at_utc=at)
        session.add(row)
    row.source, row.rolled_weeks, row.loaded_at_utc = source, rolled_weeks, at
    session.flush()


def lock_amendments(session: Session, id: str) -> dict[str, Any]:
    """Hold the meeting's row and return what the desk has changed of its file."""
    query = select(DbMeeting.amendments).where(DbMeeting.id == id)
    return dict(session.scalars(query.with_for_update(key_share=True)).one())


def save_amendments(session: Session, id: str, amendments: dict[str, Any]) -> None:
    """Keep what the desk has changed; the meeting's row is held."""
    session.execute(update(DbMeeting).where(DbMeeting.id == id).values(amendments=amendments))


def save_delegation(
    session: Session,
    *,
    meeting_id: str,
    key: str,
    position: int,
    unlimited: bool,
    admission: Admission,
) -> DbDelegation:
    """Add the delegation or change it. A new one has a digest of nothing until `set_link`."""
    query = select(DbDelegation).where(
        DbDelegation.meeting_id == meeting_id, DbDelegation.key == key
    )
    row = session.scalars(query).first()
    if row is None:
        row = DbDelegation(
            meeting_id=meeting_id, key=key, link_digest=f"{meeting_id}|{key}".encode()
        )
        session.add(row)
    row.position, row.unlimited, row.admission = position, unlimited, admission
    session.flush()
    return row


def save_seats(session: Session, delegation_id: int, labels: Sequence[str | None]) -> None:
    """Make the delegation's seats these. A seat that somebody holds is not removed: the foreign key
    refuses it (IntegrityError)."""
    seats = {
        seat.number: seat
        for seat in session.scalars(select(DbSeat).where(DbSeat.delegation_id == delegation_id))
    }
    for number, label in enumerate(labels, start=1):
        if number in seats:
            seats[number].label = label
        else:
            session.add(DbSeat(delegation_id=delegation_id, number=number, label=label))
    session.flush()
    session.execute(
        delete(DbSeat).where(DbSeat.delegation_id == delegation_id, DbSeat.number > len(labels))
    )


def remove_delegations(session: Session, meeting_id: str, *, but: Collection[str]) -> None:
    """Remove the meeting's delegations with other keys. One that has entries is not removed: the
    foreign key refuses it (IntegrityError)."""
    gone = select(DbDelegation.id).where(
        DbDelegation.meeting_id == meeting_id, DbDelegation.key.not_in(list(but))
    )
    numbers = list(session.scalars(gone))
    session.execute(delete(DbSeat).where(DbSeat.delegation_id.in_(numbers)))
    session.execute(delete(DbDelegation).where(DbDelegation.id.in_(numbers)))
