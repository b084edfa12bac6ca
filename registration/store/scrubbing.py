"""Taking what was deleted out of the database's own files.

A row that was changed or deleted is not gone from the disk. On SQLite `secure_delete` overwrites
freed bytes, but pages that were put in order anew may keep some, and the write-ahead log holds
whole old pages until it is cut off. On PostgreSQL a dead row stays in its page until the table is
written anew, and the statistics hold samples of its values; the server's own log is its operator's.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, String
from sqlalchemy.exc import OperationalError

from registration.store.database import Database
from registration.store.personal import DELETED
from registration.store.tables import Base

# A table is written anew in milliseconds; whoever reads it for longer than this makes us come back.
_LOCK_SECONDS = 10

_OWNS = "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"


def scrub(database: Database, tables: Iterable[str]) -> None:
    """Write the tables anew, so that the database's files hold nothing of what was deleted.

    tables: those that the erasure touched. Takes each table's lock for that moment on PostgreSQL,
    the writers' line on SQLite. Raises OperationalError where somebody holds on to the old pages
    for too long: who calls this comes again.
    """
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    if database.is_sqlite:
        with database.in_line(), engine.connect() as connection:
            _scrub_sqlite(connection)
        return
    with engine.connect() as connection:
        _scrub_postgresql(connection, tables)


def _scrub_sqlite(connection: Connection) -> None:
    # The copy that VACUUM makes stays in memory: no temporary file outside of DATA_DIR.
    connection.exec_driver_sql("PRAGMA temp_store=MEMORY")
    connection.exec_driver_sql("VACUUM")
    busy, _pages, _moved = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if busy:
        raise OperationalError("cutting off the log", None, TimeoutError("database is read"))


def may_scrub(connection: Connection) -> bool:
    """Return whether the account may write everything anew: on PostgreSQL it must own the database,
    else VACUUM only warns and leaves the samples as they are."""
    if connection.dialect.name == "sqlite":
        return True
    return bool(connection.exec_driver_sql(_OWNS).scalar())


def _scrub_postgresql(connection: Connection, tables: Iterable[str]) -> None:
    if not may_scrub(connection):
        raise OperationalError("writing tables anew", None, PermissionError("not the owner"))
    connection.exec_driver_sql(f"SET lock_timeout = '{_LOCK_SECONDS}s'")
    try:
        for table in sorted(tables):
            if table in DELETED:
                _forget_samples(connection, table)
            connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table}"')
        # The old samples are left behind as dead rows of their own.
        connection.exec_driver_sql("VACUUM (FULL) pg_catalog.pg_statistic")
    finally:
        connection.exec_driver_sql("RESET lock_timeout")


def _forget_samples(connection: Connection, table: str) -> None:
    """Drop the samples of the table's texts: ANALYZE leaves those of a table that is empty now.

    A column that is given the type it has loses them, and nothing else happens to it.
    """
    columns = Base.metadata.tables[table].columns
    texts = [each.name for each in columns if isinstance(each.type, String)]
    if texts:
        changes = ", ".join(f'ALTER COLUMN "{name}" TYPE VARCHAR' for name in texts)
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {changes}')
