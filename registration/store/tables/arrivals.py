"""Arrivals at the door: a row of its own, not a state of the registration."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registration.store.tables.base import Base


class DbArrival(Base):
    """That somebody came to the meeting, and which member of the staff saw it.

    recorded_at_utc: when the site heard of it, where the door was without connection; else None.
    """

    __tablename__ = "arrival"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    arrived_at_utc: Mapped[datetime]
    staff_id: Mapped[int | None]
    recorded_at_utc: Mapped[datetime | None]
