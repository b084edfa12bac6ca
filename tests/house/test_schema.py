"""The schema that migrations make and the one that the models make are the same, on both engines.

Alembic's own comparison sees neither CHECKs nor the conditions of partial indexes: here everything
the database itself tells of its tables is compared.
"""

from typing import Any

from sqlalchemy import Connection, create_engine, inspect, text

from registration.store.migrations import downgrade, upgrade
from registration.store.tables import Base


def test_migrations_and_models_make_the_same_schema(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    migrated = _describe(empty_database_url)
    downgrade(empty_database_url, "base")
    assert set(_describe(empty_database_url)) <= {"alembic_version"}

    _make_from_models(empty_database_url)
    modelled = _describe(empty_database_url)

    migrated.pop("alembic_version")
    modelled.pop("alembic_version", None)
    assert migrated == modelled
    assert set(modelled) == {table.name for table in Base.metadata.sorted_tables}


def test_every_constraint_has_a_name(database_url: str) -> None:
    for table, facts in _describe(database_url).items():
        for kind in ("uniques", "checks", "foreign_keys", "indexes"):
            assert all(facts[kind]), f"{table}: a constraint of its {kind} has no name"


def test_comparison_sees_a_condition_and_a_check(database_url: str) -> None:
    """What Alembic does not see, this comparison must: it is shown a changed condition."""
    before = _describe(database_url)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX uq_registration_live_person"))
        connection.execute(
            text(
                "CREATE UNIQUE INDEX uq_registration_live_person ON registration"
                " (meeting_id, canonical_email, canonical_name) WHERE state = 'submitted'"
            )
        )
    engine.dispose()

    assert _describe(database_url) != before


def _make_from_models(url: str) -> None:
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


def _describe(url: str) -> dict[str, dict[str, Any]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        seen = inspect(connection)
        tables = {
            table: {
                "columns": {
                    column["name"]: (str(column["type"]), column["nullable"], column["default"])
                    for column in seen.get_columns(table)
                },
                "primary_key": seen.get_pk_constraint(table),
                "uniques": _by_name(seen.get_unique_constraints(table)),
                "checks": _by_name(seen.get_check_constraints(table)),
                "foreign_keys": _by_name(seen.get_foreign_keys(table)),
                "indexes": _indexes(connection, table),
            }
            for table in seen.get_table_names()
        }
    engine.dispose()
    return tables


def _by_name(constraints: Any) -> dict[str, Any]:
    return {each["name"]: dict(each) for each in constraints}


def _indexes(connection: Connection, table: str) -> dict[str, str]:
    """The statements as the database keeps them: conditions included."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table"
    else:
        query = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = :table"
    rows = connection.execute(text(query), {"table": table})
    return {name: " ".join((sql or "").split()) for name, sql in rows}
