"""When personal data are erased, and what is said to whoever asks too early or too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from registration.domain.refusals import DataErased, StillLive
from registration.domain.retention import (
    CHOSEN_REASONS,
    OF_PASSPORTS,
    Kind,
    Reason,
    Scope,
    erased_on,
    find_due,
    refuse_erasure,
)
from registration.domain.states import FINAL, LIVE, State
from tests.builders import make_meeting, make_registration

MEETING = make_meeting()
#: 1 May and 30 June 2022, 00:00 in Mexico City, where summer time has begun.
PASSPORTS, ALL = datetime(2022, 5, 1, 5, tzinfo=UTC), datetime(2022, 6, 30, 5, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def test_passports_go_thirty_days_and_the_rest_ninety_days_after_the_meeting() -> None:
    assert find_due(MEETING, now=PASSPORTS - TICK) is None
    assert find_due(MEETING, now=PASSPORTS) is Scope.PASSPORTS
    assert find_due(MEETING, now=ALL - TICK) is Scope.PASSPORTS
    assert find_due(MEETING, now=ALL) is Scope.MEETING


def test_dates_shown_are_those_that_are_kept() -> None:
    for kind in Kind:
        at = PASSPORTS if kind in OF_PASSPORTS else ALL
        assert erased_on(kind, MEETING) == at.astimezone(MEETING.zone).date()


@pytest.mark.parametrize("state", State)
def test_who_takes_part_is_withdrawn_before_the_erasure(state: State) -> None:
    entry = make_registration(state=state)
    last_minute = datetime(2022, 4, 2, 5, 59, tzinfo=UTC)

    during = refuse_erasure(entry, MEETING, now=last_minute)
    after = refuse_erasure(entry, MEETING, now=last_minute + timedelta(minutes=1))

    assert during == (StillLive() if state in LIVE else None)
    assert after is None
    assert set(State) == LIVE | FINAL


def test_nobody_is_erased_twice() -> None:
    entry = replace(make_registration(state=State.WITHDRAWN), erased_at=PASSPORTS)

    assert refuse_erasure(entry, MEETING, now=ALL) == DataErased()


def test_reasons_of_the_clock_are_not_to_be_chosen() -> None:
    assert set(Reason) - set(CHOSEN_REASONS) == {
        Reason.DATE,
        Reason.RESTORED,
        Reason.UNNEEDED,
    }
