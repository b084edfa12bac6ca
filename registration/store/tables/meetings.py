"""Meetings, their delegations, and the seats: a seat is a row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.meeting import Admission
from registration.store.tables.base import Base, listed


class DbMeeting(Base):
    """A meeting: its file as loaded, and by how many weeks its dates were rolled."""

    __tablename__ = "meeting"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    source: Mapped[str]
    rolled_weeks: Mapped[int] = mapped_column(default=0)
    loaded_at_utc: Mapped[datetime]

    __table_args__ = (CheckConstraint("rolled_weeks >= 0", name="rolled_weeks"),)


class DbDelegation(Base):
    """A delegation of one meeting. UNIQUE(meeting_id, id) is there for the registrations' second
    foreign key to point at."""

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
