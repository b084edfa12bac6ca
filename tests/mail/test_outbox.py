from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from registration.domain.papers import MailStatus
from registration.mail import outbox
from registration.mail.outbox import LEASE, PAUSES
from registration.mail.room import MailRoom
from registration.vault.boxes import LockedBytes
from tests.mail.rows import NOW, add_mails, change_mail, make_room, read_mail

SECOND = timedelta(seconds=1)


@pytest.fixture
def room(database_url: str) -> Iterator[MailRoom]:
    room = make_room(database_url)
    yield room
    room.database.dispose()


def test_mail_is_in_one_workers_hands_at_a_time(room: MailRoom) -> None:
    add_mails(room, "a@example.org")

    first = outbox.claim(room.database, now=NOW)
    second = outbox.claim(room.database, now=NOW + LEASE - SECOND)

    assert first is not None
    assert first.recipient == "a@example.org"
    assert second is None


def test_lease_that_ran_out_lets_the_next_worker_in(room: MailRoom) -> None:
    add_mails(room, "a@example.org")

    first = outbox.claim(room.database, now=NOW)
    second = outbox.claim(room.database, now=NOW + LEASE)

    assert first is not None
    assert second is not None
    assert second.id == first.id
    assert second.lease_token != first.lease_token


def test_bytes_kept_by_a_dead_worker_are_given_to_the_next(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    first = outbox.claim(room.database, now=NOW)
    assert first is not None
    locked = room.vault.lock(b"the message", bound_to=f"mail:{mail_id}")
    outbox.keep_built(room.database, first, message_id="<1@x>", locked=locked, now=NOW)

    second = outbox.claim(room.database, now=NOW + LEASE)

    assert second is not None
    assert second.message_id == "<1@x>"
    assert second.locked == locked


def test_worker_that_lost_its_lease_keeps_marks_and_builds_nothing(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    slow = outbox.claim(room.database, now=NOW)
    quick = outbox.claim(room.database, now=NOW + LEASE)
    assert slow is not None
    assert quick is not None

    kept = outbox.keep_built(
        room.database, slow, message_id="<1@x>", locked=LockedBytes(b"a", b"b"), now=NOW
    )
    refused = outbox.mark_refused(room.database, slow, "550 no")
    failed = outbox.mark_failed_for_now(room.database, slow, "451 later", now=NOW)

    mail = read_mail(room, mail_id)
    assert (kept, refused, failed) == (False, False, False)
    assert (mail.status, mail.attempts, mail.locked_bytes) == ("due", 0, None)


def test_mail_that_a_slow_worker_sent_after_all_is_sent(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    slow = outbox.claim(room.database, now=NOW)
    outbox.claim(room.database, now=NOW + LEASE)
    assert slow is not None

    outbox.mark_sent(room.database, slow, now=NOW + LEASE + SECOND)

    assert read_mail(room, mail_id).status == MailStatus.SENT
    assert outbox.claim(room.database, now=NOW + 3 * LEASE) is None


def test_sent_mail_keeps_none_of_its_bytes(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    mail = outbox.claim(room.database, now=NOW)
    assert mail is not None
    locked = LockedBytes(b"ciphertext", b"key")
    outbox.keep_built(room.database, mail, message_id="<1@x>", locked=locked, now=NOW)
    assert read_mail(room, mail_id).locked_bytes == b"ciphertext"

    outbox.mark_sent(room.database, mail, now=NOW)

    row = read_mail(room, mail_id)
    assert (row.locked_bytes, row.wrapped_key, row.lease_token) == (None, None, None)
    assert (row.status, row.sent_at_utc, row.message_id) == ("sent", NOW, "<1@x>")


def test_mail_is_tried_with_growing_pauses_for_a_day_and_then_given_up(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    now = NOW

    for pause in PAUSES:
        mail = outbox.claim(room.database, now=now)
        assert mail is not None
        outbox.mark_failed_for_now(room.database, mail, "451 later", now=now)
        assert read_mail(room, mail_id).status == MailStatus.DUE
        assert outbox.claim(room.database, now=now + pause - SECOND) is None
        now += pause
    last = outbox.claim(room.database, now=now)
    assert last is not None
    outbox.mark_failed_for_now(room.database, last, "451 later", now=now)

    assert timedelta(hours=23) < now - NOW <= timedelta(days=1)
    assert list(PAUSES) == sorted(PAUSES)
    row = read_mail(room, mail_id)
    assert (row.status, row.attempts, row.last_error) == ("failed", len(PAUSES) + 1, "451 later")
    assert outbox.claim(room.database, now=now + timedelta(days=9)) is None


def test_refused_mail_is_not_tried_again(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    mail = outbox.claim(room.database, now=NOW)
    assert mail is not None

    outbox.mark_refused(room.database, mail, "550 " + "x" * 900)

    row = read_mail(room, mail_id)
    assert (row.status, len(row.last_error or "")) == ("refused", 500)
    assert outbox.claim(room.database, now=NOW + timedelta(days=9)) is None


def test_clock_set_back_does_not_keep_a_new_mail_waiting(room: MailRoom) -> None:
    add_mails(room, "a@example.org")

    assert outbox.claim(room.database, now=NOW - timedelta(days=3)) is not None


def test_clock_set_back_keeps_a_lease_for_no_longer_than_twice_its_time(room: MailRoom) -> None:
    add_mails(room, "a@example.org")
    outbox.claim(room.database, now=NOW)

    assert outbox.claim(room.database, now=NOW - LEASE + SECOND) is None
    assert outbox.claim(room.database, now=NOW - timedelta(days=3)) is not None


def test_clock_set_back_makes_a_pause_no_longer_than_it_was(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    mail = outbox.claim(room.database, now=NOW)
    assert mail is not None
    outbox.mark_failed_for_now(room.database, mail, "451 later", now=NOW)

    assert outbox.claim(room.database, now=NOW - SECOND) is not None
    assert read_mail(room, mail_id).due_at_utc == NOW + PAUSES[0]


def test_clock_that_jumps_ahead_gives_no_mail_up(room: MailRoom) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    mail = outbox.claim(room.database, now=NOW)
    assert mail is not None
    outbox.mark_failed_for_now(room.database, mail, "451 later", now=NOW)

    later = NOW + timedelta(days=400)
    mail = outbox.claim(room.database, now=later)
    assert mail is not None
    outbox.mark_failed_for_now(room.database, mail, "451 later", now=later)

    row = read_mail(room, mail_id)
    assert (row.status, row.due_at_utc) == ("due", later + PAUSES[1])


def test_longest_waiting_mail_comes_first(room: MailRoom) -> None:
    first, second = add_mails(room, "a@example.org", "b@example.org")
    change_mail(room, second, due_at_utc=NOW - SECOND)

    claimed = [outbox.claim(room.database, now=NOW) for _ in range(3)]

    assert [each and each.id for each in claimed] == [second, first, None]


def test_two_workers_never_claim_one_mail(room: MailRoom) -> None:
    names = [f"{number:02}@example.org" for number in range(40)]
    add_mails(room, *names)

    def claim_all() -> list[str]:
        claimed = iter(lambda: outbox.claim(room.database, now=NOW), None)
        return [mail.recipient for mail in claimed if mail is not None]

    with ThreadPoolExecutor(4) as workers:
        claims = [workers.submit(claim_all) for _ in range(4)]
        everything = [name for each in claims for name in each.result()]

    assert sorted(everything) == names
