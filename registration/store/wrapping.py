"""A wrapped key is written only while the key of the vault that wrapped it is in force.

A rotation wraps every key anew and then says that the old ones may go. A process that was started
before it and still locks with an old one would go on writing rows that nobody opens afterwards. So
whoever writes a wrapped key holds, to the end of the transaction, that its own key is not retired;
and whoever retires a key waits for all who hold that.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, Select, event, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registration.store.tables import Base
from registration.store.tables.keys import DbRetiredKey

#: How the name of a column ends that holds one, in whichever table.
ENDING = "wrapped_key"
# PostgreSQL's lock on nothing but a number; on SQLite writers stand in line anyway.
_LOCK = 20220302


class KeyRetired(Exception):
    """The key with which the process locks was retired by a rotation: start the process anew with
    the VAULT_KEYS of today. Nothing was written."""


def list_columns() -> list[Column[bytes]]:
    """Return every column that holds wrapped keys, by its name ("mail.wrapped_key")."""
    columns = [column for table in Base.metadata.tables.values() for column in table.c]
    return sorted((each for each in columns if each.name.endswith(ENDING)), key=str)


def guard(engine: Engine, locking_key: str) -> None:
    """Let the engine refuse (KeyRetired) to write a wrapped key once `locking_key` is retired.

    locking_key: the fingerprint of the key with which this process locks.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def hold(connection: Connection, *arguments: Any) -> None:  # noqa: ANN401  # SQLAlchemy's own
        if _writes_wrapped_key(arguments[3]):
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock_shared(:n)"), {"n": _LOCK})
            if connection.scalar(_query(locking_key)) is not None:
                raise KeyRetired("This process locks with a key of VAULT_KEYS that was retired.")


def is_retired(session: Session, fingerprint: str) -> bool:
    """Return whether a rotation has retired the key."""
    return session.scalar(_query(fingerprint)) is not None


def retire(session: Session, fingerprint: str, *, at: datetime) -> None:
    """Retire the key; whoever wrote with it has committed, and nobody writes with it again."""
    values = {"fingerprint": fingerprint, "retired_at_utc": at}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
        session.execute(postgresql.insert(DbRetiredKey).values(values).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(DbRetiredKey).values(values).on_conflict_do_nothing())


def _query(fingerprint: str) -> Select[str]:
    return select(DbRetiredKey.fingerprint).where(DbRetiredKey.fingerprint == fingerprint)


def _writes_wrapped_key(context: Any) -> bool:  # noqa: ANN401  # an engine's own
    """Return whether the statement puts bytes into such a column; emptying one locks nothing."""
    if not (context.isinsert or context.isupdate):
        return False
    return any(
        ENDING in name and value is not None
        for values in context.compiled_parameters
        for name, value in values.items()
    )
