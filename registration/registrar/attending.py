"""Places in segments, taken as seats are: under the row's lock, the lowest free number.

The schema is the judge. What is taken is decided before the registration's row is held and written
after it: segments' rows, in the order of their ids, come after the delegation's row and before any
registration's.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.refusals import Refusal, SegmentFull, UnknownSegment
from registration.domain.registrations import Registration
from registration.domain.segments import (
    Choice,
    FreePlace,
    Room,
    attends_now,
    choose_place,
    room_in,
)
from registration.domain.states import FINAL, State
from registration.store.reading import segments as reading
from registration.store.reading.segments import SegmentRow
from registration.store.writing import segments as writing


@dataclass(frozen=True)
class Claim:
    """What somebody is about to have: the places found free, and the segments found full. wishes:
    what is recorded without a place. Nothing is written yet; the segments' rows are held."""

    places: tuple[tuple[SegmentRow, int | None], ...] = ()
    full: tuple[SegmentRow, ...] = ()
    wishes: tuple[SegmentRow, ...] = ()

    @property
    def facts(self) -> dict[str, str]:
        """What the line of history binds of it: keys of the meeting's file."""
        named = {
            "segments": [row.key for row, _ in self.places],
            "segments_full": [row.key for row in self.full],
        }
        return {name: " ".join(sorted(keys)) for name, keys in named.items() if keys}


def claim(
    session: Session, meeting_id: MeetingId, id: RegistrationId, keys: Collection[str]
) -> Claim:
    """Find a place in each of the segments, whose rows are held from now on, but for those that the
    person attends by now: the other click of a double click was faster."""
    places: list[tuple[SegmentRow, int | None]] = []
    full: list[SegmentRow] = []
    for row in _list_rows(session, meeting_id, keys):
        writing.lock_segment(session, row.id)
        if any(each.attends for each in reading.list_choices(session, id) if each.key == row.key):
            continue
        match choose_place(row.capacity, reading.list_taken_places(session, row.id)):
            case FreePlace(number):
                places.append((row, number))
            case _:
                full.append(row)
    return Claim(tuple(places), tuple(full))


def claim_for(session: Session, meeting: Meeting, before: Registration, to: State) -> Claim:
    """Find what a move brings: with its seat the person takes a place in each segment that was
    wished for."""
    gains_seat = attends_now(to) and not attends_now(before.state)
    if not meeting.segments or not gains_seat:
        return Claim()
    wished = [each.key for each in reading.list_choices(session, before.id) if not each.attends]
    return claim(session, meeting.id, before.id, wished)


def follow(
    session: Session,
    meeting: Meeting,
    id: RegistrationId,
    to: State,
    found: Claim,
    *,
    at: datetime,
) -> dict[str, str]:
    """Write what a move brings, or leave everything at the end; return what its line binds of it.
    The registration's row is held."""
    settle_claim(session, id, found, at=at)
    return found.facts | (_leave_all(session, meeting, id) if to in FINAL else {})


def settle_claim(session: Session, id: RegistrationId, found: Claim, *, at: datetime) -> None:
    """Write what was found. The registration's row is held; the schema refuses a place that is held
    (IntegrityError). What was full stays a wish, so that the desk and the person see it."""
    for row, number in found.places:
        _put(session, id, row, at=at, attends=True, number=number)
    for row in (*found.full, *found.wishes):
        _put(session, id, row, at=at)


def wish(
    session: Session, meeting: Meeting, id: RegistrationId, keys: Collection[str], *, at: datetime
) -> None:
    """Record what somebody without a seat would like to attend."""
    for row in _list_rows(session, meeting.id, keys):
        _put(session, id, row, at=at)


def refuse_keys(session: Session, meeting: Meeting, keys: Collection[str]) -> Refusal | None:
    """Return why these segments cannot be wished for now: one of them is none of the meeting's, or
    full already, so that the person learns it before the mail and not after."""
    unknown = [key for key in keys if meeting.find_segment(key) is None]
    if unknown:
        return UnknownSegment()
    if not keys:
        return None
    rows = _list_rows(session, meeting.id, keys)
    numbers = reading.count_choices(session, meeting.id)
    full = [row for row in rows if room_in(row.capacity, numbers[row.key].attending) is Room.FULL]
    return say_full(meeting, full) if full else None


def say_full(meeting: Meeting, rows: Iterable[SegmentRow]) -> SegmentFull:
    """Return the refusal that names the segments."""
    keys = {row.key for row in rows}
    return SegmentFull(tuple(each.title for each in meeting.segments if each.key in keys))


def _leave_all(session: Session, meeting: Meeting, id: RegistrationId) -> dict[str, str]:
    """Give back every place of somebody who does not take part any more, and forget the wishes;
    return what the line of history binds of it."""
    if not meeting.segments:
        return {}
    left = [each.key for each in reading.list_choices(session, id) if each.attends]
    writing.remove_choices(session, id)
    return {"segments_left": " ".join(sorted(left))} if left else {}


def change(
    session: Session,
    meeting: Meeting,
    id: RegistrationId,
    state: State,
    keys: Collection[str],
) -> tuple[Claim, list[SegmentRow]]:
    """Find what changes when the person wants these segments and no others: the claim, and those to
    be given back. What they have already is not touched; a wish that was not met is tried again."""
    before = {each.key: each for each in reading.list_choices(session, id)}
    dropped = _list_rows(session, meeting.id, before.keys() - set(keys))
    open_ones = [key for key in keys if not _attends(before.get(key))]
    if not attends_now(state):
        added = _list_rows(session, meeting.id, set(keys) - before.keys())
        return Claim(wishes=tuple(added)), dropped
    return claim(session, meeting.id, id, open_ones), dropped


def _attends(choice: Choice | None) -> bool:
    return choice is not None and choice.attends


def _put(
    session: Session,
    id: RegistrationId,
    row: SegmentRow,
    *,
    at: datetime,
    attends: bool = False,
    number: int | None = None,
) -> None:
    writing.put_choice(
        session,
        id,
        row.id,
        unlimited=row.capacity is None,
        attends=attends,
        place_number=number,
        at=at,
    )


def _list_rows(session: Session, meeting_id: MeetingId, keys: Collection[str]) -> list[SegmentRow]:
    if not keys:
        return []
    return [row for row in reading.list_segment_rows(session, meeting_id) if row.key in keys]
