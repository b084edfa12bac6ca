"""The agenda as the letter's annex says it."""

from dataclasses import dataclass

from registration.domain.meeting import AgendaDay, AgendaItem, Meeting
from registration.language.translator import Translator
from registration.letters.spacing import tie


@dataclass(frozen=True, kw_only=True)
class AgendaRow:
    """One item. hours: "10:00–10:30". section: a heading above the item, or None."""

    section: str | None
    hours: str
    title: str
    details: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgendaOfDay:
    """One day: "Thursday 31 March 2022", "10:00–17:00 (Mexico City time)", its rows."""

    day: str
    hours: str
    rows: tuple[AgendaRow, ...]


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The second annex, or the only one. columns: the head of each day's table."""

    heading: str
    title: str
    place: str
    columns: tuple[str, str]
    days: tuple[AgendaOfDay, ...]


def compose_agenda(meeting: Meeting, words: Translator, *, alone: bool = False) -> Agenda:
    """Return the meeting's agenda in the language of `words`. alone: without a first annex."""
    numbered = words.pgettext("letter", "Annex\u00a02. Tentative agenda")
    return Agenda(
        heading=words.gettext("Tentative agenda") if alone else numbered,
        title=tie(meeting.title[words.language]),
        place=tie(meeting.venue[words.language]),
        columns=(words.pgettext("letter", "Time"), words.pgettext("letter", "Item")),
        days=tuple(_day(day, meeting, words) for day in meeting.agenda),
    )


def _day(day: AgendaDay, meeting: Meeting, words: Translator) -> AgendaOfDay:
    zone = meeting.zone_name[words.language]
    hours = f"{words.hour(day.opens)}–{words.hour(day.closes)}"
    return AgendaOfDay(
        day=_capitalised(words.weekday(day.day)),
        hours=f"{hours} ({zone})",
        rows=tuple(_row(item, words) for item in day.items),
    )


def _row(item: AgendaItem, words: Translator) -> AgendaRow:
    language = words.language
    # The source gives no end for the dinner; none is invented.
    ends = f"–{words.hour(item.ends)}" if item.ends else ""
    number = f"{item.number}.\u00a0" if item.number else ""
    return AgendaRow(
        section=tie(item.section[language]) if item.section else None,
        hours=words.hour(item.starts) + ends,
        title=number + tie(item.title[language]),
        details=tuple(tie(each[language]) for each in item.details),
    )


def _capitalised(text: str) -> str:
    """Return the text as a heading begins; Spanish days of the week are written small."""
    return text[:1].upper() + text[1:]
