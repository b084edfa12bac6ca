"""The wrapped keys of every column that holds some: for the rotation, and to see that all open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, and_, select

from registration.store import wrapping
from registration.store.database import Database

#: Read at once: 200 rows are 30 kB and, written anew, a transaction of some ten milliseconds.
BATCH = 200


@dataclass(frozen=True)
class WrappedKey:
    """One wrapped key and the row that holds it. id: the row's primary key."""

    id: Any
    wrapped_key: bytes


@dataclass(frozen=True)
class Batch:
    """Some wrapped keys of one column."""

    column: Column[bytes]
    keys: list[WrappedKey]


def list_batches(database: Database) -> Iterator[Batch]:
    """Yield all wrapped keys, column by column, each batch read in a transaction of its own.

    What is written meanwhile may be left out: it was wrapped by the newest key. A key that was
    emptied (of a file that failed) is none.
    """
    for column in wrapping.list_columns():
        [id] = column.table.primary_key.columns
        # An empty one is what is left of a file that failed or was erased.
        is_there = and_(column.is_not(None), column != b"")
        query = select(id, column).where(is_there).order_by(id).limit(BATCH)
        keys = _read(database, query)
        while keys:
            yield Batch(column, keys)
            keys = _read(database, query.where(id > keys[-1].id))


def _read(database: Database, query: Select[Any, bytes]) -> list[WrappedKey]:
    with database.reading() as session:
        return [WrappedKey(id, wrapped_key) for id, wrapped_key in session.execute(query)]
