"""Messages that the desk wrote."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.messages import Message
from registration.store.tables.desk import DbMessage


def find_message(session: Session, id: UUID) -> Message | None:
    """Return the message, or None."""
    row = session.get(DbMessage, id, populate_existing=True)
    return None if row is None else _message(row)


def list_messages(session: Session, meeting_id: MeetingId, *, limit: int) -> list[Message]:
    """Return the meeting's newest messages, the newest first."""
    query = select(DbMessage).where(DbMessage.meeting_id == meeting_id)
    ordered = query.order_by(DbMessage.written_at_utc.desc(), DbMessage.id).limit(limit)
    return [_message(row) for row in session.scalars(ordered)]


def _message(row: DbMessage) -> Message:
    return Message(
        id=row.id,
        meeting_id=MeetingId(row.meeting_id),
        subjects=dict(row.subjects),
        bodies=dict(row.bodies),
        chosen=tuple((RegistrationId(UUID(id)), int(version)) for id, version in row.chosen),
        staff_name=row.staff_name,
        written_at=row.written_at_utc,
    )
