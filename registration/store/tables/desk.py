"""What the desk writes: notes among staff, messages, reminders, and texts of the meeting."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.reminder_rules import Rule
from registration.domain.reminders import RoundStatus
from registration.store.tables.base import Base, listed


class DbNote(Base):
    """A note among staff about one entry. Its person never reads it."""

    __tablename__ = "note"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    staff_id: Mapped[int | None]
    staff_name: Mapped[str]
    words: Mapped[str]
    written_at_utc: Mapped[datetime]


class DbMessage(Base):
    """A message to a selection. subjects, bodies: by language, with the recipient's fields.

    chosen: to whom: ids of entries, each with the version that was on the screen. Until it is sent
    the message has no batch; the batch then has the message's own id.
    """

    __tablename__ = "message"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    subjects: Mapped[dict[str, Any]] = mapped_column(JSON)
    bodies: Mapped[dict[str, Any]] = mapped_column(JSON)
    chosen: Mapped[list[Any]] = mapped_column(JSON)
    staff_id: Mapped[int | None]
    staff_name: Mapped[str]
    written_at_utc: Mapped[datetime]


class DbReminder(Base):
    """That somebody was reminded: once for each rule and date, which the primary key holds."""

    __tablename__ = "reminder"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    sent_at_utc: Mapped[datetime]

    __table_args__ = (CheckConstraint(f"rule IN ({listed(Rule)})", name="rule"),)


class DbReminderRound(Base):
    """What the desk or the clock decided about one rule on one day: sent, or held back."""

    __tablename__ = "reminder_round"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    status: Mapped[str]
    staff_id: Mapped[int | None]
    decided_at_utc: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"rule IN ({listed(Rule)})", name="rule"),
        CheckConstraint(f"status IN ({listed(RoundStatus)})", name="status"),
    )


class DbText(Base):
    """One change of a text of the meeting, the newest in force. words: None falls back to the file.

    key: its place in the file ("letter.opening.0").
    """

    __tablename__ = "text"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"))
    key: Mapped[str]
    language: Mapped[str]
    words: Mapped[str | None]
    staff_id: Mapped[int | None]
    staff_name: Mapped[str]
    changed_at_utc: Mapped[datetime]

    __table_args__ = (Index("ix_text_meeting_id_key", "meeting_id", "key", "language"),)
