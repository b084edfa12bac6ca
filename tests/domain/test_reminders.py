"""Reminders by rule: on which days they go out, and whom they concern."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registration.domain.meeting import Meeting
from registration.domain.reminder_rules import Before, ReminderRule, Rule
from registration.domain.reminders import (
    Round,
    concerns,
    due_at,
    find_rule,
    last_day,
    list_due,
    list_rounds,
)
from registration.domain.states import State
from tests.builders import make_meeting, make_registration

MEXICO = ZoneInfo("America/Mexico_City")
DAY = datetime(2022, 3, 1, 12, tzinfo=UTC)


def ask(*days: int, rule: Rule = Rule.ACCEPT, before: Before = Before.CHANGES_UNTIL) -> Meeting:
    asked = ReminderRule(rule=rule, days_before=days, before=before)
    return replace(make_meeting(), reminders=(asked,))


@pytest.mark.parametrize(
    ("before", "day"),
    [
        (Before.DEADLINE, date(2022, 3, 1)),
        (Before.CHANGES_UNTIL, date(2022, 3, 30)),
        (Before.FIRST_DAY, date(2022, 3, 31)),
    ],
)
def test_days_are_counted_from_the_last_one_on_which_one_can_act(before: Before, day: date) -> None:
    assert last_day(make_meeting(), before) == day


def test_rounds_stand_in_the_order_of_their_days_and_one_day_has_one() -> None:
    twice = ask(2, 14)
    twice = replace(twice, reminders=(*twice.reminders, *ask(14).reminders))

    assert list_rounds(twice) == [
        Round(Rule.ACCEPT, date(2022, 3, 16)),
        Round(Rule.ACCEPT, date(2022, 3, 28)),
    ]


def test_round_goes_out_at_eight_of_the_meetings_city() -> None:
    meeting, round = ask(14), Round(Rule.ACCEPT, date(2022, 3, 16))
    eight = datetime(2022, 3, 16, 8, tzinfo=MEXICO)

    assert due_at(meeting, round) == eight
    assert list_due(meeting, [], now=eight - timedelta(seconds=1)) == []
    assert list_due(meeting, [], now=eight) == [round]


def test_round_that_was_sent_or_held_does_not_go_out_again() -> None:
    meeting, round = ask(14), Round(Rule.ACCEPT, date(2022, 3, 16))

    assert list_due(meeting, [round], now=due_at(meeting, round)) == []


def test_after_days_away_only_the_newest_round_of_a_rule_goes_out() -> None:
    meeting = ask(15, 14)
    newest = Round(Rule.ACCEPT, date(2022, 3, 16))
    back = due_at(meeting, newest) + timedelta(hours=30)

    assert list_due(meeting, [], now=back) == [newest]
    assert list_due(meeting, [newest], now=back) == []


def test_round_that_nobody_sent_for_three_days_stays_unsent() -> None:
    meeting, round = ask(14), Round(Rule.ACCEPT, date(2022, 3, 16))
    three_days = due_at(meeting, round) + timedelta(days=3)

    assert list_due(meeting, [], now=three_days - timedelta(seconds=1)) == [round]
    assert list_due(meeting, [], now=three_days) == []


@pytest.mark.parametrize(
    ("rule", "states"),
    [
        (Rule.CONFIRM, {State.UNCONFIRMED}),
        (Rule.COMPLETE, {State.NOMINATED}),
        (Rule.CORRECT, {State.RETURNED}),
        (Rule.ACCEPT, {State.INVITED}),
        (Rule.TRAVEL, {State.INVITED, State.ACCEPTED}),
    ],
)
def test_rule_concerns_those_of_whom_something_is_asked(rule: Rule, states: set[State]) -> None:
    found = {
        state
        for state in State
        if concerns(rule, make_meeting(), make_registration(state=state), has_travel=False, now=DAY)
    }

    assert found == states


def test_travel_data_are_asked_of_those_whose_flight_is_paid_and_who_gave_none() -> None:
    meeting = make_meeting()
    paid, unpaid = make_registration(), make_registration(delegation="ca")

    assert concerns(Rule.TRAVEL, meeting, paid, has_travel=False, now=DAY)
    assert not concerns(Rule.TRAVEL, meeting, paid, has_travel=True, now=DAY)
    assert not concerns(Rule.TRAVEL, meeting, unpaid, has_travel=False, now=DAY)


def test_nobody_is_reminded_of_what_the_dates_no_longer_allow() -> None:
    meeting, invited = make_meeting(), make_registration()
    begun = datetime(2022, 3, 31, 9, tzinfo=MEXICO)

    assert not concerns(Rule.ACCEPT, meeting, invited, has_travel=False, now=meeting.changes_until)
    assert not concerns(Rule.TRAVEL, meeting, invited, has_travel=False, now=begun)


def test_erased_person_is_reminded_of_nothing() -> None:
    erased = replace(make_registration(), erased_at=DAY)

    assert find_rule(make_meeting(), erased, has_travel=False, now=DAY) is None


def test_by_hand_the_signature_comes_before_the_journey() -> None:
    accepted = make_registration(state=State.ACCEPTED)

    assert find_rule(make_meeting(), make_registration(), has_travel=False, now=DAY) is Rule.ACCEPT
    assert find_rule(make_meeting(), accepted, has_travel=False, now=DAY) is Rule.TRAVEL
    assert find_rule(make_meeting(), accepted, has_travel=True, now=DAY) is None
