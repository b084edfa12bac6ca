"""The worker is killed (SIGKILL), at random and aimed right after the server's 250: no mail is
lost, and whatever is sent again is the same message byte for byte (T48)."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import func, select

from registration.domain.papers import MailStatus
from registration.jobs.bell import Bell
from registration.mail.room import MailRoom
from registration.store.tables.mail import DbMail
from tests.mail.post_office import PostOffice, open_post_office
from tests.mail.rows import add_mails, make_room

KILLS = 40
#: Seconds after which a mail that is not sent counts as lost.
PATIENCE = 120
#: How long after its 250 the server kills, in seconds: the mark is on its way in this time.
AIM = (0.0, 0.0005, 0.001, 0.002, 0.004)


def test_no_mail_is_lost_when_the_worker_is_killed_at_random(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(20220302)
    room = make_room(database_url)
    queue_url = f"sqlite:///{tmp_path / 'queue.sqlite'}"
    with open_post_office() as office, start_workers(database_url, queue_url, office) as workers:
        wanted: list[str] = []
        for number in range(KILLS):
            names = [f"{number:03}-{each}@example.org" for each in range(3)]
            add_mails(room, *names)
            wanted += names
            heard = office.heard
            workers.start()
            ring_until(lambda heard=heard: office.heard > heard, queue_url)
            time.sleep(chance.uniform(0.0, 0.3))
            workers.kill()
        finish(room, queue_url, workers)

    report(capsys, "at random", wanted, office)
    room.database.dispose()


def test_no_mail_is_lost_when_the_worker_is_killed_right_after_the_250(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room = make_room(database_url)
    queue_url = f"sqlite:///{tmp_path / 'queue.sqlite'}"
    with open_killing_office() as office, start_workers(database_url, queue_url, office) as workers:
        wanted = [f"{number:03}@example.org" for number in range(KILLS)]
        add_mails(room, *wanted)
        for number in range(KILLS):
            office.delay = AIM[number % len(AIM)]
            office.victim = workers.start()
            ring_until(lambda: not workers.is_alive(), queue_url)
            workers.wait()
        finish(room, queue_url, workers)

    repeated = report(capsys, "right after the 250", wanted, office)
    # Without a single repeat the aim was bad and the proof blind.
    assert repeated > 0
    room.database.dispose()


class KillingOffice(PostOffice):
    """Says 250 and kills the worker that sent the mail before it can mark it."""

    victim: int | None = None
    delay: float = 0.0

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name for it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        victim, self.victim = self.victim, None
        if victim is not None:
            await server.push(answer)
            # Not asyncio's sleep: at this scale the loop's own turns would blur the aim.
            time.sleep(self.delay)  # noqa: ASYNC251
            os.kill(victim, signal.SIGKILL)
        return answer


class Workers:
    """One worker at a time, in a process of its own that can be killed."""

    def __init__(self, nursery: "subprocess.Popen[str]") -> None:
        self._nursery = nursery
        self.pid: int | None = None

    def start(self) -> int:
        self._write("start")
        self.pid = int(self._read())
        return self.pid

    def kill(self, number: int = signal.SIGKILL) -> None:
        assert self.pid is not None
        os.kill(self.pid, number)
        self.wait()

    def is_alive(self) -> bool:
        """A killed process that nobody has waited for is a zombie: dead, though it has a number."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state != "Z"

    def wait(self) -> None:
        assert self._read() == "gone"
        self.pid = None

    def _write(self, line: str) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(f"{line}\n")
        self._nursery.stdin.flush()

    def _read(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline().strip()


@contextmanager
def start_workers(database_url: str, queue_url: str, office: PostOffice) -> Iterator[Workers]:
    command = [sys.executable, "-m", "tests.proofs.workers", database_url, queue_url]
    nursery = subprocess.Popen(
        [*command, str(office.port)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    workers = Workers(nursery)
    with nursery:
        try:
            yield workers
        finally:
            if workers.pid is not None:
                workers.kill()


@contextmanager
def open_killing_office() -> Iterator[KillingOffice]:
    office = KillingOffice()
    with open_post_office(office) as opened:
        assert opened is office
        yield office


def ring(queue_url: str) -> None:
    bell = Bell(queue_url)
    bell.ring()
    bell.close()


def ring_until(is_so: Callable[[], bool], queue_url: str) -> None:
    """The site rings for each new mail; here it rings until what should happen has happened."""
    give_up_at = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < give_up_at, "the worker began nothing"
        ring(queue_url)
        time.sleep(0.05)


def finish(room: MailRoom, queue_url: str, workers: Workers) -> None:
    """Let a last worker deliver what is left, and stop it politely."""
    workers.start()
    give_up_at = time.monotonic() + PATIENCE
    while count_unsent(room):
        assert time.monotonic() < give_up_at, f"{count_unsent(room)} mails were never sent"
        ring(queue_url)
        time.sleep(0.2)
    workers.kill(signal.SIGTERM)


def report(
    capsys: pytest.CaptureFixture[str], how: str, wanted: list[str], office: PostOffice
) -> int:
    """Compare what came with what was wanted; return how many mails came more than once."""
    copies: dict[str, list[bytes]] = defaultdict(list)
    for recipient, data in office.sent:
        copies[recipient].append(data)
    repeated = [each for each in copies.values() if len(each) > 1]
    differing = [name for name, each in copies.items() if len(set(each)) > 1]
    lost = sorted(set(wanted) - set(copies))
    with capsys.disabled():
        print(  # the proof tells what it measured
            f"\nkilled {KILLS} times {how}: {len(wanted)} mails, {len(lost)} lost, "
            f"{len(repeated)} repeated, {len(differing)} of them with other bytes"
        )
    assert (lost, differing) == ([], [])
    assert set(copies) == set(wanted)
    return len(repeated)


def count_unsent(room: MailRoom) -> int:
    with room.database.reading() as session:
        query = select(func.count()).where(DbMail.status != MailStatus.SENT)
        return session.scalar(query) or 0
