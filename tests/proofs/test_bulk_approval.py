"""200 approvals in a row on SQLite while four others write: nobody is locked out, and nobody waits
much longer than without them."""

import multiprocessing
import statistics
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event

import pytest

from registration.domain.ids import RegistrationId
from registration.domain.states import State
from registration.registrar import deciding
from registration.registrar.office import CheckYourEmail, Moved, Office
from registration.store import reading
from registration.store.writing import meetings
from tests.builders import RCM
from tests.offices import OPEN_DAY, REVIEWER, Guide, load_meeting, make_office

APPROVALS = 200
WRITERS = 4
WRITES_ALONE = 100
#: The others' p95 under the bulk stays under so many times their p95 alone, in one run.
LIMIT = 100


def test_bulk_of_approvals_locks_nobody_out(
    sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    office = make_office(sqlite_url)
    load_meeting(office)
    entries = _submit(office)

    alone = _write_while(sqlite_url, lambda: None, at_least=WRITES_ALONE)
    approved: list[object] = []
    together = _write_while(sqlite_url, lambda: approved.extend(_approve_all(office, entries)))

    ratio = _p95(together) / _p95(alone)
    with capsys.disabled():
        print(
            f"\n{len(approved)} approvals; {WRITERS} writers: alone {len(alone)} writes, p95"
            f" {_p95(alone) * 1000:.1f} ms; beside the bulk {len(together)} writes, p95"
            f" {_p95(together) * 1000:.1f} ms; ratio {ratio:.1f}"
        )
    assert all(isinstance(each, Moved) for each in approved)
    assert len(approved) == APPROVALS
    assert all(seconds >= 0 for seconds in together)  # a refusal or a fault is counted as -1
    assert len(together) > WRITERS
    assert ratio < LIMIT
    with office.database.reading() as session:
        invited = reading.list_registrations(session, RCM, states=[State.INVITED])
        assert len(invited) == APPROVALS
    office.database.dispose()


def _submit(office: Office) -> list[RegistrationId]:
    """Submit the entries of a delegation without limit."""
    with office.database.writing() as session:
        row = reading.find_delegation(session, RCM, "cr")
        assert row is not None
        meetings.save_delegation(
            session,
            meeting_id=RCM,
            key="cr",
            position=3,
            unlimited=True,
            admission=row.admission,
        )
    guide = Guide(office)
    return [guide.submit("cr").id for _ in range(APPROVALS)]


def _approve_all(office: Office, entries: list[RegistrationId]) -> list[object]:
    return [
        deciding.approve(office, id, version=2, by=REVIEWER, arrived_at=OPEN_DAY) for id in entries
    ]


def _write_while(url: str, work: Callable[[], None], *, at_least: int = 1) -> list[float]:
    """Return how many seconds each write of the others took while the work was done."""
    context = multiprocessing.get_context("fork")
    stop, queue = context.Event(), context.SimpleQueue()
    processes = [
        context.Process(target=_write, args=(url, number, stop, at_least, queue.put))
        for number in range(WRITERS)
    ]
    for process in processes:
        process.start()
    work()
    stop.set()
    times = [seconds for _ in processes for seconds in queue.get()]
    for process in processes:
        process.join()
    return times


def _write(
    url: str, number: int, stop: Event, at_least: int, put: Callable[[list[float]], None]
) -> None:
    """Register people of another delegation, as forms do, until told to stop."""
    office = make_office(url)
    guide = Guide(office, names=[str(number)] * (1 + number * 100_000))
    times: list[float] = []
    while not stop.is_set() or len(times) < at_least:
        application = guide.apply("pa")
        began = time.monotonic()
        try:
            is_taken = guide.register(application) == CheckYourEmail()
        except Exception:  # noqa: BLE001  # whatever a page would answer with 500
            is_taken = False
        times.append(time.monotonic() - began if is_taken else -1)
        time.sleep(0.01)
    office.database.dispose()
    put(times)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
