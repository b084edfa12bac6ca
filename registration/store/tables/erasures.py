"""Erasures: what was erased, when and why, and what remains. They hold nothing personal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.retention import Reason, Scope
from registration.store.tables.base import Base, listed


class DbErasure(Base):
    """One erasure: of a whole meeting on its date, or on request of one person's entry, or of what
    was sent to a call. One of what nobody needs stands here only until it is finished.

    erased, remains: what of it, and how many ({"passport": 26}). asked_by: the member of the
    staff, or None for the clock. reason: chosen, never typed. record_id: the sealed record of it;
    without one the erasure is not finished.
    """

    __tablename__ = "erasure"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"))
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id"))
    scope: Mapped[str]
    asked_by: Mapped[int | None]
    reason: Mapped[str]
    erased: Mapped[dict[str, Any]] = mapped_column(JSON)
    remains: Mapped[dict[str, Any]] = mapped_column(JSON)
    erased_at_utc: Mapped[datetime]
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("locked_file.id"))

    __table_args__ = (
        CheckConstraint(f"scope IN ({listed(Scope)})", name="scope"),
        CheckConstraint(f"reason IN ({listed(Reason)})", name="reason"),
        CheckConstraint(
            f"(scope = '{Scope.ENTRY}') = (registration_id IS NOT NULL)",
            name="entry_exactly_of_one",
        ),
        CheckConstraint(
            f"(scope = '{Scope.SUBMISSION}') = (submission_id IS NOT NULL)",
            name="submission_exactly_of_one",
        ),
    )
