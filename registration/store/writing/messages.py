"""Messages of the desk, as rows that the registrar adds and changes until they are sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.store.tables.desk import DbMessage


def add_message(
    session: Session,
    *,
    id: UUID,
    meeting_id: MeetingId,
    chosen: Sequence[tuple[RegistrationId, int]],
    staff_id: int | None,
    staff_name: str,
    at: datetime,
) -> None:
    """Add a message without words. Raises IntegrityError where there is one of this id."""
    session.execute(
        insert(DbMessage).values(
            id=id,
            meeting_id=meeting_id,
            subjects={},
            bodies={},
            chosen=[[str(each), version] for each, version in chosen],
            staff_id=staff_id,
            staff_name=staff_name,
            written_at_utc=at,
        )
    )


def lock_message(session: Session, id: UUID) -> None:
    """Hold the message's row: its words do not change while it is being sent."""
    session.execute(select(DbMessage.id).where(DbMessage.id == id).with_for_update()).one()


def change_message(
    session: Session,
    id: UUID,
    *,
    subjects: Mapping[str, str],
    bodies: Mapping[str, str],
    at: datetime,
) -> None:
    """Put other words in their place; the row is held."""
    session.execute(
        update(DbMessage)
        .where(DbMessage.id == id)
        .values(subjects=dict(subjects), bodies=dict(bodies), written_at_utc=at)
    )
