"""Run by Alembic for each command; the engine comes from `migrations.make_config`."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, text

from registration.store.tables import Base
from registration.store.tables.base import UtcDateTime

# Any number, the same in every process: two starts at once on PostgreSQL migrate in turn.
LOCK = 7_351_902


def run() -> None:
    """Run the migrations in one transaction."""
    engine = context.config.attributes["engine"]
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transaction_per_migration=False,
            render_item=_render_item,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            context.run_migrations()
            _check_keys(connection)


def _check_keys(connection: Connection) -> None:
    """SQLite was told not to mind foreign keys meanwhile: a row that points nowhere undoes all."""
    if connection.dialect.name == "sqlite":
        astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if astray:
            raise RuntimeError(f"{len(astray)} row(s) point nowhere after the migration")


def _render_item(kind: str, item: object, _autogen: object) -> str | Literal[False]:
    """Name our own type in a new revision as the revision imports it."""
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


run()
