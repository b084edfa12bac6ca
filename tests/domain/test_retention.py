"""When personal data are erased, and what is said to whoever asks too early or too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from registration.domain.call_refusals import SubmissionErased, SubmissionStands
from registration.domain.calls import Publishing
from registration.domain.refusals import DataErased, StillLive
from registration.domain.retention import (
    CHOSEN_REASONS,
    LEFT_WITHIN_DAYS,
    OF_PASSPORTS,
    UNCONFIRMED_WITHIN_DAYS,
    Kind,
    Reason,
    Scope,
    erased_by,
    erased_on,
    find_due,
    is_unneeded,
    refuse_erasure,
    refuse_submission_erasure,
)
from registration.domain.states import FINAL, LIVE, State
from registration.domain.submissions import CURRENT, Stand, Submission
from tests.builders import make_meeting, make_registration
from tests.mail.builders import make_call, make_submission

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


#: A meeting with a call that decides and one that tells news; 09:00 in Mexico City.
CALLING = replace(
    MEETING,
    calls=(
        make_call(),
        make_call(key="news", leaves=True, choose=0, publishes=Publishing.NOTHING),
    ),
)
ENDED = datetime(2022, 2, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize("stand", Stand)
def test_what_still_counts_is_withdrawn_before_the_erasure(stand: Stand) -> None:
    sent = make_submission(stand=stand)
    last_minute = datetime(2022, 4, 2, 5, 59, tzinfo=UTC)

    during = refuse_submission_erasure(sent, MEETING, now=last_minute)
    after = refuse_submission_erasure(sent, MEETING, now=last_minute + timedelta(minutes=1))

    assert during == (SubmissionStands() if stand in CURRENT else None)
    assert after is None


def test_nothing_sent_is_erased_twice() -> None:
    sent = make_submission(stand=Stand.WITHDRAWN, erased_at=PASSPORTS)

    assert refuse_submission_erasure(sent, MEETING, now=ALL) == SubmissionErased()


@pytest.mark.parametrize(
    ("call", "stand", "is_confirmed", "begins"),
    [
        # Seven days after it lapsed, or one after somebody left, as the next day begins.
        ("rapporteur", Stand.LAPSED, False, datetime(2022, 2, 18, 6, tzinfo=UTC)),
        ("news", Stand.LAPSED, False, datetime(2022, 2, 18, 6, tzinfo=UTC)),
        ("rapporteur", Stand.WITHDRAWN, False, datetime(2022, 2, 18, 6, tzinfo=UTC)),
        ("a-call-taken-out", Stand.LAPSED, False, datetime(2022, 2, 18, 6, tzinfo=UTC)),
        ("news", Stand.WITHDRAWN, True, datetime(2022, 2, 12, 6, tzinfo=UTC)),
    ],
)
def test_what_nobody_needs_is_erased_as_its_day_begins(
    call: str, stand: Stand, is_confirmed: bool, begins: datetime
) -> None:
    sent = _end(call, stand, is_confirmed=is_confirmed)

    def asked(now: datetime, *, is_being_told: bool = False) -> bool:
        return is_unneeded(sent, CALLING, is_being_told=is_being_told, now=now)

    assert (asked(begins - TICK), asked(begins)) == (False, True)
    assert not asked(begins, is_being_told=True), "the last message is on its way"
    assert erased_by(sent, CALLING) == begins.astimezone(MEETING.zone).date()
    erased = replace(sent, erased_at=begins)
    assert not is_unneeded(erased, CALLING, is_being_told=False, now=begins)


@pytest.mark.parametrize("call", ["rapporteur", "news", "a-call-taken-out"])
@pytest.mark.parametrize("stand", sorted({*CURRENT, Stand.WITHDRAWN}))
def test_whatever_else_was_sent_waits_for_the_meetings_date(call: str, stand: Stand) -> None:
    is_unneeded_here = stand is Stand.WITHDRAWN and call == "news"
    sent = _end(call, stand, is_confirmed=True)

    told = is_unneeded(sent, CALLING, is_being_told=False, now=ALL + timedelta(days=99))

    assert told is is_unneeded_here
    if not is_unneeded_here:
        assert erased_by(sent, CALLING) == MEETING.erased_on


def test_what_lapses_after_the_meeting_is_erased_by_its_date() -> None:
    sent = replace(_end("news", Stand.LAPSED, is_confirmed=False), changed_at=ALL)

    assert erased_by(sent, CALLING) == MEETING.erased_on


def test_days_that_are_promised_are_kept_at_any_hour() -> None:
    """Of an address that is never confirmed, and of whoever leaves; the round comes within the
    first hour of the day."""
    for hour in range(24):
        sent_at = datetime(2022, 2, 10, tzinfo=UTC) + timedelta(hours=hour)
        lapsed_at = sent_at + timedelta(hours=48)
        lapsed = replace(_end("news", Stand.LAPSED, is_confirmed=False), changed_at=lapsed_at)
        left = replace(_end("news", Stand.WITHDRAWN, is_confirmed=True), changed_at=sent_at)
        for each, days in ((lapsed, UNCONFIRMED_WITHIN_DAYS), (left, LEFT_WITHIN_DAYS)):
            promised = sent_at + timedelta(days=days)
            assert is_unneeded(each, CALLING, is_being_told=False, now=promised)


def _end(call: str, stand: Stand, *, is_confirmed: bool) -> Submission:
    confirmed_at = ENDED if is_confirmed else None
    return make_submission(call=call, stand=stand, changed_at=ENDED, confirmed_at=confirmed_at)
