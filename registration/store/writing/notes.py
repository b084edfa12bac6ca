"""Rows of notes among staff."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from registration.domain.ids import RegistrationId
from registration.store.tables.desk import DbNote


def add_note(
    session: Session,
    registration_id: RegistrationId,
    *,
    id: UUID,
    words: str,
    staff_id: int | None,
    staff_name: str,
    at: datetime,
) -> None:
    """Add a note about the entry. id: its form's, so that a double click is found."""
    session.execute(
        insert(DbNote).values(
            id=id,
            registration_id=registration_id,
            staff_id=staff_id,
            staff_name=staff_name,
            words=words,
            written_at_utc=at,
        )
    )


def has_note(session: Session, id: UUID) -> bool:
    """Return whether there is a note of this id."""
    return session.get(DbNote, id) is not None
