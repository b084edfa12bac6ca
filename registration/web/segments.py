"""The parts of a meeting to choose among: the field of a form, and what its macro draws."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import lazy_gettext
from wtforms import SelectMultipleField

from registration.domain.days import list_segments
from registration.domain.meeting import Meeting
from registration.domain.meeting_text import Text
from registration.domain.program import Segment
from registration.domain.segments import Choice, Room, room_in
from registration.store.database import db
from registration.store.reading.segments import count_choices


@dataclass(frozen=True)
class Offered:
    """One segment to tick. ticked: whether it is in the form. may_tick: not where it is full, but
    what is ticked can be taken back. attends: whether it is the person's already."""

    segment: Segment
    room: Room
    ticked: bool
    attends: bool

    @property
    def may_tick(self) -> bool:
        return self.ticked or self.attends or self.room is not Room.FULL


@dataclass(frozen=True)
class OfferedDay:
    """The segments of one day and one part of the meeting (`within`), in the order of the file."""

    day: date
    within: Text | None
    segments: tuple[Offered, ...]


def make_field(*, at_desk: bool = False) -> SelectMultipleField:
    """Return the field; `offer_segments` gives it choices, and the registrar refuses others.
    at_desk: whether the desk ticks for somebody."""
    asked = lazy_gettext("What would you like to attend?")
    label = lazy_gettext("What the person attends") if at_desk else asked
    return SelectMultipleField(label, validate_choice=False)


def offer_segments(field: SelectMultipleField, meeting: Meeting) -> None:
    """Fill the field's list."""
    field.choices = [(each.key, each.key) for each in meeting.segments]


def list_offered(
    meeting: Meeting, ticked: Collection[str], choices: Sequence[Choice] = ()
) -> list[OfferedDay]:
    """Return the meeting's segments by day with the room that is left in each. choices: what the
    person has by now."""
    if not meeting.segments:
        return []
    numbers = count_choices(db.session(), meeting.id)
    attended = {each.key for each in choices if each.attends}
    offered = [
        Offered(
            segment=each,
            room=room_in(each.capacity, numbers[each.key].attending if each.key in numbers else 0),
            ticked=each.key in ticked,
            attends=each.key in attended,
        )
        for each in sorted(list_segments(meeting), key=lambda each: each.day)
    ]
    by_day = groupby(offered, key=lambda each: (each.segment.day, each.segment.within))
    return [OfferedDay(day, within, tuple(each)) for (day, within), each in by_day]
