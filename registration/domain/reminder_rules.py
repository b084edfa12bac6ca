"""Reminders as the meeting's file asks for them: of what, and how long before which date."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What somebody is reminded of: the address not confirmed, the nomination not completed, the
    correction not made, the letter not signed, the travel data missing."""

    CONFIRM = "confirm"
    COMPLETE = "complete"
    CORRECT = "correct"
    ACCEPT = "accept"
    TRAVEL = "travel"


class Before(StrEnum):
    """The date before which somebody is reminded."""

    DEADLINE = "deadline"
    CHANGES_UNTIL = "changes_until"
    FIRST_DAY = "first_day"


@dataclass(frozen=True, kw_only=True)
class ReminderRule:
    """On which days people are reminded of something. days_before: each at least 1."""

    rule: Rule
    days_before: tuple[int, ...]
    before: Before
