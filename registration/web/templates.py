"""What every template can use beside what its view gives it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, g
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.local import LocalProxy
from wtforms import Field

from registration.domain.call_refusals import CallRefusal
from registration.domain.days import Hours, find_hours
from registration.domain.desk_refusals import AmendmentUnfit
from registration.domain.journeys import Stay, Ticket
from registration.domain.listing import ListedEntry
from registration.domain.meeting import Delegation, Meeting
from registration.domain.meeting_text import Text
from registration.domain.program import Segment
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.domain.retention import (
    LEFT_WITHIN_DAYS,
    UNCONFIRMED_WITHIN_DAYS,
    erased_by,
    find_due,
)
from registration.domain.segments import Room
from registration.domain.states import State
from registration.language import refusals, segments, states, submissions, texts
from registration.language.translator import Translator, get_translator
from registration.mail.details import about_stay, about_ticket
from registration.web.current_meeting import current_meeting, get_current_meeting
from registration.web.language import list_language_links
from registration.web.parts import list_alternates, list_part_links


def current_words() -> Translator:
    """Return the translator of the page's language."""
    return get_translator(g.language)


def fill(text: Text, delegation: Delegation | None = None) -> str:
    """Return a text of the current meeting's file in the page's language, placeholders filled."""
    return texts.fill(text, get_current_meeting(), current_words(), delegation=delegation)


def in_language(text: Text) -> str:
    """Return a text without placeholders in the page's language."""
    return text[current_words().language]


def words_of(meeting: Meeting, text: Text) -> str:
    """Return a text of a meeting that is named on a page of none; marked with its language where
    the meeting lacks the page's."""
    language = meeting.choose_language(g.language)
    if language == g.language:
        return text[language]
    return Markup('<span lang="{}">{}</span>').format(language, text[language])


def state_word(state: State | None) -> str:
    """Return the short word of a state; None stands for a free seat."""
    words = current_words()
    return states.free_seat(words) if state is None else states.word(state, words)


def standing_word(registration: Registration | ListedEntry) -> str:
    """Return the short word of how an entry of the current meeting stands."""
    if is_registered(registration):
        return states.registered(current_words())
    return state_word(registration.state)


def approved_word(*, signs: bool) -> str:
    """Return the short word of approved entries. signs: whether a letter awaits their signature."""
    return state_word(State.INVITED) if signs else states.registered(current_words())


def is_registered(registration: Registration | ListedEntry) -> bool:
    """Return whether the entry is approved and no letter is written to its person."""
    if registration.state is not State.INVITED:
        return False
    group = get_current_meeting().find_delegation(registration.delegation_key)
    return group is not None and not group.asks_letter


def standing_sentence(registration: Registration) -> str:
    """Return what the person reads beside the word."""
    if is_registered(registration):
        return states.sentence_without_letter(current_words())
    return state_sentence(registration.state)


def state_sentence(state: State) -> str:
    """Return what the delegate reads beside the word."""
    return states.sentence(state, current_words())


def refusal_sentence(refusal: Refusal | CallRefusal) -> str:
    """Return a refusal in words, its dates in the current meeting's zone."""
    meeting = current_meeting()
    said = refusals.sentence(refusal, current_words(), zone=meeting.zone if meeting else None)
    if isinstance(refusal, AmendmentUnfit):
        # What the checker says is for whoever writes files, in one language: marked as such.
        problems = " ".join(refusal.problems)
        before, _, after = said.partition(problems)
        return Markup('{}<span lang="en">{}</span>{}').format(before, problems, after)
    return said


def days_left(at: datetime, now: datetime) -> int:
    """Return the days from today to the last day on the meeting's calendar; negative once over.

    at: aware, the first instant refused. now: aware.
    """
    zone = get_current_meeting().zone
    if now >= at:
        return -1
    last = last_minute_of(at).astimezone(zone).date()
    return (last - now.astimezone(zone).date()).days


def passports_are_erased() -> bool:
    """Return whether the meeting's date for copies of passports has come."""
    return find_due(get_current_meeting(), now=g.arrived_at) is not None


def hours_of(day: date, starts: time | None, ends: time | None) -> Hours | None:
    """Return the aware hours of a part of the current meeting's day, None where it has none."""
    return find_hours(get_current_meeting(), day, starts, ends)


def offset_of_city(day: date) -> str:
    """Return "UTC−6": what the clocks of the meeting's city are behind or before that day."""
    noon = datetime.combine(day, time(12), get_current_meeting().zone)
    minutes = int((noon.utcoffset() or timedelta()).total_seconds()) // 60
    sign = "\u2212" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def last_minute_of(at: datetime) -> datetime:
    """Return the last minute before a first instant refused."""
    return at - timedelta(minutes=1)


def weekdays(first: date, last: date) -> str:
    """Return "Thursday and Friday", or the first and the last of more than two days."""
    words = current_words()
    names = [format_date(day, "EEEE", locale=words.locale) for day in (first, last)]
    if first == last:
        return capitalize_first(names[0])
    if (last - first).days == 1:
        return capitalize_first(words.enumerate(names))
    return capitalize_first(words.gettext("%(first)s to %(last)s", first=names[0], last=names[1]))


def short_moment(at: datetime) -> str:
    """Return "Today, 11:20", "Yesterday, 09:05" or "17 February, 11:18" in the meeting's zone."""
    return short_moments()(at)


def short_moments() -> Callable[[datetime], str]:
    """Return `short_moment` for many moments of one page: what they share is looked up once."""
    zone, words = get_current_meeting().zone, current_words()
    today = g.arrived_at.astimezone(zone).date()
    days = {
        today: words.gettext("Today"),
        today - timedelta(days=1): words.gettext("Yesterday"),
    }

    def tell(at: datetime) -> str:
        local = at.astimezone(zone)
        day = local.date()
        if day not in days:
            days[day] = words.short_day(day)
        return f"{days[day]}, {words.hour(local)}"

    return tell


def utc_moment(at: datetime) -> str:
    """Return "Tuesday 1 March 2022, 23:59 UTC": on pages of no meeting, which have no zone."""
    return f"{capitalize_first(current_words().moment(at, ZoneInfo('UTC')))} UTC"


def file_size(size: int) -> str:
    """Return "2.1 MB" or "212 kB". size: bytes."""
    locale = current_words().locale
    if size >= 1_000_000:
        return f"{format_decimal(round(size / 1_000_000, 1), locale=locale)}\u00a0MB"
    return f"{format_decimal(-(-size // 1000), locale=locale)}\u00a0kB"


def capitalize_first(text: str) -> str:
    """Return the text with a capital at its beginning, the rest untouched."""
    return text[:1].upper() + text[1:]


def tied(field: Field, hint: str) -> dict[str, str]:
    """Return the attributes that tie a control to its hint and its error, for `field` macros."""
    describers = [f"{field.id}-hint"] if hint else []
    if not field.errors:
        return {"aria-describedby": " ".join(describers)} if describers else {}
    describers.append(f"{field.id}-error")
    return {"aria-describedby": " ".join(describers), "aria-invalid": "true"}


def ticket_rows(ticket: Ticket) -> list[tuple[str, str]]:
    """Return labels and values of a ticket for its holder: never what it cost."""
    return [(each.label, each.value) for each in about_ticket(ticket, current_words())]


def stay_rows(stay: Stay) -> list[tuple[str, str]]:
    """Return labels and values of a booked room."""
    return [(each.label, each.value) for each in about_stay(stay, current_words())]


def segment_facts(segment: Segment) -> str:
    """Return hours, place and objectives of a segment on one line."""
    return segments.facts(segment, current_words())


def segment_room(room: Room) -> str:
    """Return how much room is left in a segment, or nothing while there is enough."""
    return segments.room(room, current_words())


def init_app(app: Flask) -> None:
    """Give templates their globals, and make a misspelt name an error instead of nothing."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["capitalize_first"] = capitalize_first
    app.jinja_env.filters["in_language"] = in_language
    # Globals and not a context processor: macros see the one and not the other.
    app.jinja_env.globals.update(
        words=LocalProxy(current_words),
        language=LocalProxy(lambda: g.language),
        meeting=LocalProxy(current_meeting),
        fill=fill,
        words_of=words_of,
        tied=tied,
        state_word=state_word,
        state_sentence=state_sentence,
        approved_word=approved_word,
        segment_facts=segment_facts,
        segment_room=segment_room,
        standing_word=standing_word,
        standing_sentence=standing_sentence,
        refusal_sentence=refusal_sentence,
        stand_word=lambda stand: submissions.stand_word(stand, current_words()),
        stand_sentence=lambda stand: submissions.stand_sentence(stand, current_words()),
        days_left=days_left,
        passports_are_erased=passports_are_erased,
        erased_by=lambda submission: erased_by(submission, get_current_meeting()),
        unconfirmed_days=UNCONFIRMED_WITHIN_DAYS,
        left_days=LEFT_WITHIN_DAYS,
        hours_of=hours_of,
        offset_of_city=offset_of_city,
        last_minute_of=last_minute_of,
        short_moment=short_moment,
        utc_moment=utc_moment,
        weekdays=weekdays,
        file_size=file_size,
        ticket_rows=ticket_rows,
        stay_rows=stay_rows,
        language_links=list_language_links,
        part_link_list=list_part_links,
        alternates=list_alternates,
    )
