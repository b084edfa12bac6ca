"""Dates: each is the first instant refused, whatever the zone, the summer time or the person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registration.domain.deadline import closed, deadline_of, has_lapsed
from registration.domain.refusals import ChangesClosed, RegistrationClosed
from registration.domain.states import Actor
from registration.domain.states import MoveName as Move
from tests.builders import make_meeting

MEETING = make_meeting()
DEADLINE = datetime(2022, 3, 2, tzinfo=ZoneInfo("America/Mexico_City"))
CHANGES_UNTIL = datetime(2022, 3, 31, tzinfo=ZoneInfo("America/Mexico_City"))
INSTANT = timedelta(microseconds=1)


def test_shipped_meeting_is_due_before_march_02_in_mexico_city() -> None:
    assert MEETING.deadline == DEADLINE
    assert MEETING.changes_until == CHANGES_UNTIL


@pytest.mark.parametrize("move", [Move.REGISTER, Move.JOIN_RESERVE])
def test_deadline_is_the_first_instant_refused(move: Move) -> None:
    last = closed(move, Actor.DELEGATE, MEETING, now=DEADLINE - INSTANT)
    first_refused = closed(move, Actor.DELEGATE, MEETING, now=DEADLINE)

    assert last is None
    assert first_refused == RegistrationClosed(MEETING.deadline)


def test_focal_point_nominates_until_the_deadline_too() -> None:
    late = closed(Move.NOMINATE, Actor.FOCAL_POINT, MEETING, now=DEADLINE)

    assert late == RegistrationClosed(MEETING.deadline)


@pytest.mark.parametrize(
    "move", [Move.CONFIRM, Move.COMPLETE, Move.CORRECT, Move.ACCEPT, Move.REPLACE]
)
def test_changes_close_at_their_own_first_instant(move: Move) -> None:
    actor = Actor.FOCAL_POINT if move is Move.REPLACE else Actor.DELEGATE

    assert closed(move, actor, MEETING, now=CHANGES_UNTIL - INSTANT) is None
    assert closed(move, actor, MEETING, now=CHANGES_UNTIL) == ChangesClosed(MEETING.changes_until)


def test_withdrawing_is_never_too_late() -> None:
    years_later = CHANGES_UNTIL + timedelta(days=1000)

    assert closed(Move.WITHDRAW, Actor.DELEGATE, MEETING, now=years_later) is None


@pytest.mark.parametrize("move", list(Move))
def test_no_date_closes_a_move_to_the_secretariat_or_the_clock(move: Move) -> None:
    for actor in (Actor.SECRETARIAT, Actor.CLOCK):
        assert closed(move, actor, MEETING, now=CHANGES_UNTIL + timedelta(days=1000)) is None


def test_later_deadline_of_a_delegation_counts_for_it() -> None:
    later = DEADLINE + timedelta(days=3)

    in_time = closed(Move.REGISTER, Actor.DELEGATE, MEETING, now=later - INSTANT, later=later)
    late = closed(Move.REGISTER, Actor.DELEGATE, MEETING, now=later, later=later)

    assert in_time is None
    assert late == RegistrationClosed(later)


def test_later_deadline_moves_nothing_but_the_deadline() -> None:
    late = closed(
        Move.CORRECT, Actor.DELEGATE, MEETING, now=CHANGES_UNTIL, later=CHANGES_UNTIL + INSTANT
    )

    assert late == ChangesClosed(MEETING.changes_until)


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (None, DEADLINE),
        (DEADLINE - timedelta(days=1), DEADLINE),
        (DEADLINE + timedelta(days=1), DEADLINE + timedelta(days=1)),
        (CHANGES_UNTIL + timedelta(days=1), CHANGES_UNTIL),
    ],
)
def test_later_deadline_is_neither_earlier_nor_beyond_the_last_change(
    later: datetime | None, expected: datetime
) -> None:
    assert deadline_of(MEETING, later) == expected


def test_deadline_in_summer_time_is_that_citys_midnight() -> None:
    """Mexico City put its clocks forward on 3 April 2022: midnight came at 05:00 UTC after it."""
    zone = ZoneInfo("America/Mexico_City")
    meeting = replace(
        MEETING,
        deadline=datetime(2022, 4, 4, tzinfo=zone).astimezone(UTC),
        changes_until=datetime(2022, 4, 5, tzinfo=zone).astimezone(UTC),
    )
    midnight = datetime(2022, 4, 4, 5, 0, tzinfo=UTC)

    assert closed(Move.REGISTER, Actor.DELEGATE, meeting, now=midnight - INSTANT) is None
    assert closed(Move.REGISTER, Actor.DELEGATE, meeting, now=midnight) is not None


def test_same_instant_is_late_whatever_the_clock_that_shows_it() -> None:
    in_tokyo = DEADLINE.astimezone(ZoneInfo("Asia/Tokyo"))

    assert in_tokyo.day == 2
    assert closed(Move.REGISTER, Actor.DELEGATE, MEETING, now=in_tokyo) is not None
    assert closed(Move.REGISTER, Actor.DELEGATE, MEETING, now=in_tokyo - INSTANT) is None


def test_unconfirmed_entry_lapses_after_48_hours_of_the_clock() -> None:
    made = datetime(2022, 4, 2, 12, 0, tzinfo=ZoneInfo("America/Mexico_City"))
    instants = made.astimezone(UTC) + timedelta(hours=48)

    assert not has_lapsed(made.astimezone(UTC), now=instants - INSTANT)
    assert has_lapsed(made.astimezone(UTC), now=instants)


def test_clock_that_jumps_back_lets_nothing_lapse() -> None:
    assert not has_lapsed(DEADLINE, now=DEADLINE - timedelta(hours=2))
