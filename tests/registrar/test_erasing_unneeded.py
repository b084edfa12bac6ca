"""What nobody confirmed, and what people left who had asked for news, is erased by itself."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from registration.domain.events import CLOCK, DELEGATE, Event
from registration.domain.meeting import Meeting
from registration.domain.papers import MailStatus
from registration.domain.retention import Kind, Reason, Scope
from registration.domain.submissions import Stand, Submission
from registration.meetings.reading import get_meeting
from registration.registrar import erasing, proving
from registration.registrar.auditing import list_flaws
from registration.registrar.office import Office
from registration.registrar.sending import send
from registration.registrar.submitting import withdraw_submission
from registration.registrar.sweeping import lapse_due
from registration.store import reading
from registration.store.reading import holdings
from registration.store.reading.submissions import chain_of_submission
from registration.store.tables.mail import DbMail
from registration.vault.erasures import list_noted
from tests.builders import RCM
from tests.offices import OPEN_DAY
from tests.registrar.test_erasing_submissions import count_held, list_cells, list_erasures
from tests.senders import load_calls, make_sending, read, send_to_call

LAPSED = OPEN_DAY + timedelta(hours=48)
#: By then a week has passed since the lapse, and the day after has begun in Mexico City.
DUE = LAPSED + timedelta(days=8)


@pytest.fixture(autouse=True)
def _calls(office: Office) -> None:
    load_calls(office)


def send_unconfirmed(office: Office, email: str = "nobody@example.org") -> Submission:
    form = make_sending("news", email)
    send(office, form, arrived_at=OPEN_DAY)
    return read(office, form.id)


def leave(office: Office, email: str = "marta@example.org") -> Submission:
    """Subscribe, confirm, and leave by the link of a mail."""
    sent = send_to_call(office, "news", email, at=OPEN_DAY)
    left = withdraw_submission(office, sent.id, by=DELEGATE, arrived_at=OPEN_DAY)
    assert isinstance(left, Submission), left
    return left


def deliver(office: Office, status: MailStatus = MailStatus.SENT) -> None:
    """Let every mail have come to its end."""
    with office.database.writing() as session:
        session.execute(update(DbMail).values(status=status))


def list_events(office: Office, sent: Submission) -> list[str]:
    with office.database.reading() as session:
        lines = reading.list_history(session, chain_of_submission(sent.id))
    return [line.event for line in lines]


def count_told(office: Office) -> int:
    with office.database.reading() as session:
        return holdings.count_unneeded(session, RCM)


def test_what_nobody_confirmed_is_erased_a_week_after_it_lapsed(office: Office) -> None:
    sent = send_unconfirmed(office)
    assert lapse_due(office, now=LAPSED) == 1
    deliver(office)

    assert erasing.run_due(office, now=LAPSED + timedelta(days=7)) == 0
    assert read(office, sent.id).sender.email == "nobody@example.org"
    assert erasing.run_due(office, now=DUE) == 1

    after = read(office, sent.id)
    assert (after.stand, after.erased_at, after.sender.email) == (Stand.LAPSED, DUE, "")
    assert count_held(office) == {}
    assert "nobody@" not in " ".join(list_cells(office))
    assert list_flaws(office) == []


def test_who_left_is_erased_once_the_last_message_is_sent(office: Office) -> None:
    sent = leave(office)
    due = OPEN_DAY + timedelta(days=2)

    assert erasing.run_due(office, now=due) == 0
    assert read(office, sent.id).sender.email == "marta@example.org"
    deliver(office)
    assert erasing.run_due(office, now=OPEN_DAY + timedelta(hours=12)) == 0
    assert erasing.run_due(office, now=due) == 1

    assert read(office, sent.id).sender.email == ""
    assert count_held(office) == {}
    assert list_noted(office.vault) == set(), "after a restore the rule finds it by itself"


@pytest.mark.parametrize("status", [MailStatus.FAILED, MailStatus.REFUSED])
def test_message_that_cannot_be_delivered_keeps_nobody(office: Office, status: MailStatus) -> None:
    sent = leave(office)
    deliver(office, status)

    erasing.run_due(office, now=OPEN_DAY + timedelta(days=2))

    assert read(office, sent.id).sender.email == ""


def test_it_leaves_one_line_of_history_and_no_record(office: Office) -> None:
    sent = leave(office)
    deliver(office)
    before = list_events(office, sent)

    erasing.run_due(office, now=OPEN_DAY + timedelta(days=2))

    assert list_events(office, sent) == [Event.ERASED, *before]
    with office.database.reading() as session:
        line = reading.list_history(session, chain_of_submission(sent.id))[0]
    assert line.actor is CLOCK.actor
    assert line.facts == {"scope": "unneeded", "reason": "unneeded"}
    assert list_erasures(office) == []
    assert count_told(office) == 1
    assert erasing.run_due(office, now=OPEN_DAY + timedelta(days=3)) == 0
    assert count_told(office) == 1


def test_others_are_left_alone(office: Office) -> None:
    """What was withdrawn from a call that the desk decides, what stands, and whoever reads on."""
    decided = send_to_call(office, at=OPEN_DAY)
    withdraw_submission(office, decided.id, by=DELEGATE, arrived_at=OPEN_DAY)
    standing = send_to_call(office, "co-chairs", "cr@example.org", at=OPEN_DAY, delegation="cr")
    reader = send_to_call(office, "news", "reader@example.org", at=OPEN_DAY)
    leave(office)
    deliver(office)

    erasing.run_due(office, now=DUE)

    emails = [read(office, each.id).sender.email for each in (decided, standing, reader)]
    assert emails == ["marta@example.org", "cr@example.org", "reader@example.org"]
    assert count_told(office) == 1


def test_what_the_meetings_date_erases_is_not_told_in_the_sum(office: Office) -> None:
    erasing.run_due(office, now=datetime(2022, 7, 1, 12, tzinfo=UTC))
    sent = send_unconfirmed(office)
    lapse_due(office, now=LAPSED)

    erasing.run_due(office, now=datetime(2022, 7, 1, 12, tzinfo=UTC))

    assert read(office, sent.id).sender.email == ""
    assert count_told(office) == 0
    assert {each.scope for each in list_erasures(office)} == {Scope.MEETING}


def test_address_that_left_may_subscribe_again(office: Office) -> None:
    for _ in range(2):
        leave(office)
        deliver(office)
        erasing.run_due(office, now=OPEN_DAY + timedelta(days=2))

    assert count_told(office) == 2
    assert send_to_call(office, "news", at=OPEN_DAY).sender.email == "marta@example.org"


class _Killed(BaseException):
    """The end of the process."""


@pytest.mark.parametrize("step", ["destroy_blobs", "scrub", "_forget"])
def test_killed_at_any_step_the_next_round_writes_the_files_anew(
    office: Office, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is due any more then: it is the row of the erasure that knows of the debt."""
    leave(office)
    deliver(office)
    due = OPEN_DAY + timedelta(days=2)
    with monkeypatch.context() as patch:
        patch.setattr(proving, step, _kill)
        with pytest.raises(_Killed):
            erasing.run_due(office, now=due)
    (begun,) = list_erasures(office)
    assert (begun.scope, begun.erased[Kind.SUBMISSION]) == (Scope.UNNEEDED, 1)
    scrubbed: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(proving, "scrub", _noting(proving.scrub, scrubbed))

        assert erasing.run_due(office, now=due) == 1

    assert len(scrubbed) == 1
    assert list_erasures(office) == []
    assert erasing.run_due(office, now=due) == 0


def test_what_another_worker_erased_meanwhile_is_not_forgotten(office: Office) -> None:
    """One worker has looked and is about to end the erasure; another erases more under it."""
    leave(office)
    other = leave(office, "other@example.org")
    deliver(office)
    due = OPEN_DAY + timedelta(days=2)
    with office.database.writing() as session:
        session.execute(
            update(DbMail).where(DbMail.submission_id == other.id).values(status=MailStatus.DUE)
        )
    erasing._erase_unneeded(office, _meeting(office), due)
    (seen,) = list_erasures(office)
    deliver(office)
    erasing._erase_unneeded(office, _meeting(office), due)

    assert not proving._forget(office, seen)
    (begun,) = list_erasures(office)
    assert begun.erased[Kind.SUBMISSION] == 2
    assert erasing.finish_begun(office) == 1


@pytest.mark.parametrize("_round", range(3))
def test_two_rounds_at_once_erase_each_of_them_once(office: Office, _round: int) -> None:
    people = [leave(office, f"p{number}@example.org") for number in range(3)]
    deliver(office)
    start = Barrier(2)

    def race(_: int) -> None:
        start.wait()
        erasing._erase_unneeded(office, _meeting(office), OPEN_DAY + timedelta(days=2))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(race, range(2)))

    assert [list_events(office, each).count(Event.ERASED) for each in people] == [1, 1, 1]
    (begun,) = list_erasures(office)
    assert begun.erased[Kind.SUBMISSION] == 3
    assert begun.reason is Reason.UNNEEDED
    assert erasing.finish_begun(office) == 1


def test_whoever_is_late_reads_why_until_then(office: Office) -> None:
    sent = send_unconfirmed(office)
    lapse_due(office, now=LAPSED)
    deliver(office)

    assert erasing.run_due(office, now=LAPSED + timedelta(days=6)) == 0

    assert read(office, sent.id).stand is Stand.LAPSED
    with office.database.reading() as session:
        assert session.scalar(select(DbMail.id).where(DbMail.submission_id == sent.id)) is not None


def _meeting(office: Office) -> Meeting:
    with office.database.reading() as session:
        return get_meeting(session, RCM)


def _noting(work: Callable[..., None], calls: list[object]) -> Callable[..., None]:
    def do(*arguments: object) -> None:
        calls.append(arguments)
        work(*arguments)

    return do


def _kill(*_: object) -> None:
    raise _Killed
