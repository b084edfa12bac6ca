"""A meeting day by day: what its segments and its agenda say of each, for pages and calendars."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from registration.domain.meeting import AgendaDay, AgendaItem, Meeting
from registration.domain.program import RoadmapItem, Segment


@dataclass(frozen=True)
class ProgramDay:
    """One day. segments, agenda: in the order of the file; agenda is None where it has none."""

    day: date
    segments: tuple[Segment, ...]
    agenda: AgendaDay | None

    @property
    def unplaced(self) -> tuple[Segment, ...]:
        """The segments that are no line of the agenda."""
        lines = self.agenda.items if self.agenda else ()
        placed = {segment.key for each in lines if (segment := self.find_segment(each))}
        return tuple(each for each in self.segments if each.key not in placed)

    def find_segment(self, line: AgendaItem) -> Segment | None:
        """Return the segment that a line of the agenda is: the one whose name it is the first to
        bear."""
        lines = self.agenda.items if self.agenda else ()
        if next((each for each in lines if each.title == line.title), None) is not line:
            return None
        return next((each for each in self.segments if each.title == line.title), None)


@dataclass(frozen=True)
class Hours:
    """Aware moments in the meeting's zone. ends_at: None where the source gives no end."""

    starts_at: datetime
    ends_at: datetime | None


def list_program_days(meeting: Meeting) -> list[ProgramDay]:
    """Return the days of which the file says anything, in the order of the calendar."""
    agenda = {each.day: each for each in meeting.agenda}
    days = sorted({*agenda, *(each.day for each in meeting.segments)})
    return [
        ProgramDay(
            day,
            tuple(each for each in meeting.segments if each.day == day),
            agenda.get(day),
        )
        for day in days
    ]


def list_segments(meeting: Meeting) -> tuple[Segment, ...]:
    """Return the meeting's segments, each with its hours: its own, or those of the line of the
    agenda that it is."""
    lines = {
        segment.key: line
        for day in list_program_days(meeting)
        for line in (day.agenda.items if day.agenda else ())
        if (segment := day.find_segment(line))
    }
    return tuple(
        each
        if each.starts is not None or each.key not in lines
        else replace(each, starts=lines[each.key].starts, ends=lines[each.key].ends)
        for each in meeting.segments
    )


def find_hours(meeting: Meeting, day: date, starts: time | None, ends: time | None) -> Hours | None:
    """Return the hours of a day's part, or None where it has no beginning.

    An end before the beginning is after midnight.
    """
    if starts is None:
        return None
    starts_at = datetime.combine(day, starts, meeting.zone)
    if ends is None:
        return Hours(starts_at, None)
    last = day if ends > starts else day + timedelta(days=1)
    return Hours(starts_at, datetime.combine(last, ends, meeting.zone))


def is_past(item: RoadmapItem, today: date) -> bool:
    """Return whether the step is over. today: on the calendar of the meeting's city.

    One of which only the month is known is over with its month.
    """
    if item.last_day is not None:
        return item.last_day < today
    return item.month is not None and (item.month.year, item.month.month) < (
        today.year,
        today.month,
    )
