"""Databases with the schema in them, and more: made once in a process of tests, then copied."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from registration.store.migrations import upgrade
from tests.engines import PostgreSQL

#: Puts something into a new database with the schema, and closes its connections to it.
Filler = Callable[[str], None]


class Schemas:
    """Copies are some thirty times quicker than migrations, and as much quicker than a meeting that
    is loaded: what `fill` puts into a database is put once into one that is then copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sqlite: dict[Filler, Path] = {}
        self._postgresql: dict[Filler, str] = {}

    def new_sqlite(self, path: Path, fill: Filler | None = None) -> str:
        """Return the URL of a new database at the path. fill: what is in it beside the schema."""
        template = self._find_sqlite(fill)
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
        return f"sqlite:///{path}"

    def new_postgresql(self, server: PostgreSQL, fill: Filler | None = None) -> str:
        """Return the URL of a new database of the server. fill: as above."""
        return server.make_database(template=self._find_postgresql(server, fill))

    def _find_sqlite(self, fill: Filler | None) -> Path:
        key = fill or upgrade
        if key not in self._sqlite:
            path = self._folder / f"{key.__name__}.sqlite"
            if fill is None:
                upgrade(f"sqlite:///{path}")
            else:
                fill(self.new_sqlite(path))
            self._sqlite[key] = path
        return self._sqlite[key]

    def _find_postgresql(self, server: PostgreSQL, fill: Filler | None) -> str:
        key = fill or upgrade
        if key not in self._postgresql:
            if fill is None:
                upgrade(url := server.make_database())
            else:
                fill(url := self.new_postgresql(server))
            self._postgresql[key] = str(make_url(url).database)
        return self._postgresql[key]
