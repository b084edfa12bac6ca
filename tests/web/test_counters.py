"""Counting tries: by limit and subject, for a time, in all processes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from registration.web.counters import Counters, Limit

NOW = datetime(2022, 2, 14, 12, tzinfo=UTC)
THREE = Limit("three", times=3, seconds=600)
OTHER = Limit("other", times=3, seconds=600)


@pytest.fixture
def counters(database_url: str) -> Iterator[Counters]:
    counters = Counters(database_url, b"key")
    yield counters
    counters.dispose()


def test_tries_within_the_limit_may_be_made(counters: Counters) -> None:
    assert [counters.count(THREE, "a", now=NOW) for _ in range(3)] == [None, None, None]


def test_try_over_the_limit_waits_until_the_first_is_forgotten(counters: Counters) -> None:
    for _ in range(3):
        counters.count(THREE, "a", now=NOW)

    assert counters.count(THREE, "a", now=NOW + timedelta(seconds=200)) == 400


def test_tries_begin_anew_after_the_time(counters: Counters) -> None:
    for _ in range(9):
        counters.count(THREE, "a", now=NOW)

    assert counters.count(THREE, "a", now=NOW + timedelta(seconds=600)) is None


def test_each_subject_and_each_limit_is_counted_apart(counters: Counters) -> None:
    for _ in range(3):
        counters.count(THREE, "a", now=NOW)

    assert counters.count(THREE, "b", now=NOW) is None
    assert counters.count(OTHER, "a", now=NOW) is None
    assert counters.count(THREE, "a", now=NOW) is not None


def test_asking_how_long_to_wait_counts_nothing(counters: Counters) -> None:
    for _ in range(2):
        counters.count(THREE, "a", now=NOW)

    waits = [counters.wait(THREE, "a", now=NOW) for _ in range(5)]

    assert waits == [None] * 5
    assert counters.count(THREE, "a", now=NOW) is None
    assert counters.wait(THREE, "a", now=NOW) == 600


def test_forgotten_subject_begins_anew(counters: Counters) -> None:
    for _ in range(3):
        counters.count(THREE, "a", now=NOW)

    counters.forget(THREE, "a")

    assert counters.count(THREE, "a", now=NOW) is None


def test_tries_at_the_same_instant_are_all_counted(counters: Counters) -> None:
    limit = Limit("many", times=25, seconds=600)
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: counters.count(limit, "a", now=NOW), range(40)))

    assert waits.count(None) == 25


def test_processes_share_the_counts(tmp_path: Path) -> None:
    one = Counters(f"sqlite:///{tmp_path / 'limits.sqlite'}", b"key")
    other = Counters(f"sqlite:///{tmp_path / 'limits.sqlite'}", b"key")
    for _ in range(3):
        one.count(THREE, "a", now=NOW)

    assert other.count(THREE, "a", now=NOW) == 600
    one.dispose()
    other.dispose()


def test_table_holds_no_address_and_no_name(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'limits.sqlite'}"
    counters = Counters(url, b"key")
    counters.count(THREE, "luisa@example.org", now=NOW)
    counters.dispose()

    engine = create_engine(url)
    with engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM limit_counter")).all())
    engine.dispose()

    assert "luisa" not in kept


def test_sweep_deletes_what_is_over(counters: Counters) -> None:
    counters.count(THREE, "a", now=NOW)
    counters.count(THREE, "b", now=NOW + timedelta(seconds=300))

    assert counters.sweep(now=NOW + timedelta(seconds=700)) == 1


def test_without_limits_nothing_is_counted(tmp_path: Path) -> None:
    counters = Counters(f"sqlite:///{tmp_path / 'limits.sqlite'}", b"key", enabled=False)

    assert [counters.count(THREE, "a", now=NOW) for _ in range(9)] == [None] * 9
    counters.dispose()


def test_a_kind_of_store_that_cannot_count_is_refused() -> None:
    with pytest.raises(ValueError, match="LIMITS_URL"):
        Counters("redis://localhost", b"key")
