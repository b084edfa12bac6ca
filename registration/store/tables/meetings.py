"""Meetings, their delegations, and the seats: a seat is a row."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.meeting import Admission
from registration.store.tables.base import Base, listed


class DbMeeting(Base):
    """A meeting: its file as loaded, and by how many weeks its dates were rolled.

    amendments: what the desk has changed of the file since (`meetings.amending`), in one place so
    that a page reads a meeting with one row.
    """

    __tablename__ = "meeting"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    source: Mapped[str]
    rolled_weeks: Mapped[int] = mapped_column(default=0)
    loaded_at_utc: Mapped[datetime]
    amendments: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, server_default=text("'{}'")
    )

    __table_args__ = (CheckConstraint("rolled_weeks >= 0", name="rolled_weeks"),)


class DbDelegation(Base):
    """A delegation of one meeting. UNIQUE(meeting_id, id) is there for the registrations' second
    foreign key to point at.

    added: by the desk, and not in the file. has_head: whether the desk said that number 1 leads it.
    focal_name, focal_email, focal_language: of the focal point, to whom its link goes.
    """

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"))
    key: Mapped[str]
    position: Mapped[int]
    unlimited: Mapped[bool] = mapped_column(default=False)
    admission: Mapped[str] = mapped_column(default=Admission.OPEN)
    later_deadline_at_utc: Mapped[datetime | None]
    link_generation: Mapped[int] = mapped_column(default=1)
    link_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    link_sent_at_utc: Mapped[datetime | None]
    added: Mapped[bool] = mapped_column(default=False, server_default=false())
    has_head: Mapped[bool] = mapped_column(default=False, server_default=false())
    focal_name: Mapped[str | None]
    focal_email: Mapped[str | None]
    focal_language: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        UniqueConstraint("meeting_id", "id"),
        CheckConstraint(f"admission IN ({listed(Admission)})", name="admission"),
    )


class DbSeat(Base):
    """One seat of a delegation. label: the key of its name in the meeting's file, or None."""

    __tablename__ = "seat"

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("delegation_id", "label"),
        CheckConstraint("number >= 1", name="number"),
    )
