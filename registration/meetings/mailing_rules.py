"""What must hold of a file's reminders and of what it says in mails."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from registration.domain.events import OPENABLE
from registration.meetings.faults import Wrong

if TYPE_CHECKING:
    from registration.meetings.definition import Definition


def check(definition: "Definition") -> Iterator[Wrong]:
    """Give everything that breaks a rule."""
    yield from _reminders(definition)
    yield from _mails(definition)


def _reminders(definition: "Definition") -> Iterator[Wrong]:
    for index, reminder in enumerate(definition.reminders):
        days = reminder.days_before
        for at, each in enumerate(days):
            if each in days[:at]:
                yield Wrong(
                    ("reminders", index, "days_before", at),
                    f"{each} stands here twice.",
                    "Take one of them out: one day has one reminder.",
                )


def _mails(definition: "Definition") -> Iterator[Wrong]:
    known = [each.value for each in OPENABLE]
    for occasion in definition.mails:
        if occasion not in known:
            near = get_close_matches(occasion, known, n=1)
            yield Wrong(
                ("mails", occasion),
                f"There is no mail {occasion!r} to a person who takes part.",
                f"Did you mean {near[0]!r}?" if near else f"Write one of {', '.join(known)}.",
            )
