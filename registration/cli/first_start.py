"""What `make run` finds ready: schema, shipped meetings, accounts of the staff. Made once each."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from registration.domain.ids import MeetingId
from registration.domain.roles import Role
from registration.store.database import Database
from registration.store.migrations import upgrade
from registration.store.reading.meetings import find_meeting_source
from registration.store.tables.accounts import DbStaff

#: The accounts of a try: address, role, name.
STAFF = (
    ("administrator@example.org", Role.ADMINISTRATOR, "Demonstration administrator"),
    ("reviewer@example.org", Role.REVIEWER, "Demonstration reviewer"),
)


class CommandFailed(Exception):
    """A command that makes something ready has failed; the message is what it said."""


def prepare(database_url: str, root: Path, environ: Mapping[str, str]) -> list[str]:
    """Make ready what is missing, and return what the commands said. root: of the project.

    Raises CommandFailed.
    """
    upgrade(database_url)
    return [_flask(arguments, root, environ) for arguments in _list_missing(database_url, root)]


def _list_missing(database_url: str, root: Path) -> list[list[str]]:
    """Return the `flask` commands that make what is not there yet."""
    database = Database(database_url)
    with database.reading() as session:
        commands = [
            ["meeting", "load", str(path), "--roll-forward"]
            for path in sorted((root / "meetings").glob("*.toml"))
            if find_meeting_source(session, MeetingId(path.stem)) is None
        ]
        known = set(session.scalars(select(DbStaff.email)))
        commands += [
            ["staff", "add", email, "--name", name, "--role", role.value, "--language", "en"]
            for email, role, name in STAFF
            if email not in known
        ]
    database.dispose()
    return commands


def _flask(arguments: list[str], root: Path, environ: Mapping[str, str]) -> str:
    # As an operator would: the commands stand below the site, which they are part of.
    result = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=root,
        env=dict(environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise CommandFailed(f"flask {' '.join(arguments)} failed:\n{result.stderr}")
    return result.stdout
