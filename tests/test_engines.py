"""The PostgreSQL server of the tests."""

import subprocess
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.engines import PostgreSQL, run_postgresql


def test_each_database_is_new_and_of_a_current_version(postgresql: PostgreSQL) -> None:
    first, second = postgresql.make_database(), postgresql.make_database()

    _execute(first, "CREATE TABLE only_here (id int)")

    assert _execute(first, "SELECT count(*) FROM only_here") == 0
    with pytest.raises(Exception, match="only_here"):
        _execute(second, "SELECT count(*) FROM only_here")
    assert _execute(second, "SHOW server_version") >= "18"


def test_server_stops_though_a_client_is_still_there() -> None:
    with run_postgresql() as server:
        client = psycopg.connect(server.url("postgres").replace("+psycopg", ""))

    assert not server.is_up()
    client.close()


def test_programs_are_copied_where_their_user_cannot_reach_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = subprocess.run

    def refuse_the_first(command: list[Any], **options: Any) -> Any:
        if command[1:] == ["--version"]:
            raise PermissionError
        return real(command, **options)

    monkeypatch.setattr(subprocess, "run", refuse_the_first)

    with run_postgresql() as server:
        assert server.is_up()


def _execute(url: str, sql: str) -> Any:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(sql))
            return result.scalar() if result.returns_rows else None
    finally:
        engine.dispose()
