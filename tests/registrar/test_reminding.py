"""Reminders on both engines: each round once, each person once a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from registration.domain.batches import Batch, BatchKind
from registration.domain.desk_refusals import NobodyChosen, RoundDecided
from registration.domain.events import CLOCK, Event
from registration.domain.registrations import Registration
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import Round, RoundStatus
from registration.registrar import batching, reminding
from registration.registrar.batching import work_on_due
from registration.registrar.doing import do_part
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading.reminders import map_rounds
from tests.builders import RCM
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import accept, moved
from tests.registrar.test_batching import Killed, count_approvals, find, list_items

MEXICO = ZoneInfo("America/Mexico_City")
#: 14 days before the last day of the workshop's changes.
ROUND = Round(Rule.ACCEPT, date(2022, 3, 16))
EIGHT = datetime(2022, 3, 16, 8, tzinfo=MEXICO)


@pytest.fixture
def invited(guide: Guide) -> Registration:
    # Of a delegation whose flight nobody pays: nothing but the letter is asked of this person.
    return guide.approve(guide.submit("ca"))


def test_clock_reminds_whoever_has_not_signed_and_nobody_else(
    office: Office, guide: Guide, invited: Registration
) -> None:
    signed = guide.approve(guide.submit("us"))
    moved(accept(guide, signed))
    guide.submit("gt")
    guide.now = EIGHT

    assert reminding.send_due(office, now=guide.now) == 1
    work(office, guide)

    assert guide.list_mails(invited.id).count(reminder_of(invited)) == 1
    assert guide.list_events(invited.id)[-1] == Event.REMINDED
    assert reminder_of(signed) not in guide.list_mails(signed.id)
    found = find(office, reminding.batch_of(RCM, ROUND))
    assert (found.total, found.done, found.staff_id) == (1, 1, None)


def test_round_goes_out_once_however_many_workers_and_sweeps(
    office: Office, guide: Guide, invited: Registration
) -> None:
    guide.now = EIGHT
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: reminding.send_due(office, now=guide.now), range(4)))
    work(office, guide)
    guide.wait(hours=20)

    reminding.send_due(office, now=guide.now)
    work(office, guide)

    assert guide.list_mails(invited.id).count(reminder_of(invited)) == 1


@pytest.mark.parametrize("fatal", [1, 2])
def test_killed_worker_reminds_each_once(office: Office, guide: Guide, fatal: int) -> None:
    entries = [guide.approve(guide.submit(key)) for key in ("ca", "us")]
    guide.now = EIGHT
    reminding.send_due(office, now=guide.now)
    kill = count_approvals(office, fatal)
    with pytest.raises(Killed):
        work(office, guide)
    event.remove(office.database.writer, "before_cursor_execute", kill)

    guide.wait(minutes=6)
    reminding.send_due(office, now=guide.now)
    work(office, guide)

    for each in entries:
        assert guide.list_mails(each.id).count(reminder_of(each)) == 1


def test_round_that_is_held_does_not_go_out_until_it_is_let_go(
    office: Office, guide: Guide, invited: Registration
) -> None:
    hold = reminding.hold_round(office, RCM, ROUND, by=REVIEWER, at=guide.now)
    guide.now = EIGHT
    reminding.send_due(office, now=guide.now)
    work(office, guide)
    assert hold is None
    assert reminder_of(invited) not in guide.list_mails(invited.id)

    assert reminding.free_round(office, RCM, ROUND, by=REVIEWER, at=guide.now) is None
    reminding.send_due(office, now=guide.now)
    work(office, guide)

    assert reminder_of(invited) in guide.list_mails(invited.id)
    with office.database.reading() as session:
        lines = reading.list_history(session, reading.chain_of_meeting(RCM))
    assert [each.event for each in reversed(lines)] == [
        Event.REMINDERS_HELD,
        Event.REMINDERS_FREED,
        Event.BATCH_ASKED,
    ]


def test_round_that_went_out_is_neither_held_nor_let_go(
    office: Office, guide: Guide, invited: Registration
) -> None:
    send(office, guide, ROUND)

    assert reminding.hold_round(office, RCM, ROUND, by=REVIEWER, at=guide.now) == RoundDecided()
    assert reminding.free_round(office, RCM, ROUND, by=REVIEWER, at=guide.now) == RoundDecided()


def test_round_sent_by_hand_before_its_day_does_not_go_out_on_it(
    office: Office, guide: Guide, invited: Registration
) -> None:
    guide.now = EIGHT - timedelta(days=2)
    send(office, guide, ROUND)
    work(office, guide)
    guide.now = EIGHT

    assert reminding.send_due(office, now=guide.now) == 0
    work(office, guide)

    assert guide.list_mails(invited.id).count(reminder_of(invited)) == 1


def test_round_of_nobody_is_over(office: Office, guide: Guide) -> None:
    sent = reminding.send_round(office, RCM, ROUND, by=CLOCK, at=EIGHT)

    assert sent == NobodyChosen()
    with office.database.reading() as session:
        assert map_rounds(session, RCM)[ROUND].status is RoundStatus.SENT


def test_person_is_reminded_once_a_day_whatever_asks(
    office: Office, guide: Guide, invited: Registration
) -> None:
    guide.now = EIGHT
    reminding.send_due(office, now=guide.now)
    work(office, guide)
    batch = remind_by_hand(office, guide, [invited])
    assert [each.refusal for each in list_items(office, batch)] == ["RemindedToday"]

    guide.wait(hours=17)
    batch = remind_by_hand(office, guide, [invited])

    assert [each.refusal for each in list_items(office, batch)] == [None]
    assert guide.list_mails(invited.id).count(reminder_of(invited)) == 2


def test_by_hand_each_is_reminded_of_what_the_entry_asks_for(office: Office, guide: Guide) -> None:
    submitted = guide.submit("gt")
    unconfirmed = guide.apply("cr")
    guide.register(unconfirmed)
    entry = guide.get(unconfirmed.entry)

    batch = remind_by_hand(office, guide, [submitted, entry])

    assert [each.refusal for each in list_items(office, batch)] == ["NothingToRemind", None]
    assert ("remind_confirm", entry.particulars.email) in guide.list_mails(entry.id)


def test_whoever_signed_since_the_round_was_asked_for_is_left_out(
    office: Office, guide: Guide, invited: Registration
) -> None:
    asked = send(office, guide, ROUND)
    moved(accept(guide, invited))

    work(office, guide)

    assert [each.refusal for each in list_items(office, asked)] == ["NothingToRemind"]


def reminder_of(entry: Registration) -> tuple[str, str]:
    return ("remind_accept", entry.particulars.email)


def send(office: Office, guide: Guide, round: Round) -> Batch:
    sent = reminding.send_round(office, RCM, round, by=REVIEWER, at=guide.now)
    assert isinstance(sent, Batch)
    return sent


def remind_by_hand(office: Office, guide: Guide, entries: list[Registration]) -> Batch:
    asked = batching.ask(
        office,
        id=uuid4(),
        meeting_id=RCM,
        kind=BatchKind.REMIND,
        by=REVIEWER,
        arrived_at=guide.now,
        chosen=[(each.id, each.version) for each in entries],
    )
    assert isinstance(asked, Batch)
    work(office, guide)
    return asked


def work(office: Office, guide: Guide) -> bool:
    return work_on_due(office, lambda: guide.now, do_part)
