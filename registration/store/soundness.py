"""Is the database as the schema says: every constraint there, and every row within them?

A copy made carelessly, or a connection that forgot to ask SQLite for foreign keys, can leave rows
that the schema would refuse today.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from registration.store.tables import Base


def list_faults(connection: Connection) -> list[str]:
    """Return what is wrong, a sentence each; an empty list when all is well."""
    faults = [f"The constraint {name} is missing." for name in sorted(_list_missing(connection))]
    if connection.dialect.name == "sqlite":
        return faults + list(_list_broken_keys(connection))
    query = text("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname")
    unproved = connection.scalars(query)
    return faults + [f"The constraint {name} was never held against the rows." for name in unproved]


def _list_missing(connection: Connection) -> set[str]:
    seen = inspect(connection)
    tables = seen.get_table_names()
    there = {
        each["name"]
        for table in tables
        for each in (
            *seen.get_unique_constraints(table),
            *seen.get_check_constraints(table),
            *seen.get_foreign_keys(table),
            *seen.get_indexes(table),
            seen.get_pk_constraint(table),
        )
    }
    tables_wanted = Base.metadata.sorted_tables
    wanted = {str(each.name) for table in tables_wanted for each in table.constraints}
    wanted |= {str(each.name) for table in tables_wanted for each in table.indexes}
    return wanted - there


def _list_broken_keys(connection: Connection) -> Iterator[str]:
    if connection.exec_driver_sql("PRAGMA foreign_keys").scalar() != 1:
        yield "This connection does not hold foreign keys."
    for table, _row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"A row of {table} points at a row of {parent} that is not there."
    answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if answer != "ok":
        yield f"The file is damaged: {answer}."
