"""What is sent to the calls of a meeting, and who was chosen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.submissions import CURRENT, Stand
from registration.store.tables.base import Base, listed

_IS_CURRENT = f"stand IN ({listed(CURRENT)})"
_IS_SOLE = text(f"is_sole AND {_IS_CURRENT}")
_OF_ADDRESS = text(f"delegation_id IS NULL AND {_IS_CURRENT}")
_HAS_REGION = text("region <> ''")


class DbSubmission(Base):
    """What one person or one delegation sends to a call.

    call: its key in the meeting's file. is_sole: the delegation has no other current one.
    region: the sub-region from which it counts, where the call chooses one from each; else "".
    """

    __tablename__ = "submission"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"))
    call: Mapped[str]
    delegation_id: Mapped[int | None]
    is_sole: Mapped[bool] = mapped_column(default=False, server_default=false())
    region: Mapped[str] = mapped_column(default="", server_default="")
    reference: Mapped[str] = mapped_column(unique=True)
    stand: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    name: Mapped[str]
    institution: Mapped[str]
    position: Mapped[str]
    email: Mapped[str]
    canonical_email: Mapped[str]
    language: Mapped[str]

    reason: Mapped[str | None]
    link_generation: Mapped[int] = mapped_column(default=1)
    link_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)

    created_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime]
    confirmed_at_utc: Mapped[datetime | None]
    submitted_at_utc: Mapped[datetime | None]
    decided_at_utc: Mapped[datetime | None]
    published_at_utc: Mapped[datetime | None]
    erased_at_utc: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["meeting_id", "delegation_id"], ["delegation.meeting_id", "delegation.id"]
        ),
        # For the choices' foreign keys to point at.
        UniqueConstraint("id", "meeting_id", "call"),
        UniqueConstraint("id", "region"),
        CheckConstraint(f"stand IN ({listed(Stand)})", name="stand"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("NOT is_sole OR delegation_id IS NOT NULL", name="sole_of_a_delegation"),
        # One submission of a delegation, where the call takes no second.
        Index(
            "uq_submission_sole",
            "call",
            "delegation_id",
            unique=True,
            sqlite_where=_IS_SOLE,
            postgresql_where=_IS_SOLE,
        ),
        # One current submission of an address to a call.
        Index(
            "uq_submission_address",
            "meeting_id",
            "call",
            "canonical_email",
            unique=True,
            sqlite_where=_OF_ADDRESS,
            postgresql_where=_OF_ADDRESS,
        ),
        Index("ix_submission_of_call", "meeting_id", "call", "stand", "changed_at_utc"),
    )


class DbChoice(Base):
    """One of those who were chosen. number: from 1, at most as many as the call chooses.

    Two of one sub-region cannot be written where the call takes one from each: the region is the
    submission's own, and stands once.
    """

    __tablename__ = "choice"

    meeting_id: Mapped[str] = mapped_column(primary_key=True)
    call: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(unique=True)
    region: Mapped[str] = mapped_column(default="", server_default="")
    staff_id: Mapped[int | None]
    chosen_at_utc: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["submission_id", "meeting_id", "call"],
            ["submission.id", "submission.meeting_id", "submission.call"],
        ),
        ForeignKeyConstraint(["submission_id", "region"], ["submission.id", "submission.region"]),
        CheckConstraint("number >= 1", name="number"),
        Index(
            "uq_choice_region",
            "meeting_id",
            "call",
            "region",
            unique=True,
            sqlite_where=_HAS_REGION,
            postgresql_where=_HAS_REGION,
        ),
    )


class DbAnswer(Base):
    """The answer to one question of a call. version: whoever writes says which one was read."""

    __tablename__ = "answer"

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    writer: Mapped[str]
    changed_at_utc: Mapped[datetime]

    __table_args__ = (CheckConstraint("version >= 1", name="version"),)


class DbAttachment(Base):
    """A file beside the answers. The file itself is a locked one under the submission's id."""

    __tablename__ = "attachment"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("locked_file.id"), primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), index=True)
    writer: Mapped[str]
    added_at_utc: Mapped[datetime]
