import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from registration.domain.papers import MailStatus
from registration.mail import outbox
from registration.mail.delivering import Outcome, deliver_due
from registration.mail.outbox import LEASE, PAUSES
from registration.mail.post import Post
from registration.mail.room import MailRoom
from tests.mail.post_office import PostOffice, open_post_office
from tests.mail.rows import NOW, add_mails, change_mail, make_room, read_mail


@pytest.fixture
def room(sqlite_url: str) -> Iterator[MailRoom]:
    room = make_room(sqlite_url)
    yield room
    room.database.dispose()


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


def test_what_is_due_is_sent_once(room: MailRoom, office: PostOffice) -> None:
    mail_id, _ = add_mails(room, "a@example.org", "b@example.org")

    first, second = deliver(room, office), deliver(room, office)

    assert (first, second) == ([Outcome.SENT, Outcome.SENT], [])
    assert sorted(recipient for recipient, _ in office.sent) == ["a@example.org", "b@example.org"]
    assert read_mail(room, mail_id).sent_at_utc == NOW


def test_greylisted_mail_is_sent_later_byte_for_byte(room: MailRoom, office: PostOffice) -> None:
    (mail_id,) = add_mails(room, "a@example.org")
    office.answers.append("451 Greylisted, come back")

    assert deliver(room, office) == [Outcome.PUT_OFF]
    waiting = read_mail(room, mail_id)
    assert (waiting.status, waiting.last_error) == ("due", "451 Greylisted, come back")
    kept = room.vault.unlock(
        waiting.locked_bytes or b"", waiting.wrapped_key or b"", bound_to=f"mail:{mail_id}"
    )
    assert deliver(room, office, now=NOW + PAUSES[0]) == [Outcome.SENT]
    assert office.sent == [("a@example.org", kept)]
    assert read_mail(room, mail_id).last_error is None


def test_refused_address_is_shown_at_once_and_the_others_go_on(
    room: MailRoom, office: PostOffice
) -> None:
    first, second = add_mails(room, "a@example.org", "b@example.org")
    change_mail(room, first, due_at_utc=NOW - timedelta(seconds=1))
    office.answers.append("550 No such mailbox")

    assert deliver(room, office) == [Outcome.REFUSED, Outcome.SENT]

    refused = read_mail(room, first)
    assert (refused.status, refused.last_error) == ("refused", "550 No such mailbox")
    assert refused.locked_bytes is None
    assert read_mail(room, second).status == MailStatus.SENT


def test_address_that_is_none_is_refused_without_asking_the_server(
    room: MailRoom, office: PostOffice
) -> None:
    (mail_id,) = add_mails(room, "josé@example.org")

    assert deliver(room, office) == [Outcome.REFUSED]

    assert office.sent == []
    assert read_mail(room, mail_id).last_error == "This is no e-mail address."


def test_server_that_is_down_costs_one_mail_its_try_and_loses_none(room: MailRoom) -> None:
    add_mails(room, "a@example.org", "b@example.org", "c@example.org")
    with open_post_office() as gone:
        post = Post(server="127.0.0.1", port=gone.port, use_tls=False, timeout=5)

    assert deliver_due(room, post, lambda: NOW) == [Outcome.DOWN]
    with open_post_office() as office:
        assert deliver(room, office, now=NOW + PAUSES[0]) == [Outcome.SENT] * 3
        assert len(office.sent) == 3


def test_repeat_after_a_crash_is_the_same_message(room: MailRoom, office: PostOffice) -> None:
    """The worker dies between the server's 250 and the mark: the lease runs out, and the next one
    sends what was kept."""
    (mail_id,) = add_mails(room, "a@example.org")
    deliver(room, office)
    first = office.sent.pop()
    before_the_mark = room.vault.lock(first[1], bound_to=f"mail:{mail_id}")
    change_mail(
        room,
        mail_id,
        status=MailStatus.DUE,
        sent_at_utc=None,
        locked_bytes=before_the_mark.ciphertext,
        wrapped_key=before_the_mark.wrapped_key,
        lease_until_utc=NOW + LEASE,
    )

    assert deliver(room, office, now=NOW + LEASE / 2) == []
    assert deliver(room, office, now=NOW + LEASE) == [Outcome.SENT]
    assert office.sent == [first]
    assert b"Message-ID: <" + str(mail_id).encode() in first[1]


def test_worker_whose_lease_was_taken_over_while_it_built_sends_nothing(
    room: MailRoom, office: PostOffice
) -> None:
    add_mails(room, "a@example.org")
    asked = iter(range(9))

    def clock() -> datetime:
        if next(asked) == 1:  # the first was to claim, this one is to build
            assert outbox.claim(room.database, now=NOW + LEASE) is not None
        return NOW

    assert deliver_due(room, post(office), clock) == [Outcome.LOST]
    assert office.sent == []


def test_mail_that_cannot_be_built_does_not_hold_up_the_others(
    room: MailRoom, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    broken, _ = add_mails(room, "a@example.org", "b@example.org")
    change_mail(room, broken, facts={"locked": "AAAA", "key": "AAAA"}, due_at_utc=NOW)

    assert sorted(each.name for each in deliver(room, office)) == ["PUT_OFF", "SENT"]

    row = read_mail(room, broken)
    assert (row.status, row.attempts) == ("due", 1)
    assert row.last_error == "The message could not be built: BoxWillNotOpen"


def test_log_tells_neither_addresses_nor_texts(
    room: MailRoom, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="registration")
    add_mails(room, "ana@example.org", text="Your code is 123456.")
    office.answers.append("451 <ana@example.org> is greylisted")

    deliver(room, office)
    deliver(room, office, now=NOW + PAUSES[0])

    # The server that we play writes into the same log under a name of its own.
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("mail.log")]
    assert [line.rpartition(": ")[2] for line in ours] == ["put off", "sent"]
    for secret in ("ana@example.org", "123456"):
        assert not [line for line in ours if secret in line]


def test_waiting_bytes_are_locked(room: MailRoom, office: PostOffice) -> None:
    (mail_id,) = add_mails(room, "a@example.org", text="Your code is 123456.")
    office.answers.append("451 later")

    deliver(room, office)

    row = read_mail(room, mail_id)
    stored = (row.locked_bytes or b"") + repr(row.facts).encode()
    assert row.locked_bytes is not None
    assert b"123456" not in stored


def test_worker_told_to_stop_begins_no_further_mail(room: MailRoom, office: PostOffice) -> None:
    add_mails(room, "a@example.org", "b@example.org", "c@example.org")

    outcomes = deliver_due(
        room, post(office), lambda: NOW, should_stop=lambda: len(office.sent) >= 2
    )

    assert outcomes == [Outcome.SENT, Outcome.SENT]
    assert len(office.sent) == 2


def test_four_workers_send_each_mail_once(
    database_url: str, office: PostOffice, tmp_path: Path
) -> None:
    room = make_room(database_url)
    names = [f"{number:02}@example.org" for number in range(24)]
    add_mails(room, *names)

    with ThreadPoolExecutor(4) as workers:
        rounds = [workers.submit(deliver, room, office) for _ in range(4)]
        outcomes = [outcome for each in rounds for outcome in each.result()]

    assert outcomes == [Outcome.SENT] * len(names)
    assert sorted(recipient for recipient, _ in office.sent) == names
    room.database.dispose()


def deliver(room: MailRoom, office: PostOffice, *, now: datetime = NOW) -> list[Outcome]:
    return deliver_due(room, post(office), lambda: now)


def post(office: PostOffice) -> Post:
    return Post(server="127.0.0.1", port=office.port, use_tls=False, timeout=10)
