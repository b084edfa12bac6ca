"""Chains of history."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.events import Event
from registration.domain.ids import DelegationKey, MeetingId, RegistrationId
from registration.domain.papers import HistoryLine
from registration.domain.states import Actor
from registration.store.tables.history import DbHistoryDetail, DbHistoryLine


def chain_of_registration(id: RegistrationId) -> str:
    """Return the name of the registration's chain."""
    return f"registration:{id}"


def chain_of_meeting(id: MeetingId) -> str:
    """Return the name of the chain of what the desk does to the meeting as a whole."""
    return f"meeting:{id}"


def list_history(session: Session, chain: str) -> list[HistoryLine]:
    """Return the chain's lines, the newest first."""
    query = (
        select(DbHistoryLine, DbHistoryDetail.details)
        .outerjoin(DbHistoryDetail, DbHistoryDetail.line_id == DbHistoryLine.id)
        .where(DbHistoryLine.chain == chain)
        .order_by(DbHistoryLine.number.desc())
    )
    return [_line(row, details or {}) for row, details in session.execute(query)]


def find_last_line(session: Session, chain: str) -> UUID | None:
    """Return the id of the chain's newest line, or None."""
    query = select(DbHistoryLine.id).where(DbHistoryLine.chain == chain)
    return session.scalar(query.order_by(DbHistoryLine.number.desc()).limit(1))


def list_delegation_lines(
    session: Session, meeting_id: MeetingId, key: DelegationKey
) -> list[HistoryLine]:
    """Return the lines of the meeting's chain that are about the delegation, the newest first."""
    lines = list_history(session, chain_of_meeting(meeting_id))
    return [line for line in lines if line.facts.get("delegation") == key]


def find_last_move(session: Session, chain: str) -> HistoryLine | None:
    """Return the chain's newest line that moved the registration, or None."""
    return next((line for line in list_history(session, chain) if "to" in line.facts), None)


def is_record_of(session: Session, id: RegistrationId, sha256: str) -> bool:
    """Return whether these are the bytes of the record of one of the registration's acceptances."""
    lines = list_history(session, chain_of_registration(id))
    return any(line.facts.get("record_sha256") == sha256 for line in lines)


def find_move(session: Session, chain: str, *, version: int) -> HistoryLine | None:
    """Return the move that gave the registration this version, or None."""
    moves = [line for line in reversed(list_history(session, chain)) if "to" in line.facts]
    return moves[version - 1] if 0 < version <= len(moves) else None


def _line(row: DbHistoryLine, details: dict[str, str]) -> HistoryLine:
    return HistoryLine(
        id=row.id,
        number=row.number,
        at=row.at_utc,
        event=Event(row.event),
        actor=Actor(row.actor),
        staff_id=row.staff_id,
        staff_name=details.get("staff"),
        facts=row.facts,
        details=details,
    )
