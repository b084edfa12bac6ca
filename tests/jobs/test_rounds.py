"""What a round of the worker does beside delivering: it seals the history, once a day."""

import logging
from collections.abc import Iterator

import pytest

from registration.jobs import worker
from registration.registrar import auditing
from registration.registrar.office import Office
from registration.store.reading import seals
from tests.offices import Guide, load_meeting, make_office


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    office = make_office(sqlite_url)
    load_meeting(office)
    yield office
    office.database.dispose()


def test_round_seals_the_history_once_and_names_the_line_in_the_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "registration.jobs")
    Guide(office).submit()

    for _ in range(2):
        worker._sweep(office, worker.leave_it)

    with office.database.reading() as session:
        last = seals.find_last_seal(session)
        assert seals.list_sealed_ends(session) == seals.list_ends(session)
    assert last is not None
    assert caplog.messages == [f"history: sealed line 1, {last.hash.hex()}"]
    assert auditing.list_broken_seals(office) == []
