"""Databases with the schema in them: migrated once in a process of tests, then copied."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from registration.store.migrations import upgrade
from tests.engines import PostgreSQL


class Schemas:
    """Copies are some thirty times quicker than migrations."""

    def __init__(self, folder: Path) -> None:
        self._sqlite = folder / "template.sqlite"
        self._postgresql: str | None = None

    def new_sqlite(self, path: Path) -> str:
        """Return the URL of a new database at the path."""
        if not self._sqlite.exists():
            upgrade(f"sqlite:///{self._sqlite}")
        with (
            closing(sqlite3.connect(self._sqlite)) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)
        return f"sqlite:///{path}"

    def new_postgresql(self, server: PostgreSQL) -> str:
        """Return the URL of a new database of the server."""
        if self._postgresql is None:
            url = server.make_database()
            upgrade(url)
            self._postgresql = make_url(url).database
        assert self._postgresql is not None
        return server.make_database(template=self._postgresql)
