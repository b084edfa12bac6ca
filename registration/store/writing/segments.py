"""Segments as loaded from a file, and who takes which of their places."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from registration.domain.ids import RegistrationId
from registration.store.tables.segments import DbSegment, DbSegmentChoice, DbSegmentPlace


class PlacesHeld(Exception):
    """A file with fewer places, or without the segment, than people have chosen. held: how many."""

    def __init__(self, key: str, held: int) -> None:
        super().__init__(f"{held} people chose the segment {key!r}")
        self.key, self.held = key, held


def lock_segment(session: Session, id: int) -> None:
    """Wait for the segment's row and hold it to the end of the transaction.

    Always after the delegation's row and before any registration's, several in the order of their
    ids. FOR NO KEY UPDATE on PostgreSQL, so that foreign keys pointing at it do not wait; on SQLite
    the transaction itself is the lock (BEGIN IMMEDIATE).
    """
    session.execute(
        select(DbSegment.id).where(DbSegment.id == id).with_for_update(key_share=True)
    ).one()


def put_choice(
    session: Session,
    id: RegistrationId,
    segment_id: int,
    *,
    unlimited: bool,
    attends: bool,
    place_number: int | None,
    at: datetime,
) -> None:
    """Record what somebody chose, in place of what is recorded. Raises IntegrityError where the
    place is somebody else's."""
    remove_choices(session, id, [segment_id])
    session.execute(
        insert(DbSegmentChoice).values(
            registration_id=id,
            segment_id=segment_id,
            unlimited=unlimited,
            attends=attends,
            place_number=place_number,
            chosen_at_utc=at,
        )
    )


def remove_choices(
    session: Session, id: RegistrationId, segment_ids: Collection[int] | None = None
) -> None:
    """Take back what somebody chose: these segments, or all; their places are free."""
    query = delete(DbSegmentChoice).where(DbSegmentChoice.registration_id == id)
    if segment_ids is not None:
        query = query.where(DbSegmentChoice.segment_id.in_(list(segment_ids)))
    session.execute(query)


def save_segment(
    session: Session, *, meeting_id: str, key: str, position: int, capacity: int | None
) -> None:
    """Add the segment, or make it as the newer file has it.

    More places are added. Fewer are only possible where no more people attend; who has a number
    above them moves to a lower one, for places are alike. Raises PlacesHeld.
    """
    query = select(DbSegment).where(DbSegment.meeting_id == meeting_id, DbSegment.key == key)
    row = session.scalars(query).first()
    if row is None:
        row = DbSegment(
            meeting_id=meeting_id, key=key, position=position, unlimited=capacity is None
        )
        session.add(row)
        session.flush()
    lock_segment(session, row.id)
    row.position = position
    session.flush()
    attending = _list_attending(session, row.id)
    if capacity is not None and len(attending) > capacity:
        raise PlacesHeld(key, len(attending))
    if row.unlimited is not (capacity is None):
        _change_kind(session, row, capacity)
    elif capacity is not None:
        _add_places(session, row.id, capacity)
        _move_down(session, row.id, attending, capacity)
    _drop_places(session, row.id, capacity or 0)


def remove_segments(session: Session, meeting_id: str, *, but: Collection[str]) -> None:
    """Remove the meeting's segments with other keys. Raises PlacesHeld where somebody chose one."""
    query = select(DbSegment).where(
        DbSegment.meeting_id == meeting_id, DbSegment.key.not_in(list(but))
    )
    for row in session.scalars(query).all():
        lock_segment(session, row.id)
        chosen = _list_rows(session, row.id)
        if chosen:
            raise PlacesHeld(row.key, len(chosen))
        _drop_places(session, row.id, 0)
        session.execute(delete(DbSegment).where(DbSegment.id == row.id))


def _list_rows(session: Session, segment_id: int) -> Sequence[dict[str, Any]]:
    query = select(DbSegmentChoice.__table__).where(DbSegmentChoice.segment_id == segment_id)
    ordered = query.order_by(DbSegmentChoice.place_number, DbSegmentChoice.chosen_at_utc)
    return [dict(row) for row in session.execute(ordered).mappings()]


def _list_attending(session: Session, segment_id: int) -> list[dict[str, Any]]:
    return [row for row in _list_rows(session, segment_id) if row["attends"]]


def _change_kind(session: Session, row: DbSegment, capacity: int | None) -> None:
    """Set a limit or take it away: the foreign key lets no choice say otherwise than its segment,
    so they are taken out and put back."""
    rows = _list_rows(session, row.id)
    session.execute(delete(DbSegmentChoice).where(DbSegmentChoice.segment_id == row.id))
    row.unlimited = capacity is None
    session.flush()
    _add_places(session, row.id, capacity or 0)
    numbers = iter(range(1, len(rows) + 1))
    for each in rows:
        holds = each["attends"] and capacity is not None
        number = next(numbers) if holds else None
        changed = {**each, "unlimited": capacity is None, "place_number": number}
        session.execute(insert(DbSegmentChoice).values(**changed))


def _add_places(session: Session, segment_id: int, capacity: int) -> None:
    query = select(DbSegmentPlace.number).where(DbSegmentPlace.segment_id == segment_id)
    there = set(session.scalars(query))
    new = [
        {"segment_id": segment_id, "number": number}
        for number in range(1, capacity + 1)
        if number not in there
    ]
    if new:
        session.execute(insert(DbSegmentPlace), new)


def _move_down(
    session: Session, segment_id: int, attending: Sequence[dict[str, Any]], capacity: int
) -> None:
    held = {row["place_number"] for row in attending}
    free = iter(number for number in range(1, capacity + 1) if number not in held)
    for row in attending:
        if row["place_number"] > capacity:
            session.execute(
                update(DbSegmentChoice)
                .where(
                    DbSegmentChoice.segment_id == segment_id,
                    DbSegmentChoice.registration_id == row["registration_id"],
                )
                .values(place_number=next(free))
            )


def _drop_places(session: Session, segment_id: int, capacity: int) -> None:
    session.execute(
        delete(DbSegmentPlace).where(
            DbSegmentPlace.segment_id == segment_id, DbSegmentPlace.number > capacity
        )
    )
