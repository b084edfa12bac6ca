"""Reminders by rule: of what, and whether they go out."""

from enum import StrEnum


class Rule(StrEnum):
    """What somebody is reminded of: the address not confirmed, the nomination not completed, the
    correction not made, the letter not signed, the travel data missing."""

    CONFIRM = "confirm"
    COMPLETE = "complete"
    CORRECT = "correct"
    ACCEPT = "accept"
    TRAVEL = "travel"


class RoundStatus(StrEnum):
    """What became of one rule on one day. HELD: the desk said that it does not go out."""

    SENT = "sent"
    HELD = "held"
