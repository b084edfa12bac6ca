"""Reminders by rule: of what, on which days, and of whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from registration.domain.events import Occasion
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.reminder_rules import Before, Rule
from registration.domain.states import State
from registration.domain.travel import TRAVELLING, is_flight_paid

#: When reminders go out, on the clock of the meeting's city: people read them at their desks.
HOUR = time(8)
#: A round that nobody sent for so long is not sent any more: its days have become untrue.
STILL_WORTH = timedelta(days=3)


class RoundStatus(StrEnum):
    """What became of one rule on one day. HELD: the desk said that it does not go out."""

    SENT = "sent"
    HELD = "held"


@dataclass(frozen=True)
class Round:
    """One rule on one day, in the meeting's city."""

    rule: Rule
    due_on: date


_STATES: Mapping[Rule, frozenset[State]] = {
    Rule.CONFIRM: frozenset({State.UNCONFIRMED}),
    Rule.COMPLETE: frozenset({State.NOMINATED}),
    Rule.CORRECT: frozenset({State.RETURNED}),
    Rule.ACCEPT: frozenset({State.INVITED}),
    Rule.TRAVEL: TRAVELLING,
}
#: The states in which a rule may concern somebody.
CONCERNED = frozenset[State]().union(*_STATES.values())

OCCASIONS: Mapping[Rule, Occasion] = {
    Rule.CONFIRM: Occasion.REMIND_CONFIRM,
    Rule.COMPLETE: Occasion.REMIND_COMPLETE,
    Rule.CORRECT: Occasion.REMIND_CORRECT,
    Rule.ACCEPT: Occasion.REMIND_ACCEPT,
    Rule.TRAVEL: Occasion.REMIND_TRAVEL,
}


def last_day(meeting: Meeting, before: Before) -> date:
    """Return the day from which days are counted back: the last one on which one can still act, or
    the meeting's first."""
    match before:
        case Before.DEADLINE:
            closes = meeting.deadline
        case Before.CHANGES_UNTIL:
            closes = meeting.changes_until
        case Before.FIRST_DAY:
            return meeting.first_day
    return (closes - timedelta(minutes=1)).astimezone(meeting.zone).date()


def list_rounds(meeting: Meeting) -> list[Round]:
    """Return every round that the meeting's file asks for, by day, then in the order of rules.
    Two entries of the file that fall on one day are one round."""
    rounds = {
        Round(each.rule, last_day(meeting, each.before) - timedelta(days=days))
        for each in meeting.reminders
        for days in each.days_before
    }
    order = list(Rule)
    return sorted(rounds, key=lambda each: (each.due_on, order.index(each.rule)))


def due_at(meeting: Meeting, round: Round) -> datetime:
    """Return the aware moment at which the round goes out."""
    return datetime.combine(round.due_on, HOUR, tzinfo=meeting.zone)


def list_due(meeting: Meeting, decided: Collection[Round], *, now: datetime) -> list[Round]:
    """Return the rounds that go out now: of each rule the newest that has come, unless it went out
    or was held. What a worker missed before that one is not sent after it.

    now: aware. decided: the rounds sent or held.
    """
    newest: dict[Rule, Round] = {}
    for each in list_rounds(meeting):
        if due_at(meeting, each) <= now:
            newest[each.rule] = each
    return [
        each
        for each in newest.values()
        if each not in decided and now - due_at(meeting, each) < STILL_WORTH
    ]


def concerns(
    rule: Rule, meeting: Meeting, registration: Registration, *, has_travel: bool, now: datetime
) -> bool:
    """Return whether the rule has something to remind this person of.

    has_travel: whether the person's travel data are there. Nobody is reminded of what the dates do
    not let them do any more.
    """
    if registration.erased_at is not None or registration.state not in _STATES[rule]:
        return False
    if rule is Rule.TRAVEL:
        is_ahead = now.astimezone(meeting.zone).date() < meeting.first_day
        return is_ahead and not has_travel and is_flight_paid(meeting, registration.delegation_key)
    group = meeting.find_delegation(registration.delegation_key)
    if rule is Rule.ACCEPT and group is not None and not group.asks_acceptance:
        return False
    return now < meeting.changes_until


def find_rule(
    meeting: Meeting, registration: Registration, *, has_travel: bool, now: datetime
) -> Rule | None:
    """Return what the person is reminded of by hand, the most pressing first, or None."""
    return next(
        (
            rule
            for rule in Rule
            if concerns(rule, meeting, registration, has_travel=has_travel, now=now)
        ),
        None,
    )
