"""Sending to a call: its dates, its questions and who may answer, asked by the writer itself."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from registration.domain.call_refusals import (
    AnswersMissing,
    AnswerTooLong,
    CallClosed,
    CallNotOpen,
    CallRefusal,
    UnknownAnswer,
    UnknownCall,
)
from registration.domain.refusals import ReasonMissing
from registration.meetings.reading import get_meeting
from registration.registrar.office import CheckYourEmail, Office
from registration.registrar.sending import MOST_UNASKED, Sending, send
from registration.store.reading.submissions import count_stands
from registration.store.tables.mail import DbMail
from tests.builders import RCM
from tests.offices import OPEN_DAY
from tests.senders import ANSWERS, load_calls, make_sending, send_to_call

GOOD = ANSWERS["rapporteur"]


@pytest.fixture(autouse=True)
def _calls(office: Office) -> None:
    load_calls(office)


def try_to_send(office: Office, sending: Sending, days: int = 0) -> object:
    answer: CheckYourEmail | CallRefusal | ReasonMissing = send(
        office, sending, arrived_at=OPEN_DAY + timedelta(days=days)
    )
    return answer


def count(office: Office) -> int:
    with office.database.reading() as session:
        return sum(count_stands(session, RCM).values())


def list_mails(office: Office) -> list[str]:
    with office.database.reading() as session:
        mails = session.scalars(select(DbMail.occasion).where(DbMail.submission_id.is_not(None)))
        return sorted(mails)


def test_last_moment_is_taken_and_the_next_is_late(office: Office) -> None:
    with office.database.reading() as session:
        call = get_meeting(session, RCM).find_call("rapporteur")
    assert call is not None
    assert call.closes is not None

    late = send(office, make_sending(email="late@example.org"), arrived_at=call.closes)
    last = send(office, make_sending(), arrived_at=call.closes - timedelta(microseconds=1))

    assert late == CallClosed(call.closes)
    assert last == CheckYourEmail()


def test_call_that_opens_later_takes_nothing_before(office: Office) -> None:
    answer = try_to_send(office, make_sending("early"))

    assert isinstance(answer, CallNotOpen)
    assert try_to_send(office, make_sending("early"), days=60) == CheckYourEmail()


def test_address_that_nobody_confirmed_hears_of_repeats_a_few_times_and_no_more(
    office: Office,
) -> None:
    for hour in range(40):
        assert send(office, make_sending(), arrived_at=OPEN_DAY + timedelta(hours=hour))

    assert list_mails(office) == ["submission_confirm"] + ["submission_link"] * MOST_UNASKED


def test_address_that_was_confirmed_hears_of_each_repeat(office: Office) -> None:
    send_to_call(office, at=OPEN_DAY)

    for hour in range(1, MOST_UNASKED + 3):
        send(office, make_sending(), arrived_at=OPEN_DAY + timedelta(hours=hour))

    assert list_mails(office).count("submission_link") == MOST_UNASKED + 2


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({**GOOD, "letter": ""}, AnswersMissing(("letter",))),
        ({}, AnswersMissing(("group", "letter"))),
        ({**GOOD, "letter": "x" * 2001}, AnswerTooLong("letter", 2000, 2001)),
        ({**GOOD, "group": "knights"}, UnknownAnswer("group")),
        ({**GOOD, "tongues": "en\nla"}, UnknownAnswer("tongues")),
        ({**GOOD, "nothing": "x"}, UnknownAnswer("nothing")),
    ],
)
def test_answers_that_do_not_fit_are_refused_and_nothing_is_kept(
    office: Office, answers: dict[str, str], refusal: object
) -> None:
    assert try_to_send(office, make_sending(answers=answers)) == refusal
    assert count(office) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"call": "nothing"},
        {"call": "co-chairs"},
        {"call": "co-chairs", "delegation": "ca"},
        {"call": "co-chairs", "delegation": "xx"},
    ],
)
def test_call_is_answered_by_those_alone_whom_it_asks(
    office: Office, changes: dict[str, str]
) -> None:
    sending = make_sending(answers=ANSWERS["co-chairs"], **changes)

    assert try_to_send(office, sending) == UnknownCall()
    assert count(office) == 0
