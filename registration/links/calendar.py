"""The meeting's days for the delegate's own calendar (RFC 5545)."""

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from registration.domain.meeting import AgendaDay, Meeting
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
) -> bytes:
    """Return an .ics file, UTF-8: an event for each day of the agenda, or one for the whole days.

    stamped_at: aware; the same moment gives the same bytes. host: of BASE_URL, makes the events'
    names unique in the world; they are the same for a later file of this entry, which a calendar
    then takes as news of the same events.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in _events(meeting):
        _describe(event, meeting, registration, words)
        event.add("uid", f"{registration.reference}-{_day_of(event):%Y%m%d}@{host}")
        event.add("dtstamp", stamped_at)
        event.add("sequence", registration.version)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


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


def _describe(
    event: Event, meeting: Meeting, registration: Registration, words: Translator
) -> None:
    language = words.language
    summary = meeting.short_title[language]
    if meeting.rehearsal:
        mark = words.pgettext("subject", "Rehearsal")
        summary = f"[{mark}] {summary}"
    event.add("summary", summary)
    event.add("location", f"{meeting.venue[language]}, {meeting.city[language]}")
    lines = (meeting.title[language], registration.full_name, meeting.contact)
    event.add("description", "\n".join(lines))
    event.add("status", "CONFIRMED")


def _day_of(event: Event) -> date:
    start = event.decoded("dtstart")
    return start.date() if isinstance(start, datetime) else start
