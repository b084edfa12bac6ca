"""The history: chains of lines, each with the hash of the one before. Only ever appended to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registration.store.tables.base import Base


class DbHistoryChain(Base):
    """The end of a chain: how many lines it has and the hash of the last. Whoever appends holds
    this row; a line cut off at the end is noticed by it."""

    __tablename__ = "history_chain"

    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class DbHistoryLine(Base):
    """One line. chain: "registration:<id>", "meeting:<id>" or "staff:<id>".

    facts: nothing personal. details_digest: salted SHA-256 of the personal ones in the side table.
    """

    __tablename__ = "history_line"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(ForeignKey("history_chain.name"))
    number: Mapped[int]
    at_utc: Mapped[datetime]
    event: Mapped[str]
    actor: Mapped[str]
    staff_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    details_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        UniqueConstraint("chain", "number"),
        CheckConstraint("number >= 1", name="number"),
        Index("ix_history_line_staff_id", "staff_id", "at_utc"),
    )


class DbHistoryDetail(Base):
    """The personal part of a line. Erasing it leaves the chain whole."""

    __tablename__ = "history_detail"

    line_id: Mapped[UUID] = mapped_column(ForeignKey("history_line.id"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class DbHistorySeal(Base):
    """The ends of all chains that changed since the seal before, signed with the site's seal: what
    was cut off at a chain's end, or a chain written anew, is noticed by it.

    heads: {chain: [number, hash in hexadecimal]}. signature: over `hash`, which covers
    all the rest.
    """

    __tablename__ = "history_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_utc: Mapped[datetime]
    heads: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("number >= 1", name="number"),)
