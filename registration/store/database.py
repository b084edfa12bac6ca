"""Connections. Pages read through Flask-SQLAlchemy's session; the writer has its own.

No engine tells the values of a statement: a traceback in a log would hold names (T44).

On SQLite a writer begins with BEGIN IMMEDIATE: a transaction that read first and then writes
can be refused whatever the timeout (SQLITE_BUSY), one that asks for the lock at once only waits.
"""

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from registration.store import wrapping

#: Reading in requests, and the accounts of staff (Flask-Security's own writing).
db = SQLAlchemy()

# How long a writer waits for another one, in seconds: far above the longest transaction we make,
# below gunicorn's own patience.
BUSY_SECONDS = 20


class Database:
    """The database of the site for whoever has no request: the registrar, jobs, commands."""

    def __init__(self, url: str, *, locking_key: str | None = None) -> None:
        """url: SQLAlchemy's form, "sqlite:///..." or "postgresql+psycopg://...".

        locking_key: the fingerprint of the key with which this process locks files, if it locks
        any: once it is retired, no row is written that it wrapped the key of (KeyRetired).
        """
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = make_engine(url)
        self.writer = make_writer(url) if self.is_sqlite else self.engine
        if locking_key is not None:
            wrapping.guard(self.writer, locking_key)
        file = self.engine.url.database if self.is_sqlite else None
        self._line = Path(f"{file}.writers") if file else None

    @property
    def is_there(self) -> bool:
        """Whether SQLite's file exists: asking it a question would make one. True elsewhere."""
        file = self.engine.url.database if self.is_sqlite else None
        return file is None or Path(file).exists()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that is never committed."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give the writer's session: one transaction, committed at the end, else rolled back.

        Drawing, locking, storage and network have no place inside: four of twelve writers were
        locked out on SQLite by 80 ms of it.
        """
        with (
            self.in_line(),
            Session(self.writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def in_line(self) -> Iterator[None]:
        """Wait for one's turn among SQLite's writers, first come first served.

        SQLite itself lets those who wait try again at random: of 20,000 writes of 50 processes two
        waited for longer than `BUSY_SECONDS`. The system's lock on a file queues them, and lets go
        of it when a process dies. Raises OperationalError after `BUSY_SECONDS`, as SQLite does.
        """
        if self._line is None:
            yield
            return
        began = time.monotonic()
        with self._line.open("ab") as line:
            fcntl.flock(line, fcntl.LOCK_EX)
            if time.monotonic() - began > BUSY_SECONDS:
                raise OperationalError("waiting to write", None, TimeoutError("database is locked"))
            yield

    def dispose(self) -> None:
        """Close every connection (before a fork, at the end of a test)."""
        self.engine.dispose()
        self.writer.dispose()


def make_engine(url: str) -> Engine:
    """Return an engine for reading (and, on PostgreSQL, for all)."""
    if url.startswith("sqlite"):
        return create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    return create_engine(url, hide_parameters=True, pool_pre_ping=True)


def make_writer(url: str) -> Engine:
    """Return SQLite's engine for writing: each transaction takes the write lock when it begins."""
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@event.listens_for(Engine, "connect")
def _set_pragmas(connection: object, _record: object) -> None:
    """Foreign keys, WAL, a sync for each commit, no erased byte left in free pages (T52, T60)."""
    if not isinstance(connection, sqlite3.Connection):
        return
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
