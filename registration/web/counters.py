"""Counting tries in a table that all processes of the site share (design, part 10, "Limits").

`web.floods` counts in each process for itself; whoever guesses a password meets this table.
"""

import hashlib
import hmac
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import IntegrityError, ProgrammingError

# A table of its own, outside the migrations: it may lie in another file or database than the
# registrations, and nothing is lost with it but the counts of the last hour.
_TABLE = Table(
    "limit_counter",
    MetaData(),
    Column("key", String, primary_key=True),
    Column("used", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False, index=True),
)

# One statement: read, decide and write cannot be parted by another process.
_COUNT = text(
    "INSERT INTO limit_counter (key, used, ends_at) VALUES (:key, 1, :ends_at) "
    "ON CONFLICT (key) DO UPDATE SET "
    "used = CASE WHEN limit_counter.ends_at <= :now THEN 1 ELSE limit_counter.used + 1 END, "
    "ends_at = CASE WHEN limit_counter.ends_at <= :now THEN :ends_at "
    "ELSE limit_counter.ends_at END "
    "RETURNING used, ends_at"
)
_READ = text("SELECT used, ends_at FROM limit_counter WHERE key = :key AND ends_at > :now")
_FORGET = text("DELETE FROM limit_counter WHERE key = :key")
_SWEEP = text("DELETE FROM limit_counter WHERE ends_at <= :now")


@dataclass(frozen=True)
class Limit:
    """How often something may be tried. seconds: from the first try until all are forgotten."""

    name: str
    times: int
    seconds: int


class Counters:
    """The counts. Who is counted is kept as an HMAC: the table holds no address and no name."""

    def __init__(self, url: str, key: bytes, *, enabled: bool = True) -> None:
        """url: "sqlite:///file" or "postgresql://...". Raises ValueError for another kind."""
        if not url.startswith(("sqlite", "postgresql")):
            raise ValueError("LIMITS_URL must begin with sqlite:/// or postgresql://.")
        self._key = key
        self._enabled = enabled
        self._engine = _make_engine(url)
        if enabled:
            self._make_table()

    def count(self, limit: Limit, subject: str, *, now: datetime) -> int | None:
        """Count one try. Return None if it may be made, else the seconds to wait.

        subject: who tries or what is tried: an address of the network, an account.
        """
        if not self._enabled:
            return None
        at = int(now.timestamp())
        values = {"key": self._name(limit, subject), "now": at, "ends_at": at + limit.seconds}
        with self._engine.begin() as connection:
            used, ends_at = connection.execute(_COUNT, values).one()
        return max(1, ends_at - at) if used > limit.times else None

    def wait(self, limit: Limit, subject: str, *, now: datetime) -> int | None:
        """Return the seconds to wait, or None if a try is left. Counts nothing."""
        if not self._enabled:
            return None
        at = int(now.timestamp())
        with self._engine.connect() as connection:
            row = connection.execute(
                _READ, {"key": self._name(limit, subject), "now": at}
            ).one_or_none()
        return max(1, row.ends_at - at) if row and row.used >= limit.times else None

    def forget(self, limit: Limit, subject: str) -> None:
        """Set the count back: whoever has shown the password begins anew."""
        if self._enabled:
            with self._engine.begin() as connection:
                connection.execute(_FORGET, {"key": self._name(limit, subject)})

    def sweep(self, *, now: datetime) -> int:
        """Delete the counts that are over and return how many there were."""
        if not self._enabled:
            return 0
        with self._engine.begin() as connection:
            return int(connection.execute(_SWEEP, {"now": int(now.timestamp())}).rowcount)

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _name(self, limit: Limit, subject: str) -> str:
        digest = hmac.new(self._key, f"{limit.name}|{subject}".encode(), hashlib.sha256)
        return digest.hexdigest()

    def _make_table(self) -> None:
        """Make the table. Two processes that start at once may both try: one is told so."""
        try:
            _TABLE.metadata.create_all(self._engine)
        except (IntegrityError, ProgrammingError):
            _TABLE.metadata.create_all(self._engine)


def _make_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def count_without_waiting_for_the_disk(connection: sqlite3.Connection, _record: object) -> None:
        # A count lost with the power is no loss; a sync for each try would be one.
        connection.execute("PRAGMA synchronous=OFF")

    return engine
