"""The worker as it is run: `flask jobs run` in a process of its own."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from registration.jobs.bell import Bell
from tests.mail.post_office import open_post_office
from tests.mail.rows import KEY, add_mails, change_mail, make_room, read_mail

ROOT = Path(__file__).parents[2]
#: Until what should happen counts as not happening, in seconds: far above what it takes.
PATIENCE = 60


def test_worker_sends_what_is_due_when_the_bell_rings_and_stops_when_told(
    sqlite_url: str, tmp_path: Path
) -> None:
    room = make_room(sqlite_url)
    with open_post_office() as office, start(sqlite_url, tmp_path, office.port) as worker:
        add_mails(room, "a@example.org")
        wait_until(lambda: len(office.sent) == 1)
        add_mails(room, "b@example.org")
        bell = Bell(f"sqlite:///{tmp_path / 'queue.sqlite'}")
        bell.ring()
        bell.close()
        wait_until(lambda: len(office.sent) == 2)

        worker.send_signal(signal.SIGTERM)

        assert worker.wait(timeout=PATIENCE) == 0
    assert [recipient for recipient, _ in office.sent] == ["a@example.org", "b@example.org"]
    room.database.dispose()


def test_worker_outlives_a_mail_server_that_is_down_and_a_database_that_is_locked(
    sqlite_url: str, tmp_path: Path
) -> None:
    room = make_room(sqlite_url)
    (mail_id,) = add_mails(room, "a@example.org")
    with open_post_office() as gone:
        port = gone.port
    with start(sqlite_url, tmp_path, port) as worker:
        wait_until(lambda: read_mail(room, mail_id).attempts == 1)
        path = sqlite_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as backup:
            backup.execute("BEGIN EXCLUSIVE")
            ring(tmp_path)
            time.sleep(1)
            backup.execute("ROLLBACK")

        assert worker.poll() is None
        change_mail(room, mail_id, due_at_utc=read_mail(room, mail_id).made_at_utc)
        ring(tmp_path)
        wait_until(lambda: read_mail(room, mail_id).attempts == 2)
        assert read_mail(room, mail_id).status == "due"
    room.database.dispose()


@contextmanager
def start(database_url: str, folder: Path, mail_port: int) -> Iterator["subprocess.Popen[bytes]"]:
    environ = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "QUEUE_URL": f"sqlite:///{folder / 'queue.sqlite'}",
        "BASE_URL": "https://register.example.org",
        "SECRET_KEY": "a secret key of the tests, 32 characters or more",
        "LINK_KEY": "a key of private links for the tests, long enough",
        "VAULT_KEYS": KEY,
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(mail_port),
        "MAIL_USE_TLS": "no",
        "MAIL_FROM": "registration@example.org",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environ) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def ring(folder: Path) -> None:
    bell = Bell(f"sqlite:///{folder / 'queue.sqlite'}")
    bell.ring()
    bell.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < give_up_at, "the worker did not do it"
        time.sleep(0.1)
