"""What `make run` finds ready: schema, shipped meetings, accounts of the staff. Made once each."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from registration.cli.several import run_several
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


def prepare(database_url: str, root: Path, environ: Mapping[str, str]) -> list[str]:
    """Make ready what is missing, and return what the commands said. root: of the project.

    Raises CommandFailed.
    """
    upgrade(database_url)
    missing = _list_missing(database_url, root)
    return run_several(missing, root, environ) if missing else []


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
