"""Holding a database against the schema, on both engines."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import text

from registration.store.database import Database
from registration.store.migrations import find_revisions
from registration.store.soundness import list_faults


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


def test_new_database_is_sound_and_at_the_newest_revision(database: Database) -> None:
    found, newest = find_revisions(database.engine)

    assert newest is not None
    assert found == newest
    assert _list_faults(database) == []


def test_database_without_a_schema_has_no_revision(empty_database_url: str) -> None:
    database = Database(empty_database_url)

    found, newest = find_revisions(database.engine)
    database.dispose()

    assert found is None
    assert newest is not None


def test_index_that_was_taken_away_is_noticed(database: Database) -> None:
    with database.writer.begin() as connection:
        connection.execute(text("DROP INDEX uq_registration_live_person"))

    assert _list_faults(database) == ["The constraint uq_registration_live_person is missing."]


def test_constraint_never_held_against_the_rows_is_noticed(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    name = "ck_registration_version"
    with database.writer.begin() as connection:
        connection.execute(text(f"ALTER TABLE registration DROP CONSTRAINT {name}"))
        connection.execute(
            text(f"ALTER TABLE registration ADD CONSTRAINT {name} CHECK (version >= 1) NOT VALID")
        )

    faults = _list_faults(database)

    database.dispose()
    assert faults == [f"The constraint {name} was never held against the rows."]


def test_row_that_points_nowhere_is_noticed_on_sqlite(sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as careless:
        careless.execute("INSERT INTO seat (delegation_id, number) VALUES (77, 1)")
        careless.commit()
    database = Database(sqlite_url)

    faults = _list_faults(database)

    database.dispose()
    assert faults == ["A row of seat points at a row of delegation that is not there."]


def _list_faults(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return list_faults(connection)
