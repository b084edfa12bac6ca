"""The journey and the stay of one person: what the person told, and what the desks arranged.

All of it is locked: a passport's number, an allergy or a hotel is nobody's business but of the desk
that needs it. In clear stands only what lists are chosen by.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from registration.domain.travel import TicketStatus, Visa
from registration.store.tables.base import Base, listed


class DbTravel(Base):
    """What a person whose flight is paid told of passport and journey."""

    __tablename__ = "travel"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    visa: Mapped[str]
    locked_bytes: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at_utc: Mapped[datetime]

    __table_args__ = (CheckConstraint(f"visa IN ({listed(Visa)})", name="visa"),)


class DbNeeds(Base):
    """What a person asked for at table and in the house: optional, and of the body."""

    __tablename__ = "needs"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    locked_bytes: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at_utc: Mapped[datetime]


class DbTicket(Base):
    """The air ticket that the travel desk bought, with its number, times and cost."""

    __tablename__ = "ticket"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    status: Mapped[str]
    locked_bytes: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int | None]
    recorded_at_utc: Mapped[datetime]

    __table_args__ = (CheckConstraint(f"status IN ({listed(TicketStatus)})", name="status"),)


class DbStay(Base):
    """The room that the host desk booked."""

    __tablename__ = "stay"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    locked_bytes: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int | None]
    recorded_at_utc: Mapped[datetime]
