"""The worker's round of reading passports."""

import pytest

from registration.jobs import reading
from registration.jobs.queue import Duties, add_tasks, open_queue
from registration.jobs.reading import read_for_a_while
from tests.offices import OPEN_DAY, Guide, make_office
from tests.offices import load_meeting as load


def test_round_is_over_when_its_time_is(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office(sqlite_url)
    load(office)
    entry = Guide(office).submit()
    monkeypatch.setattr(reading, "ROUND_SECONDS", 0)

    assert read_for_a_while(office, lambda: OPEN_DAY, lambda: False) == 0

    assert "file_opened" not in Guide(office).list_events(entry.id)
    office.database.dispose()


def test_worker_without_the_extra_opens_no_passport(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(sqlite_url)
    load(office)
    entry = Guide(office).submit()
    monkeypatch.setattr(reading, "is_installed", lambda: False)

    assert read_for_a_while(office, lambda: OPEN_DAY, lambda: False) == 0

    assert "file_opened" not in Guide(office).list_events(entry.id)
    office.database.dispose()


def test_queue_asks_for_a_round_each_minute() -> None:
    queue = open_queue("memory://")
    heard: list[str] = []
    add_tasks(
        queue,
        Duties(
            lambda: heard.append("deliver"),
            lambda: heard.append("sweep"),
            lambda: heard.append("read"),
        ),
    )

    for task in queue.read_periodic(OPEN_DAY):
        queue.execute(task)

    assert "read" in heard
