"""Nominations: who says that a person is the delegation's."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.nominations import NominatedBy
from registration.store.tables.base import Base, listed


class DbNomination(Base):
    """One nomination on record. One note verbale may name several people: registrations point here.

    number, dated: of the note verbale. file_id: its scan. staff_id: who recorded it; None where
    the focal point did.
    """

    __tablename__ = "nomination"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    how: Mapped[str]
    number: Mapped[str | None]
    dated: Mapped[date | None]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("locked_file.id"))
    staff_id: Mapped[int | None]
    recorded_at_utc: Mapped[datetime]

    __table_args__ = (CheckConstraint(f"how IN ({listed(NominatedBy)})", name="how"),)
