"""What a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from tests.pages import Pages


def list_queries(pages: Pages, path: str) -> list[str]:
    """Return the queries of the page, so that a failure names the one too many."""
    with watching() as statements:
        pages.get(path)
    return statements


@contextmanager
def watching() -> Iterator[list[str]]:
    """Give a list that fills with what is asked of whichever database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
