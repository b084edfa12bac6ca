"""Connections: what they set, and what they never tell."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registration.store.database import Database


def test_error_of_a_statement_tells_none_of_its_values(database_url: str) -> None:
    database = Database(database_url)
    query = text("SELECT * FROM registration WHERE no_such_column = :name")

    for engine in (database.engine, database.writer):
        with pytest.raises(DBAPIError) as caught, engine.connect() as connection:
            connection.execute(query, {"name": "Ana Lucía Morales"})
        assert "Morales" not in str(caught.value)
    database.dispose()


def test_sqlite_syncs_each_commit_and_keeps_no_erased_byte(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    for engine in (database.engine, database.writer):
        with engine.connect() as connection:
            found = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            }
        full = 2
        assert found == {
            "journal_mode": "wal",
            "synchronous": full,
            "foreign_keys": 1,
            "secure_delete": 1,
        }
    database.dispose()
