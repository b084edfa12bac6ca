"""Nominations as values."""

from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.ids import DelegationId, FileId
from registration.domain.nominations import NominatedBy, Nomination
from registration.store.tables.nominations import DbNomination


def find_nomination(session: Session, id: UUID | None) -> Nomination | None:
    """Return the nomination, or None."""
    row = None if id is None else session.get(DbNomination, id)
    if row is None:
        return None
    return Nomination(
        id=row.id,
        delegation_id=DelegationId(row.delegation_id),
        how=NominatedBy(row.how),
        number=row.number,
        dated=row.dated,
        file_id=None if row.file_id is None else FileId(row.file_id),
        recorded_at=row.recorded_at_utc,
    )
