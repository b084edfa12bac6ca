"""What a sound file says that does not fit together: reported, not hidden (design, part 2)."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import pairwise

from registration.domain.meeting import DelegationKind
from registration.language.translator import get_translator
from registration.meetings import program_checking
from registration.meetings.definition import Definition
from registration.meetings.faults import Place, name_place
from registration.meetings.keys import walk_texts
from registration.meetings.parts import Day
from registration.meetings.remarks import Remark, quote


def check(definition: Definition) -> list[Remark]:
    """Return what contradicts itself in the agenda and the texts, in the order of the file."""
    return [
        *_dates_in_texts(definition),
        *_foreign_abbreviations(definition),
        *_unnamed_organisations(definition),
        *(
            remark
            for index, day in enumerate(definition.agenda)
            for remark in _agenda_day(day, ("agenda", index))
        ),
        *_days_without_agenda(definition),
        *program_checking.check(definition),
    ]


def _agenda_day(day: Day, place: Place) -> Iterator[Remark]:
    yield from _outside_hours(day, place)
    yield from _unfilled_hours(day, place)
    yield from _endless(day, place)
    yield from _numbering(day, place)


def _outside_hours(day: Day, place: Place) -> Iterator[Remark]:
    hours = f"{day.day} is {day.opens:%H:%M}-{day.closes:%H:%M}"
    for index, item in enumerate(day.items):
        title = quote(item.title.root)
        here = name_place((*place, "items", index))
        if item.starts < day.opens:
            yield Remark(here, f"{hours}, but {title} starts at {item.starts:%H:%M}.")
        if item.starts >= day.closes:
            yield Remark(
                here, f"{hours}, but {title} starts at {item.starts:%H:%M}, once it has closed."
            )
        elif item.ends is not None and item.ends > day.closes:
            yield Remark(here, f"{hours}, but {title} ends at {item.ends:%H:%M}.")


def _unfilled_hours(day: Day, place: Place) -> Iterator[Remark]:
    first, last = day.items[0], day.items[-1]
    if first.starts > day.opens:
        yield Remark(
            name_place(place),
            f"{day.day} opens at {day.opens:%H:%M}, but its first item,"
            f" {quote(first.title.root)}, starts at {first.starts:%H:%M}.",
        )
    for index, (before, after) in enumerate(pairwise(day.items), start=1):
        if before.ends is not None and before.ends != after.starts:
            what = "nothing stands between" if before.ends < after.starts else "two items share"
            yield Remark(
                name_place((*place, "items", index)),
                f"On {day.day} {what} {_span(before.ends, after.starts)}.",
            )
    if last.ends is not None and last.ends < day.closes:
        yield Remark(
            name_place(place),
            f"{day.day} closes at {day.closes:%H:%M}, but its last item ends at {last.ends:%H:%M}.",
        )


def _endless(day: Day, place: Place) -> Iterator[Remark]:
    for index, item in enumerate(day.items):
        if item.ends is None:
            here = name_place((*place, "items", index))
            yield Remark(here, f"{quote(item.title.root)} on {day.day} has no end.")


def _numbering(day: Day, place: Place) -> Iterator[Remark]:
    numbers = [item.number for item in day.items if item.number is not None]
    expected = [str(number) for number in range(1, len(numbers) + 1)]
    if numbers != expected:
        yield Remark(
            name_place(place), f"The items of {day.day} are numbered {', '.join(numbers)}."
        )


def _days_without_agenda(definition: Definition) -> Iterator[Remark]:
    days = {each.day for each in definition.agenda}
    for day in _list_days(definition.dates.first_day, definition.dates.last_day):
        if day not in days:
            yield Remark("agenda", f"{day} is a day of the meeting, and the agenda leaves it out.")


def _foreign_abbreviations(definition: Definition) -> Iterator[Remark]:
    """An abbreviation that another language has for the same body, in a text of this one."""
    for place, words in walk_texts(definition):
        if place[0] == "abbreviations":
            continue
        for language, text in words.root.items():
            for own, foreign, others in _list_foreign(definition, language):
                if re.search(rf"\b{re.escape(foreign)}\b", text):
                    say = "says" if len(others) == 1 else "say"
                    who = get_translator("en").enumerate(others)
                    yield Remark(
                        name_place((*place, language)),
                        f"{foreign!r} is what {who} {say} for {own!r}: {text!r}.",
                    )


def _list_foreign(definition: Definition, language: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each (own abbreviation, foreign one, the languages that have it); same ones are left out."""
    own_ones = {each.root.get(language) for each in definition.abbreviations}
    for each in definition.abbreviations:
        found: dict[str, list[str]] = {}
        for other, foreign in each.root.items():
            if other != language and foreign not in own_ones:
                name = str(get_translator("en").language_name(other))
                found.setdefault(foreign, []).append(name)
        for foreign, others in found.items():
            yield each.root.get(language, foreign), foreign, others


def _dates_in_texts(definition: Definition) -> Iterator[Remark]:
    """A date of the meeting written out stays behind when the dates are rolled."""
    dates = definition.dates
    due = {
        dates.first_day,
        dates.last_day,
        dates.deadline.date(),
        dates.deadline.date() - timedelta(days=1),
    }
    for place, words in walk_texts(definition):
        for language, text in words.root.items():
            plain = text.replace("\u00a0", " ").lower()
            for day in sorted(due):
                written = get_translator(language).short_day(day).replace("\u00a0", " ")
                # The same day of another year is no date of the meeting.
                elsewhen = rf"(?! (de )?(?!{day.year})\d{{4}})"
                if re.search(rf"\b{re.escape(written.lower())}\b{elsewhen}", plain):
                    yield Remark(
                        name_place((*place, language)),
                        f"The text says {written!r}, which stays when dates are rolled;"
                        " a placeholder such as {dates} or {deadline} moves with them.",
                    )


def _unnamed_organisations(definition: Definition) -> Iterator[Remark]:
    for index, each in enumerate(definition.delegations):
        if each.kind is DelegationKind.ORGANISATION and each.abbreviation is None:
            here = name_place(("delegations", index))
            yield Remark(here, f"{quote(each.name.root)} has no abbreviation for narrow tables.")


def _list_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _span(one: time, other: time) -> str:
    early, late = sorted((one, other))
    return f"{early:%H:%M} and {late:%H:%M}"
