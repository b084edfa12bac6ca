"""Rows of nominations."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationId, FileId
from registration.domain.nominations import NominatedBy
from registration.store.tables.nominations import DbNomination


def add_nomination(
    session: Session,
    *,
    id: UUID,
    delegation_id: DelegationId,
    how: NominatedBy,
    at: datetime,
    staff_id: int | None = None,
    number: str | None = None,
    dated: date | None = None,
    file_id: FileId | None = None,
) -> None:
    """Add a nomination; registrations point at it. number, dated, file_id: of a note verbale."""
    session.execute(
        insert(DbNomination).values(
            id=id,
            delegation_id=delegation_id,
            how=how,
            number=number,
            dated=dated,
            file_id=file_id,
            staff_id=staff_id,
            recorded_at_utc=at,
        )
    )
