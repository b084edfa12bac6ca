"""What must hold between the keys of a meeting's file. Each rule gives what breaks it."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

from registration.domain.meeting import DelegationKind
from registration.meetings import call_rules, language_rules, mailing_rules, program_rules
from registration.meetings.faults import Place, Wrong, name_days
from registration.meetings.repeats import find_repeated

if TYPE_CHECKING:
    from registration.meetings.definition import Definition
    from registration.meetings.parts import CategoryPart, Day, DelegationPart

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A year beyond them is a slip of the hand, and days reckoned from it leave the calendar.
_YEARS = range(2000, 2200)
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[a-zA-Z]{2,}")


def check_name(name: str) -> Iterator[Wrong]:
    """Give what is wrong in the file's name: it stands in every address of the meeting."""
    if not _NAME.fullmatch(name):
        yield Wrong(
            (),
            f"The file's name {name!r} cannot stand in an address.",
            "Use small letters, digits and single hyphens.",
        )


def check(definition: "Definition") -> Iterator[Wrong]:
    """Give everything that breaks a rule."""
    yield from language_rules.check(definition)
    yield from _contact(definition)
    yield from _dates(definition)
    yield from _retention(definition)
    yield from _unique_keys(definition)
    for index, delegation in enumerate(definition.delegations):
        yield from _delegation(delegation, ("delegations", index))
        yield from _asked(delegation, ("delegations", index))
    for index, category in enumerate(definition.categories):
        yield from _asked(category, ("categories", index))
    yield from _terms(definition)
    yield from _courtesies(definition)
    yield from _agenda(definition)
    yield from mailing_rules.check(definition)
    yield from program_rules.check(definition)
    yield from call_rules.check(definition)


def _contact(definition: "Definition") -> Iterator[Wrong]:
    if not _ADDRESS.fullmatch(definition.contact):
        yield Wrong(
            ("contact",),
            f"{definition.contact!r} is not an e-mail address.",
            "Write one address, such as secretariat@example.org.",
        )


def _dates(definition: "Definition") -> Iterator[Wrong]:
    dates = definition.dates
    try:
        ZoneInfo(dates.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Wrong(
            ("dates", "zone"),
            f"{dates.zone!r} is not a time zone.",
            "Write a name of the IANA list, such as America/Mexico_City.",
        )
    for key, moment in (("deadline", dates.deadline), ("changes_until", dates.changes_until)):
        if moment.tzinfo is not None:
            yield Wrong(
                ("dates", key),
                "The moment has an offset of its own.",
                "Take the offset out: the hour is that of the meeting's zone.",
            )
    yield from _order_of_dates(definition)


def _order_of_dates(definition: "Definition") -> Iterator[Wrong]:
    dates = definition.dates
    deadline, changes = (
        each.replace(tzinfo=None) for each in (dates.deadline, dates.changes_until)
    )
    for key, day in (("first_day", dates.first_day), ("last_day", dates.last_day)):
        if day.year not in _YEARS:
            yield Wrong(
                ("dates", key),
                f"No meeting is held in the year {day.year}.",
                f"Write a day of the years {_YEARS[0]} to {_YEARS[-1]}.",
            )
    if dates.last_day < dates.first_day:
        yield Wrong(
            ("dates", "last_day"),
            f"The last day, {dates.last_day}, comes before the first, {dates.first_day}.",
            "Write a day that is not before first_day.",
        )
    if deadline > changes:
        yield Wrong(
            ("dates", "changes_until"),
            "Changes end before the deadline of registration.",
            "Write a moment that is not before deadline.",
        )
    if changes > datetime.combine(dates.first_day, time.min):
        yield Wrong(
            ("dates", "changes_until"),
            "Changes end after the meeting has begun.",
            f"Write {dates.first_day}T00:00:00 or an earlier moment.",
        )


def _retention(definition: "Definition") -> Iterator[Wrong]:
    days, passports = definition.retention_days, definition.passport_retention_days
    if passports > days:
        yield Wrong(
            ("passport_retention_days",),
            f"Passports are kept for {passports} days, all other data for {days}.",
            f"Write {days} or fewer: a passport is needed for the journey alone.",
        )


def _unique_keys(definition: "Definition") -> Iterator[Wrong]:
    yield from find_repeated(("delegations",), [each.key for each in definition.delegations])
    yield from find_repeated(("categories",), [each.key for each in definition.categories])
    yield from find_repeated(("courtesies",), [each.key for each in definition.courtesies])
    yield from find_repeated(("agenda",), [str(each.day) for each in definition.agenda], "day")
    shared = {each.key for each in definition.delegations}
    for index, category in enumerate(definition.categories):
        if category.key in shared:
            yield Wrong(
                ("categories", index, "key"),
                f"A delegation bears the key {category.key!r} too.",
                "Give the category a key of its own.",
            )


def _delegation(delegation: "DelegationPart", place: Place) -> Iterator[Wrong]:
    if delegation.kind is DelegationKind.CATEGORY:
        yield Wrong(
            (*place, "kind"),
            f"The category {delegation.key!r} stands among the delegations.",
            "Write it under [[categories]]: a category has no seats.",
        )
    if delegation.kind.has_country and delegation.country is None:
        yield Wrong(
            (*place, "country"),
            f"The country {delegation.key!r} has no country code.",
            'Add country = "..", its ISO 3166 code of two capital letters.',
        )
    if delegation.country is not None:
        yield from _country(delegation, delegation.country, place)
    if delegation.labels and len(delegation.labels) != delegation.seats:
        yield Wrong(
            (*place, "labels"),
            f"Labels are given: {len(delegation.labels)}; seats: {delegation.seats}.",
            "Give one label for each seat, or none.",
        )
    yield from find_repeated((*place, "labels"), [label.key for label in delegation.labels])


def _asked(group: "DelegationPart | CategoryPart", place: Place) -> Iterator[Wrong]:
    if group.asks_acceptance and not group.asks_letter:
        yield Wrong(
            (*place, "asks_acceptance"),
            "An acceptance is asked for, but no letter.",
            "Write asks_letter = true, or asks_acceptance = false.",
        )


def _terms(definition: "Definition") -> Iterator[Wrong]:
    asked = [each.asks_acceptance for each in definition.delegations]
    asked += [each.asks_acceptance for each in definition.categories]
    if any(asked) and not definition.terms:
        yield Wrong(
            ("terms",),
            "An acceptance is asked for, and nothing stands there to accept.",
            "Add [[terms]], or write asks_acceptance = false everywhere.",
        )


def _country(delegation: "DelegationPart", code: str, place: Place) -> Iterator[Wrong]:
    if len(code) != 2 or not code.isupper() or code not in Locale("en").territories:
        yield Wrong(
            (*place, "country"),
            f"{code!r} is not the code of a country.",
            "Write its ISO 3166 code of two capital letters, such as MX.",
        )
    elif delegation.key != code.lower():
        yield Wrong(
            (*place, "key"),
            f"The key of the country {code} is {delegation.key!r}.",
            f'Write key = "{code.lower()}": a country is known by its code in small letters.',
        )


def _courtesies(definition: "Definition") -> Iterator[Wrong]:
    personal = [each.key for each in definition.courtesies if not each.everybody]
    for_all = {each.key for each in definition.courtesies if each.everybody}
    lists: Iterable[tuple[Place, tuple[str, ...]]] = (
        *((("delegations", i), each.courtesies) for i, each in enumerate(definition.delegations)),
        *((("categories", i), each.courtesies) for i, each in enumerate(definition.categories)),
    )
    for place, keys in lists:
        for key in keys:
            if key in for_all:
                problem = f"The courtesy {key!r} is for everybody already."
                yield Wrong((*place, "courtesies"), problem, "Take it out of this list.")
            elif key not in personal:
                problem = f"There is no courtesy {key!r}."
                remedy = (
                    f"Write keys of {', '.join(personal)}, or add it under [[courtesies]]."
                    if personal
                    else "Add it under [[courtesies]], or write courtesies = []."
                )
                yield Wrong((*place, "courtesies"), problem, remedy)


def _agenda(definition: "Definition") -> Iterator[Wrong]:
    dates = definition.dates
    days = [each.day for each in definition.agenda]
    for index, day in enumerate(definition.agenda):
        place = ("agenda", index)
        if dates.are_in_order and not dates.first_day <= day.day <= dates.last_day:
            yield Wrong(
                (*place, "day"),
                f"{day.day} is no day of the meeting.",
                name_days(dates.first_day, dates.last_day),
            )
        if index and days[index] < days[index - 1]:
            yield Wrong((*place, "day"), "The days are not in order.", "Put the earlier one first.")
        yield from _hours(day, place)


def _hours(day: "Day", place: Place) -> Iterator[Wrong]:
    if day.closes <= day.opens:
        yield Wrong(
            (*place, "closes"), "The day closes before it opens.", "Write an hour after opens."
        )
    for index, item in enumerate(day.items):
        here = (*place, "items", index)
        if item.ends is not None and item.ends <= item.starts:
            yield Wrong(
                (*here, "ends"), "The item ends before it starts.", "Write an hour after starts."
            )
        if index and item.starts < day.items[index - 1].starts:
            yield Wrong(
                (*here, "starts"),
                "The item starts before the one above it.",
                "Put the items in the order of their hours.",
            )
