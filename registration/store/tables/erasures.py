"""Erasures: what was erased, when and why, and what remains. They hold nothing personal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registration.store.tables.base import Base


class DbErasure(Base):
    """One erasure: of a whole meeting on its date, or of one person's entry on request.

    erased, remains: what of it, and how many ({"passports": 26}). asked_by: the member of the
    staff, or None for the clock. record_id: the sealed record of it.
    """

    __tablename__ = "erasure"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"))
    asked_by: Mapped[int | None]
    reason: Mapped[str]
    erased: Mapped[dict[str, Any]] = mapped_column(JSON)
    remains: Mapped[dict[str, Any]] = mapped_column(JSON)
    erased_at_utc: Mapped[datetime]
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("locked_file.id"))
