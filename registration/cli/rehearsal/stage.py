"""The stage: a site of its own with a worker and a post office, gone when the rehearsal is over."""

import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import requests

from registration.cli.processes import Crew
from registration.cli.run import HOST, START_SECONDS, find_free_port, list_programs
from registration.cli.run import make_environment as make_run_environment
from registration.cli.several import CommandFailed, run_several
from registration.domain.roles import Role

ROOT = Path(__file__).parents[3]

_DATES = re.compile(r"(month)? = (\d{4}-\d\d-\d\d)")

# What says where the operator's own site is: the rehearsal must touch none of it.
_OWN = (
    "DATABASE_URL",
    "STORAGE_URL",
    "QUEUE_URL",
    "LIMITS_URL",
    "BASE_URL",
    "SECRET_KEY",
    "LINK_KEY",
    "VAULT_KEYS",
    "SEAL_CERTIFICATE",
    "MAIL_SERVER",
    "MAIL_PORT",
    "MAIL_USERNAME",
    "MAIL_PASSWORD",
    "MAIL_USE_TLS",
    "MAIL_FROM",
)


class StageFailed(Exception):
    """The site of the rehearsal did not start; the message says what its programs said."""


@dataclass(frozen=True)
class Account:
    """Somebody of the staff."""

    email: str
    password: str


@dataclass(frozen=True)
class Stage:
    """A running site. mailbox: the folder in which its mails arrive. log: what its programs say.
    processes: the number of each program's first process."""

    base_url: str
    mailbox: Path
    log: Path
    reviewer: Account
    travel: Account
    door: Account
    meeting_file: Path
    environ: dict[str, str]
    processes: Mapping[str, int]

    def measure_database(self) -> float:
        """Return how large the database is, in megabytes, with what is not yet written back."""
        files = Path(self.environ["DATA_DIR"]).glob("registration.sqlite*")
        return sum(each.stat().st_size for each in files) / 1_000_000

    def move_days(self, days: int) -> None:
        """Load the meeting once more, all its days earlier by so many: as if that time had passed.

        Raises StageFailed.
        """
        text = self.meeting_file.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
            moved = Path(folder) / self.meeting_file.name
            earlier = timedelta(days=days)
            moved.write_text(
                _DATES.sub(lambda each: _move(each, earlier), text),
                encoding="utf-8",
            )
            _flask(self.environ, ["meeting", "load", str(moved), "--roll-forward"])


def _move(found: re.Match[str], earlier: timedelta) -> str:
    """Return the date earlier by so much; of a month, which its first day stands for, that day."""
    day = date.fromisoformat(found[2]) - earlier
    return f"{found[1] or ''} = {day.replace(day=1) if found[1] else day}"


@contextmanager
def set_up(meeting_file: Path) -> Iterator[Stage]:
    """Start the site with this one meeting, rolled forward, and take it down at the end.

    Raises StageFailed.
    """
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        data_dir = Path(folder)
        port, mail_port, pages_port = (find_free_port() for _ in range(3))
        environ = _make_environment(data_dir, port, mail_port)
        accounts = _prepare(meeting_file, environ)
        log = data_dir / "programs.log"
        with log.open("wb") as output, Crew(environ=environ, cwd=ROOT, output=output) as crew:
            for program in list_programs(mail_port, port, pages_port):
                crew.start(program)
            base_url = f"http://{HOST}:{port}"
            _wait_until_up(crew, base_url, log)
            mailbox = data_dir / "mailbox"
            yield Stage(
                base_url, mailbox, log, *accounts, meeting_file, environ, crew.list_processes()
            )


def _make_environment(data_dir: Path, port: int, mail_port: int) -> dict[str, str]:
    rest = {key: value for key, value in os.environ.items() if key not in _OWN}
    given = {**rest, "DATA_DIR": str(data_dir)}
    return make_run_environment(given, port=port, mail_port=mail_port)


def _prepare(meeting_file: Path, environ: dict[str, str]) -> tuple[Account, Account, Account]:
    """Make the schema, the meeting and the staff: reviewer, travel desk, door."""
    *_, reviewer, travel, door = _flask(
        environ,
        ["database", "upgrade"],
        ["meeting", "load", str(meeting_file), "--roll-forward"],
        _add_staff(Role.REVIEWER, "Luisa Pérez"),
        _add_staff(Role.TRAVEL, "Óscar Quirós"),
        _add_staff(Role.DOOR, "Inés Tablada"),
    )
    return (
        _read_account(Role.REVIEWER, reviewer),
        _read_account(Role.TRAVEL, travel),
        _read_account(Role.DOOR, door),
    )


def _add_staff(role: Role, name: str) -> list[str]:
    more = ["--name", name, "--role", role, "--language", "es"]
    return ["staff", "add", f"{role}@example.org", *more]


def _read_account(role: Role, said: str) -> Account:
    return Account(f"{role}@example.org", said.strip().rpartition(" ")[2])


def _flask(environ: dict[str, str], *commands: Sequence[str]) -> list[str]:
    try:
        return run_several(commands, ROOT, environ)
    except CommandFailed as fault:
        raise StageFailed(str(fault)) from fault


def _wait_until_up(crew: Crew, base_url: str, log: Path) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at and crew.wait_for(seconds=0.2):
        try:
            if requests.get(f"{base_url}/health/ready", timeout=5).ok:
                return
        except requests.RequestException:
            continue
    raise StageFailed(f"the site did not start:\n{log.read_text(errors='replace')[-4000:]}")
