"""A meeting's agenda and roadmap for anybody's own calendar (RFC 5545)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from registration.domain.days import Hours, ProgramDay, find_hours, list_program_days
from registration.domain.meeting import AgendaDay, Meeting
from registration.domain.meeting_text import Text
from registration.domain.program import RoadmapItem, Segment
from registration.language.texts import fill
from registration.language.translator import Translator
from registration.links.calendar import PRODUCT

_NEXT_DAY = timedelta(days=1)


def make_agenda(meeting: Meeting, words: Translator, *, stamped_at: datetime, host: str) -> bytes:
    """Return an .ics file, UTF-8: an event for each day of the agenda, one for each segment beside
    it that has hours, and one for the whole day where only segments without hours are known.

    stamped_at: aware. host: of BASE_URL. An event's name is the same in each language and each
    later file, which a calendar then takes as news of it.
    """
    written = _Calendar(meeting, words, stamped_at, host)
    for day in list_program_days(meeting):
        _add_day(written, day)
    # Translators: the name of a calendar; the meeting's short name follows
    return written.finish(words.gettext("Agenda"))


def make_roadmap(meeting: Meeting, words: Translator, *, stamped_at: datetime, host: str) -> bytes:
    """Return an .ics file, UTF-8: whole days for each step that has its days. A step of which only
    the month is known is left out: no calendar can hold it. For the rest see `make_agenda`."""
    written = _Calendar(meeting, words, stamped_at, host)
    for item in meeting.roadmap:
        if item.first_day is not None:
            _add_step(written, item, item.first_day, item.last_day or item.first_day)
    return written.finish(words.gettext("Roadmap"))


class _Calendar:
    """One file in the making."""

    def __init__(
        self, meeting: Meeting, words: Translator, stamped_at: datetime, host: str
    ) -> None:
        self.meeting = meeting
        self.words = words
        self._stamped_at = stamped_at
        self._host = host
        self._calendar = Calendar()
        self._calendar.add("prodid", PRODUCT)
        self._calendar.add("version", "2.0")
        self._calendar.add("method", "PUBLISH")

    def say(self, text: Text) -> str:
        return fill(text, self.meeting, self.words)

    def where(self, place: Text | None = None) -> str:
        room = [] if place is None else [self.say(place)]
        return ", ".join([*room, self.say(self.meeting.venue), self.say(self.meeting.city)])

    def add(
        self,
        key: str,
        summary: str,
        *,
        hours: Hours | None = None,
        days: tuple[date, date] | None = None,
        place: str,
        lines: Iterable[str],
    ) -> None:
        """Add an event. key: its name within the meeting. Either hours, or the first and the last
        of whole days."""
        event = Event()
        event.add("uid", f"{self.meeting.id}-{key}@{self._host}")
        event.add("dtstamp", self._stamped_at)
        if hours is not None:
            event.add("dtstart", hours.starts_at)
            if hours.ends_at is not None:
                event.add("dtend", hours.ends_at)
        elif days is not None:
            event.add("dtstart", days[0])
            event.add("dtend", days[1] + _NEXT_DAY)  # the first day that is free again
            event.add("transp", "TRANSPARENT")
        event.add("summary", self._mark(summary))
        event.add("location", place)
        about = [*lines, self.meeting.title[self.words.language], self.meeting.contact]
        event.add("description", "\n".join(about))
        event.add("status", "CONFIRMED")
        self._calendar.add_component(event)

    def finish(self, name: str) -> bytes:
        """Return the bytes of the file, the zones that it names described in it."""
        title = f"{name} – {self.meeting.short_title[self.words.language]}"
        self._calendar.add("x-wr-calname", self._mark(title))
        self._calendar.add_missing_timezones()
        return bytes(self._calendar.to_ical())

    def _mark(self, summary: str) -> str:
        if not self.meeting.rehearsal:
            return summary
        return f"[{self.words.pgettext('subject', 'Rehearsal')}] {summary}"


def _add_day(written: _Calendar, day: ProgramDay) -> None:
    """What is a line of the agenda is told with its day; every other segment by itself."""
    untimed = [each for each in day.unplaced if each.starts is None]
    if day.agenda is not None:
        _add_agenda(written, day.agenda, untimed)
    elif untimed:
        _add_whole_day(written, day.day, untimed)
    for segment in day.unplaced:
        _add_segment(written, segment)


def _add_segment(written: _Calendar, segment: Segment) -> None:
    hours = find_hours(written.meeting, segment.day, segment.starts, segment.ends)
    if hours is None:
        return
    written.add(
        f"segment-{segment.key}",
        written.say(segment.title),
        hours=hours,
        place=written.where(segment.place),
        lines=[written.say(segment.summary)] if segment.summary else [],
    )


def _add_agenda(written: _Calendar, day: AgendaDay, segments: Sequence[Segment]) -> None:
    """A day begins with its first line: in the RCM's file people register before it opens."""
    starts = min([day.opens, *(item.starts for item in day.items)])
    hours = find_hours(written.meeting, day.day, starts, day.closes)
    written.add(
        _name_of(written.meeting, day.day),
        written.meeting.short_title[written.words.language],
        hours=hours,
        place=written.where(),
        lines=[
            *(written.say(each.title) for each in segments),
            # The hours of the lines are the city's, wherever the calendar is read.
            *([f"{written.say(written.meeting.zone_name)}:"] if day.items else []),
            *(f"{written.words.hour(each.starts)} {written.say(each.title)}" for each in day.items),
        ],
    )


def _add_whole_day(written: _Calendar, day: date, segments: Sequence[Segment]) -> None:
    written.add(
        _name_of(written.meeting, day),
        written.meeting.short_title[written.words.language],
        days=(day, day),
        place=written.where(),
        lines=[written.say(each.title) for each in segments],
    )


def _name_of(meeting: Meeting, day: date) -> str:
    """A day of a meeting that is moved stays the same event."""
    return f"day-{(day - meeting.first_day).days + 1}"


def _add_step(written: _Calendar, item: RoadmapItem, first: date, last: date) -> None:
    written.add(
        f"roadmap-{item.key}",
        written.say(item.title),
        days=(first, last),
        place=written.say(item.place),
        lines=[item.link] if item.link else [],
    )
