"""The meeting's days for the delegate's own calendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from registration.domain.meeting import AgendaDay, Meeting
from registration.domain.program import Segment
from registration.domain.registrations import Registration
from registration.language.translator import Translator

PRODUCT = "-//Registration of delegations//Meeting//EN"


def make_invitation(
    meeting: Meeting,
    registration: Registration,
    words: Translator,
    *,
    stamped_at: datetime,
    host: str,
    attended: Sequence[Segment] = (),
    before: Sequence[Segment] | None = None,
) -> bytes:
    """Return an .ics file, UTF-8: an event for each segment that the person attends; where there is
    none one for each day of the agenda, or one for the whole days.

    before: what an earlier file was made of, where this one follows a change: what is gone from it
    is called off by its name (RFC 5546, 3.2.1: an event that is published may be CANCELLED).

    stamped_at: aware; the same moment gives the same bytes. host: of BASE_URL, makes the events'
    names unique in the world; they are the same for a later file of this entry, which a calendar
    then takes as news of the same events.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    events = _list_events(meeting, attended)
    gone = {} if before is None else _list_events(meeting, before)
    for name, (event, segment) in {**gone, **events}.items():
        _describe(event, meeting, registration, words, segment)
        event.add("status", "CONFIRMED" if name in events else "CANCELLED")
        event.add("uid", f"{registration.reference}-{name}@{host}")
        event.add("dtstamp", stamped_at)
        # It must grow with each file, and the version stays where only the segments change.
        event.add("sequence", registration.version + int(stamped_at.timestamp()) // 60)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _list_events(
    meeting: Meeting, attended: Sequence[Segment]
) -> dict[str, tuple[Event, Segment | None]]:
    """The events by what is their own in their names, each with the segment that it is."""
    if attended:
        return {each.key: (_segment(each, meeting), each) for each in attended}
    return {f"{_day_of(each):%Y%m%d}": (each, None) for each in _events(meeting)}


def _events(meeting: Meeting) -> list[Event]:
    if meeting.agenda:
        return [_day_with_hours(day, meeting) for day in meeting.agenda]
    event = Event()
    event.add("dtstart", meeting.first_day)
    event.add("dtend", meeting.last_day + timedelta(days=1))  # the first day that is free again
    return [event]


def _day_with_hours(day: AgendaDay, meeting: Meeting) -> Event:
    """The day begins with its first item: in the RCM's file people register before it opens."""
    starts = min([day.opens, *(item.starts for item in day.items)])
    event = Event()
    event.add("dtstart", datetime.combine(day.day, starts, meeting.zone))
    event.add("dtend", datetime.combine(day.day, day.closes, meeting.zone))
    return event


def _segment(segment: Segment, meeting: Meeting) -> Event:
    """Its hours where the file gives them; else its day."""
    event = Event()
    if segment.starts is None:
        event.add("dtstart", segment.day)
        event.add("dtend", segment.day + timedelta(days=1))
        return event
    event.add("dtstart", datetime.combine(segment.day, segment.starts, meeting.zone))
    if segment.ends is not None:
        event.add("dtend", datetime.combine(segment.day, segment.ends, meeting.zone))
    return event


def _describe(
    event: Event,
    meeting: Meeting,
    registration: Registration,
    words: Translator,
    segment: Segment | None = None,
) -> None:
    language = words.language
    summary = meeting.short_title[language]
    place = f"{meeting.venue[language]}, {meeting.city[language]}"
    if segment is not None:
        summary = f"{segment.title[language]} ({summary})"
        place = f"{segment.place[language]}, {place}" if segment.place else place
    if meeting.rehearsal:
        mark = words.pgettext("subject", "Rehearsal")
        summary = f"[{mark}] {summary}"
    event.add("summary", summary)
    event.add("location", place)
    lines = (meeting.title[language], registration.full_name, meeting.contact)
    event.add("description", "\n".join(lines))


def _day_of(event: Event) -> date:
    start = event.decoded("dtstart")
    return start.date() if isinstance(start, datetime) else start
