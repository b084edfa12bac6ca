"""The floor of a page: a bare Flask handler that reads the same rows with one query and writes as
many bytes through one template. It knows nobody, speaks no language and checks nothing.

The query is the page's own, as it was sent to the database: the one that brought the most rows, or
all of them where the page is made of several counts. The template writes every cell of every row,
escaped, each row as long as a row of the page.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event

from tests.sites import Site

_TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1><table>
{% for row in rows %}<tr>{% for cell in row if cell is not none %}<td>{{ cell }}</td>{% endfor %}
{{ filling }}</tr>
{% endfor %}</table>{{ rest }}</body></html>"""
#: Who is signed in, and the file of the meeting: no rows of the page, and none of its floor.
_OF_EVERY_PAGE = re.compile(r"\bFROM (staff|meeting)\b")
#: Pairs of visits that are timed, page and floor in turn.
VISITS = 40


@dataclass(frozen=True)
class DeskPage:
    """A page to measure. reads_all: whether its floor reads every query of it, and not only the one
    with the most rows (for pages made of counts). most: so many times the floor it may cost."""

    name: str
    path: str
    reads_all: bool = False
    most: float = 2.0


@dataclass(frozen=True)
class Asked:
    """One query of a page, as the driver was given it, and how many rows it brought."""

    statement: str
    parameters: Any
    rows: int


@dataclass(frozen=True)
class Measured:
    """What a visit costs, in milliseconds, the median of many. size: bytes of the page."""

    name: str
    page: float
    floor: float
    queries: int
    rows: int
    size: int

    @property
    def ratio(self) -> float:
        return self.page / self.floor

    def __str__(self) -> str:
        return (
            f"{self.name:34} {self.page:7.2f} ms, floor {self.floor:6.2f} ms, ratio "
            f"{self.ratio:5.2f}; {self.queries} queries, {self.rows} rows, {self.size // 1000} kB"
        )


def measure(site: Site, client: FlaskClient, page: DeskPage) -> Measured:
    """Visit page and floor in turn and return the medians."""
    with watching(site) as asked:
        answer = client.get(page.path)
    assert answer.status_code == 200, f"{page.path}: {answer.status_code}"
    size = len(answer.data)
    chosen = list(asked) if page.reads_all else [max(asked, key=lambda each: each.rows)]
    floor = make_floor(site, chosen, size).test_client()
    assert len(floor.get("/").data) > size - 200, "the floor writes less than the page"
    times = interleave([lambda: client.get(page.path), lambda: floor.get("/")], VISITS)
    rows = sum(each.rows for each in chosen)
    return Measured(page.name, times[0], times[1], len(asked), rows, size)


def make_floor(site: Site, asked: list[Asked], size: int) -> Flask:
    """Return the bare site with its one page."""
    app = Flask("floor")
    engine = create_engine(site.settings.database_url)

    def read() -> list[Any]:
        with engine.connect() as connection:
            return [
                row
                for each in asked
                for row in connection.exec_driver_sql(each.statement, each.parameters)
            ]

    template, rows = app.jinja_env.from_string(_TEMPLATE), read()
    with app.app_context():
        bare = render_template(template, title="Floor", rows=rows, filling="", rest="")
    missing = max(size - len(bare.encode()), 0)
    filling = "x" * (missing // max(len(rows), 1))
    rest = "x" * (missing - len(filling) * len(rows))

    @app.get("/")
    def page() -> str:
        return render_template(template, title="Floor", rows=read(), filling=filling, rest=rest)

    return app


def interleave(visits: list[Callable[[], object]], number: int) -> list[float]:
    """Return the median of each visit in milliseconds, made in turn so that all meet the same
    machine. The first few warm it."""
    times: list[list[float]] = [[] for _ in visits]
    for turn in range(number + 3):
        for at, visit in enumerate(visits):
            began = time.process_time()
            visit()
            if turn >= 3:
                times[at].append((time.process_time() - began) * 1000)
    return [median(each) for each in times]


@contextmanager
def watching(site: Site) -> Iterator[list[Asked]]:
    """Collect the queries that the site asks."""
    asked: list[Asked] = []
    path = site.settings.database_url.removeprefix("sqlite:///")
    connection = sqlite3.connect(path)

    def note(*arguments: Any) -> None:  # the driver's own
        _, _, statement, parameters, *_ = arguments
        if statement.startswith("SELECT") and not _OF_EVERY_PAGE.search(statement):
            rows = len(connection.execute(statement, parameters).fetchall())
            asked.append(Asked(statement, parameters, rows))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        connection.close()
