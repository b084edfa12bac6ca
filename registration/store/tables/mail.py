"""The outbox: a mail is a row of the transaction that causes it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.papers import MailStatus
from registration.store.tables.base import Base, listed


class DbMail(Base):
    """One mail to one recipient, hanging on the history line that caused it.

    delegation_id: of a mail to a focal point. submission_id: of one to whoever sent something to a
    call. words_id: of the message, where the desk wrote them.
    registration_id is None for mails to staff about accounts; facts then holds the ready text,
    locked, and facts_wrapped_key what opens it.
    locked_bytes: the message as built once, kept until it is sent. "Send again" makes a new row.
    """

    __tablename__ = "mail"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cause_id: Mapped[UUID] = mapped_column(ForeignKey("history_line.id"))
    occasion: Mapped[str]
    recipient: Mapped[str]
    language: Mapped[str]
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id"), index=True)
    words_id: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"))
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("letter.id"))
    acceptance_id: Mapped[UUID | None] = mapped_column(ForeignKey("acceptance.id"))
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    facts_wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(default=MailStatus.DUE)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime]
    lease_token: Mapped[UUID | None]
    lease_until_utc: Mapped[datetime | None]
    message_id: Mapped[str | None] = mapped_column(unique=True)
    locked_bytes: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    last_error: Mapped[str | None]
    sent_at_utc: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("cause_id", "occasion", "recipient"),
        CheckConstraint(f"status IN ({listed(MailStatus)})", name="status"),
        Index("ix_mail_status_due_at_utc", "status", "due_at_utc"),
    )
