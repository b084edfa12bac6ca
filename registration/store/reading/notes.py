"""Notes among staff as values."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registration.domain.ids import RegistrationId
from registration.domain.notes import Note
from registration.store.tables.desk import DbNote


def list_notes(session: Session, registration_id: RegistrationId) -> list[Note]:
    """Return the notes about the entry, the newest first."""
    query = (
        select(DbNote)
        .where(DbNote.registration_id == registration_id)
        .order_by(DbNote.written_at_utc.desc(), DbNote.id)
    )
    return [
        Note(
            id=row.id,
            staff_name=row.staff_name,
            words=row.words,
            written_at=row.written_at_utc,
        )
        for row in session.scalars(query)
    ]
