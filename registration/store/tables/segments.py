"""The segments of a meeting, their places, and who attends which: a place is a row, as a seat."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from registration.store.tables.base import Base


class DbSegment(Base):
    """A segment of one meeting. unlimited: nobody takes a place, and all who choose it attend."""

    __tablename__ = "segment"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"))
    key: Mapped[str]
    position: Mapped[int]
    unlimited: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (UniqueConstraint("meeting_id", "key"), UniqueConstraint("id", "unlimited"))


class DbSegmentPlace(Base):
    """One place in a segment with a capacity."""

    __tablename__ = "segment_place"

    segment_id: Mapped[int] = mapped_column(ForeignKey("segment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)

    __table_args__ = (CheckConstraint("number >= 1", name="number"),)


class DbSegmentChoice(Base):
    """That somebody chose a segment. attends: whether it is theirs; until the address is confirmed
    it is a wish. Of a segment with a capacity who attends holds a place, which the schema says.

    unlimited: the segment's own, held to it by the foreign key, so that the CHECK can read it.
    """

    __tablename__ = "segment_choice"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    segment_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    unlimited: Mapped[bool]
    attends: Mapped[bool] = mapped_column(default=False, server_default=false())
    place_number: Mapped[int | None]
    chosen_at_utc: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["segment_id", "unlimited"], ["segment.id", "segment.unlimited"]),
        ForeignKeyConstraint(
            ["segment_id", "place_number"], ["segment_place.segment_id", "segment_place.number"]
        ),
        UniqueConstraint("segment_id", "place_number"),
        CheckConstraint(
            "(attends AND NOT unlimited) = (place_number IS NOT NULL)",
            name="place_exactly_when_limited",
        ),
    )
