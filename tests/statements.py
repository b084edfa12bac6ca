"""Statements compiled once in a process of tests, as a site compiles them once in its life.

Each test opens engines of its own, and each of them compiled every statement anew: a seventh of a
test of the registrar. SQLAlchemy keeps what it compiled by engine, under the engine's dialect; here
both are those of the first engine of its kind. A dialect knows the kind of server, not which one.
"""

from typing import Any

from sqlalchemy import Connection

# By the names of dialect and driver: a dialect, and what was compiled for it.
_first: dict[tuple[str, str], tuple[Any, Any]] = {}
_KNOWN = "tests.statements"


def share_statements(connection: Connection) -> None:
    """Give an engine that has just connected for the first time what the first of its kind has."""
    engine = connection.engine
    if _KNOWN in engine.__dict__:
        return
    engine.__dict__[_KNOWN] = True
    kind = (engine.dialect.name, engine.dialect.driver)
    # Not before: a dialect is asked how its server is when it connects first.
    dialect, compiled = _first.setdefault(kind, (engine.dialect, engine._compiled_cache))
    engine.dialect = connection.dialect = dialect
    engine._compiled_cache = compiled
