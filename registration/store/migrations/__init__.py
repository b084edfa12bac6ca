"""The schema's history. `upgrade` brings any database to the newest revision."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event

from registration.store.database import make_writer


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at the address to the revision. Safe to run at every start."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Take the database back to an earlier revision ("base": nothing left)."""
    _run(url, lambda config: command.downgrade(config, revision))


def make_config(engine: Engine) -> Config:
    """Return Alembic's settings for this package, on the engine's database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engine
    return config


def _run(url: str, work: Callable[[Config], None]) -> None:
    # SQLite's writer holds the lock from the first statement: two starts at once migrate in turn.
    engine = make_writer(url) if url.startswith("sqlite") else create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_keys_alone)
    try:
        work(make_config(engine))
    finally:
        engine.dispose()


def _leave_keys_alone(connection: sqlite3.Connection, _record: object) -> None:
    """SQLite changes a CHECK by making the table anew: the rows that point at it must not mind."""
    connection.execute("PRAGMA foreign_keys=OFF")


def find_revisions(engine: Engine) -> tuple[str | None, str | None]:
    """Return the database's revision (None: it has no schema) and the newest one."""
    newest = ScriptDirectory.from_config(make_config(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), newest
