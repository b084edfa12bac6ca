"""Locked files: what lies in the vault, for which entry, and the wrapped key that opens it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.papers import FileRole
from registration.store.tables.base import Base, listed


class DbLockedFile(Base):
    """One locked file. entry_id is the registration's id, known before there is a registration:
    a good file sent with a refused form waits under it, not kept, until it is swept."""

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

    __table_args__ = (CheckConstraint(f"role IN ({listed(FileRole)})", name="role"),)
