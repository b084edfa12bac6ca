"""Letters issued, and acceptances with their evidence."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registration.store.tables.base import Base


class DbLetter(Base):
    """A letter issued. The code of its QR is on paper alone; here is its SHA-256.

    words_sha256: of what it says; "" for letters of the first release.
    """

    __tablename__ = "letter"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"))
    issue: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    full_name: Mapped[str]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("locked_file.id"))
    sha256: Mapped[str] = mapped_column(index=True)
    words_sha256: Mapped[str] = mapped_column(default="", server_default="")
    code_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    issued_at_utc: Mapped[datetime]
    withdrawn_at_utc: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("registration_id", "issue"),
        CheckConstraint("issue >= 1", name="issue"),
    )


class DbAcceptance(Base):
    """The acceptance of one letter; a letter is accepted once.

    confirmed_how, confirmed_at_utc: how the address was confirmed to which the letter went.
    """

    __tablename__ = "acceptance"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letter.id"), unique=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    letter_sha256: Mapped[str]
    language: Mapped[str]
    terms: Mapped[list[str]] = mapped_column(JSON)
    typed_name: Mapped[str]
    address: Mapped[str]
    browser: Mapped[str]
    by: Mapped[str]
    entered_by: Mapped[str | None]
    accepted_at_utc: Mapped[datetime]
    confirmed_how: Mapped[str] = mapped_column(default="", server_default="")
    confirmed_at_utc: Mapped[datetime | None]
    signature_id: Mapped[UUID | None] = mapped_column(ForeignKey("locked_file.id"))
    signed_letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("locked_file.id"))
    record_id: Mapped[UUID] = mapped_column(ForeignKey("locked_file.id"))
