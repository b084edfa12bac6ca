"""Batches: work on many entries that the worker does one after another, and what came of each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.batches import BatchKind, BatchStatus, ItemStatus
from registration.store.tables.base import Base, listed


class DbBatch(Base):
    """One piece of work that somebody at the desk asked for.

    details: what the kind needs besides ("language" of the papers). file_id: the paper made, once
    it is made. lease_until_utc: until when the worker that took it has it for itself.
    """

    __tablename__ = "batch"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[str] = mapped_column(default=BatchStatus.DUE, index=True)
    staff_id: Mapped[int | None]
    staff_name: Mapped[str]
    asked_at_utc: Mapped[datetime]
    lease_token: Mapped[UUID | None]
    lease_until_utc: Mapped[datetime | None]
    ended_at_utc: Mapped[datetime | None]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("locked_file.id"))

    __table_args__ = (
        CheckConstraint(f"kind IN ({listed(BatchKind)})", name="kind"),
        CheckConstraint(f"status IN ({listed(BatchStatus)})", name="status"),
    )


class DbBatchItem(Base):
    """One entry of a batch. version: the one that was on the screen when it was chosen.

    refusal: the name of the refusal's class where the move was refused.
    """

    __tablename__ = "batch_item"

    batch_id: Mapped[UUID] = mapped_column(
        ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    version: Mapped[int]
    status: Mapped[str] = mapped_column(default=ItemStatus.DUE)
    refusal: Mapped[str | None]
    done_at_utc: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("batch_id", "registration_id"),
        CheckConstraint(f"status IN ({listed(ItemStatus)})", name="status"),
        CheckConstraint("number >= 1", name="number"),
    )
