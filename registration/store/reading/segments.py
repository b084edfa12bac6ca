"""Segments, their places, and who chose which."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.segments import Choice, Numbers
from registration.domain.states import SEATED
from registration.store.tables.registrations import DbRegistration
from registration.store.tables.segments import DbSegment, DbSegmentChoice, DbSegmentPlace


@dataclass(frozen=True)
class SegmentRow:
    """A segment as stored. capacity: how many places there are, or None without limit."""

    id: int
    key: str
    capacity: int | None


def list_segment_rows(session: Session, meeting_id: MeetingId) -> list[SegmentRow]:
    """Return the meeting's segments in the order in which their rows are always held: by id."""
    places = (
        select(DbSegmentPlace.segment_id, func.count().label("number"))
        .group_by(DbSegmentPlace.segment_id)
        .subquery()
    )
    query = (
        select(DbSegment.id, DbSegment.key, DbSegment.unlimited, places.c.number)
        .join(places, places.c.segment_id == DbSegment.id, isouter=True)
        .where(DbSegment.meeting_id == meeting_id)
        .order_by(DbSegment.id)
    )
    return [
        SegmentRow(row.id, row.key, None if row.unlimited else row.number or 0)
        for row in session.execute(query)
    ]


def list_taken_places(session: Session, segment_id: int) -> set[int]:
    """Return the numbers of the segment's places that somebody holds."""
    query = select(DbSegmentChoice.place_number).where(
        DbSegmentChoice.segment_id == segment_id, DbSegmentChoice.place_number.is_not(None)
    )
    return {number for number in session.scalars(query) if number is not None}


def count_choices(session: Session, meeting_id: MeetingId) -> Mapping[str, Numbers]:
    """Return how many attend each segment, and how many wish to; by key, one for each segment."""
    attending = func.sum(cast(DbSegmentChoice.attends, Integer))
    query = (
        select(DbSegment.key, attending, func.count(DbSegmentChoice.registration_id))
        .join(DbSegmentChoice, DbSegmentChoice.segment_id == DbSegment.id, isouter=True)
        .where(DbSegment.meeting_id == meeting_id)
        .group_by(DbSegment.key)
    )
    return {
        key: Numbers(yes or 0, every - (yes or 0)) for key, yes, every in session.execute(query)
    }


def list_choices(session: Session, id: RegistrationId) -> list[Choice]:
    """Return what the person chose, in the order of the file."""
    query = (
        select(DbSegment.key, DbSegmentChoice.attends)
        .join(DbSegment, DbSegment.id == DbSegmentChoice.segment_id)
        .where(DbSegmentChoice.registration_id == id)
        .order_by(DbSegment.position)
    )
    return [Choice(key, attends) for key, attends in session.execute(query)]


def map_choices(
    session: Session, meeting_id: MeetingId
) -> Mapping[RegistrationId, Sequence[Choice]]:
    """Return what everybody of the meeting chose; nothing for whoever chose nothing."""
    query = (
        select(DbSegmentChoice.registration_id, DbSegment.key, DbSegmentChoice.attends)
        .join(DbSegment, DbSegment.id == DbSegmentChoice.segment_id)
        .where(DbSegment.meeting_id == meeting_id)
        .order_by(DbSegment.position)
    )
    found: defaultdict[RegistrationId, list[Choice]] = defaultdict(list)
    for id, key, attends in session.execute(query):
        found[RegistrationId(id)].append(Choice(key, attends))
    return found


def list_attending(session: Session, meeting_id: MeetingId, key: str) -> set[RegistrationId]:
    """Return the ids of those who attend the segment and hold a seat."""
    query = (
        select(DbSegmentChoice.registration_id)
        .join(DbSegment, DbSegment.id == DbSegmentChoice.segment_id)
        .join(DbRegistration, DbRegistration.id == DbSegmentChoice.registration_id)
        .where(
            DbSegment.meeting_id == meeting_id,
            DbSegment.key == key,
            DbSegmentChoice.attends,
            DbRegistration.state.in_(list(SEATED)),
        )
    )
    return {RegistrationId(id) for id in session.scalars(query)}
