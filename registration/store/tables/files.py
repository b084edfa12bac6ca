"""Locked files: what lies in the vault, for which entry, and the wrapped key that opens it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.papers import Condition, FileRole, ReadingStatus
from registration.store.tables.base import Base, listed


class DbLockedFile(Base):
    """One locked file. entry_id is the registration's id, known before there is a registration:
    a good file sent with a refused form waits under it, not kept, until it is swept. Of a file made
    for a batch or for a meeting it is the batch's or the erasure's id.

    condition: whether these bytes are ours already, or still those that somebody sent.
    attempts: how often the worker came to no end with them.
    """

    __tablename__ = "locked_file"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str]
    kept: Mapped[bool]
    blob: Mapped[str] = mapped_column(unique=True)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)
    received_at_utc: Mapped[datetime] = mapped_column(index=True)
    condition: Mapped[str] = mapped_column(
        default=Condition.CLEAN, server_default=Condition.CLEAN.value, index=True
    )
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        CheckConstraint(f"role IN ({listed(FileRole)})", name="role"),
        CheckConstraint(f"condition IN ({listed(Condition)})", name="condition"),
    )


class DbPassportReading(Base):
    """What a machine read in a passport's copy: one try for each file, good or not.

    locked_bytes: the two lines, locked; None where none were found. attempts: how often the reader
    was asked; one that fails thrice is left alone.
    """

    __tablename__ = "passport_reading"

    file_id: Mapped[UUID] = mapped_column(
        ForeignKey("locked_file.id", ondelete="CASCADE"), primary_key=True
    )
    status: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    locked_bytes: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    tried_at_utc: Mapped[datetime]

    __table_args__ = (CheckConstraint(f"status IN ({listed(ReadingStatus)})", name="status"),)
