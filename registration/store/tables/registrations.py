"""Registrations. The schema alone keeps a delegation within its seats (design, part 3)."""

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

from registration.domain.states import LIVE, SEATED, State
from registration.store.tables.base import Base, listed

_IS_LIVE = text(f"state IN ({listed(LIVE)})")


class DbRegistration(Base):
    """One person's entry. Its id is the one that its form was given when it was shown.

    nomination_id: on what it rests that the person is the delegation's. disowned_at_utc: when the
    focal point said "not ours". search_text: what the desk looks in, in canonical form.
    """

    __tablename__ = "registration"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[str]
    delegation_id: Mapped[int]
    seat_number: Mapped[int | None]
    seat_label: Mapped[str | None]
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    treatment: Mapped[str]
    given_names: Mapped[str]
    surnames: Mapped[str]
    institution: Mapped[str]
    position: Mapped[str]
    email: Mapped[str]
    copy_to: Mapped[str | None]
    language: Mapped[str]
    canonical_email: Mapped[str]
    canonical_name: Mapped[str]

    passport_id: Mapped[UUID | None] = mapped_column(ForeignKey("locked_file.id"))
    reason: Mapped[str | None]
    new_email: Mapped[str | None]
    new_email_digest: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    wants_reserve: Mapped[bool] = mapped_column(default=False)
    may_be_listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    link_generation: Mapped[int] = mapped_column(default=1)
    link_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)

    nomination_id: Mapped[UUID | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    disowned_at_utc: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(default="", server_default="")

    consented_at_utc: Mapped[datetime | None]
    created_at_utc: Mapped[datetime]
    confirmed_at_utc: Mapped[datetime | None]
    reserved_at_utc: Mapped[datetime | None]
    changed_at_utc: Mapped[datetime]
    reminded_at_utc: Mapped[datetime | None]
    erased_at_utc: Mapped[datetime | None]

    __table_args__ = (
        # More delegates than seats cannot be written, whatever the code does: the pair is a seat
        # of this delegation, and each seat is held once.
        ForeignKeyConstraint(
            ["delegation_id", "seat_number"], ["seat.delegation_id", "seat.number"]
        ),
        UniqueConstraint("delegation_id", "seat_number"),
        # The key above is not checked while seat_number is NULL; this one is.
        ForeignKeyConstraint(
            ["meeting_id", "delegation_id"], ["delegation.meeting_id", "delegation.id"]
        ),
        CheckConstraint(f"state IN ({listed(State)})", name="state"),
        CheckConstraint(
            f"(state IN ({listed(SEATED)})) = (seat_number IS NOT NULL)",
            name="seat_exactly_when_seated",
        ),
        CheckConstraint("version >= 1", name="version"),
        # One live entry per address and full name: ministries share mailboxes.
        Index(
            "uq_registration_live_person",
            "meeting_id",
            "canonical_email",
            "canonical_name",
            unique=True,
            sqlite_where=_IS_LIVE,
            postgresql_where=_IS_LIVE,
        ),
        # What the desk's list is paged by, of a meeting, of a state, of a delegation: each ends in
        # the list's order. The last also counts states without reading a row.
        Index("ix_registration_newest", "meeting_id", "changed_at_utc", "reference"),
        Index(
            "ix_registration_newest_of_state", "meeting_id", "state", "changed_at_utc", "reference"
        ),
        Index(
            "ix_registration_newest_of_delegation",
            "delegation_id",
            "changed_at_utc",
            "reference",
            "state",
        ),
    )
