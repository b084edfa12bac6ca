"""Dates of a rehearsal move by whole weeks, and the clocks of the meeting's city stay the same."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registration.meetings.rolling import weeks_to_roll
from tests.meetings import review
from tests.meetings.shipped import RCM, change, define

DEADLINE = datetime(2022, 3, 2, 6, tzinfo=UTC)


def test_meeting_whose_deadline_is_far_enough_is_not_rolled() -> None:
    assert weeks_to_roll(define(), DEADLINE - timedelta(days=30)) == 0


def test_meeting_of_next_year_is_not_rolled_back() -> None:
    assert weeks_to_roll(define(), DEADLINE - timedelta(days=365)) == 0


def test_meeting_whose_deadline_is_a_second_too_near_is_rolled_by_a_week() -> None:
    now = DEADLINE - timedelta(days=30) + timedelta(seconds=1)

    assert weeks_to_roll(define(), now) == 1


@pytest.mark.parametrize("days", range(0, 3000, 7 * 13 + 1))
def test_deadline_is_at_least_30_and_less_than_38_days_ahead(days: int) -> None:
    now = DEADLINE + timedelta(days=days, hours=days % 24)
    definition = define()

    weeks = weeks_to_roll(definition, now)

    ahead = definition.to_meeting(RCM, weeks).deadline - now
    # One hour of summer time can stand between the two.
    assert timedelta(days=30) <= ahead <= timedelta(days=37, hours=1)


def test_now_of_any_zone_gives_the_same_weeks() -> None:
    now = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    assert weeks_to_roll(define(), now) == weeks_to_roll(
        define(), now.astimezone(ZoneInfo("Asia/Tokyo"))
    )


def test_all_dates_move_together_and_keep_their_weekdays() -> None:
    definition = define()
    plain, rolled = definition.to_meeting(RCM), definition.to_meeting(RCM, 251)
    shift = timedelta(weeks=251)

    assert rolled.first_day == plain.first_day + shift
    assert rolled.last_day == plain.last_day + shift
    assert [day.day for day in rolled.agenda] == [day.day + shift for day in plain.agenda]
    assert [day.items for day in rolled.agenda] == [day.items for day in plain.agenda]
    assert rolled.erased_on == plain.erased_on + shift
    assert rolled.passports_erased_on == plain.passports_erased_on + shift
    assert (plain.rehearsal, rolled.rehearsal) == (False, True)


def test_deadline_keeps_the_hour_of_the_city_through_summer_time() -> None:
    # Until 2022 Mexico City had summer time: ten weeks after 2 March it was an hour ahead.
    rolled = define().to_meeting(RCM, 10)

    assert rolled.deadline == datetime(2022, 5, 11, 5, tzinfo=UTC)
    assert rolled.deadline.astimezone(rolled.zone).hour == 0


def test_midnight_that_summer_time_skips_is_the_instant_of_the_change() -> None:
    # In Santiago the clocks went from 24:00 of 10 September 2022 to 01:00 of the 11th.
    source = change("America/Mexico_City", "America/Santiago")
    source = source.replace("deadline = 2022-03-02", "deadline = 2022-02-27")
    source = source.replace("changes_until = 2022-03-31", "changes_until = 2022-02-27")

    rolled = define(source).to_meeting(RCM, 28)

    assert rolled.deadline == datetime(2022, 9, 11, 4, tzinfo=UTC)
    assert rolled.deadline.astimezone(rolled.zone).hour == 1


def test_week_with_summer_time_counts_by_the_clock_of_the_city() -> None:
    # New York went forward on 13 March 2022, so four weeks from 2 March are an hour short.
    source = change("America/Mexico_City", "America/New_York")
    definition = define(source)
    rolled = definition.to_meeting(RCM, 4).deadline
    assert rolled - definition.to_meeting(RCM).deadline == timedelta(weeks=4, hours=-1)

    assert weeks_to_roll(definition, rolled - timedelta(days=30)) == 4
    assert weeks_to_roll(definition, rolled - timedelta(days=30) + timedelta(minutes=1)) == 5


def test_hour_that_winter_gives_back_spares_a_week() -> None:
    # Santiago went back on 2 April 2022, so five weeks from 2 March are an hour long.
    definition = define(change("America/Mexico_City", "America/Santiago"))
    rolled = definition.to_meeting(RCM, 5).deadline
    assert rolled - definition.to_meeting(RCM).deadline == timedelta(weeks=5, hours=1)

    assert weeks_to_roll(definition, rolled - timedelta(days=30)) == 5


def test_each_call_of_a_rehearsal_can_still_be_answered_for_14_days() -> None:
    definition = review.define()
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    meeting = definition.to_meeting(review.GCM, weeks_to_roll(definition, now))

    left = [each.closes - now for each in meeting.calls if each.closes]
    # The earliest decides: a week fewer would close it too soon.
    assert timedelta(days=14) <= min(left) < timedelta(days=21, hours=1)
    assert all(each.is_open(now) for each in meeting.calls)


def test_deadline_decides_where_it_is_the_first_to_come() -> None:
    source = re.sub(
        r"^closes = 20\S+$", "closes = 2025-03-01T00:00:00", review.read_source(), flags=re.M
    )
    source = re.sub(r"decided_on = \S+", "decided_on = 2025-03-02", source)
    definition = review.define(source)
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    meeting = definition.to_meeting(review.GCM, weeks_to_roll(definition, now))

    assert timedelta(days=30) <= meeting.deadline - now <= timedelta(days=37, hours=1)
