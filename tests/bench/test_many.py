"""Work on a thousand entries: how long it takes, and that memory does not grow with it.

Each runs in a process of its own, whose peak memory is read on the way; read the growth from 100 to
1,000, for machines differ.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from config import Settings
from registration.app import open_office
from registration.domain.batches import Batch, BatchKind, BatchStatus
from registration.domain.registrations import Registration
from registration.letters.attendance import draw_certificates
from registration.letters.badges import compose_badge, draw_badges
from registration.registrar import batching
from registration.registrar.batching import Hands, work_on_due
from registration.registrar.doing import do_part
from registration.store import reading
from tests.bench.test_costs import fill
from tests.builders import RCM, make_meeting, make_particulars, make_registration
from tests.offices import REVIEWER
from tests.sites import Site

MANY = 1000
MARKS = (100, 500, 1000)


def test_bulk_of_approvals(benchmark: BenchmarkFixture, site: Site) -> None:
    """A thousand letters drawn, sealed, locked and written, with two mails each; watched from a
    second connection while it runs."""
    batch, seen = _ask(site, fill(site, MANY)), set[int]()

    def approve() -> dict[int, int]:
        return _run(_approve, site.settings, watch=lambda: seen.add(_count(site, batch)))

    peaks = benchmark.pedantic(approve, rounds=1)

    after = _find(site, batch)
    benchmark.extra_info |= {
        "peak_mb": peaks,
        "growth_100_to_1000": round(peaks[1000] / peaks[100], 2),
        "counts_seen": len(seen),
    }
    assert (after.status, after.done) == (BatchStatus.DONE, MANY)
    # Progress is committed entry by entry, so whoever looks sees it move.
    assert len(seen) > 10
    assert peaks[1000] < 1.25 * peaks[100]


@pytest.mark.parametrize("kind", ["badges", "certificates"])
def test_paper_for_a_thousand(benchmark: BenchmarkFixture, tmp_path: Path, kind: str) -> None:
    """One file for all, at 100, 500 and 1,000."""

    def draw() -> dict[int, int]:
        return {count: _run(_draw, kind, count, str(tmp_path / "paper.pdf")) for count in MARKS}

    peaks = benchmark.pedantic(draw, rounds=1)

    size = (tmp_path / "paper.pdf").stat().st_size
    benchmark.extra_info |= {"peak_mb_and_seconds": peaks, "megabytes": round(size / 1e6, 1)}
    assert size < 30_000_000


def _approve(put: Callable[[Any], None], settings: Settings) -> None:
    """Work as the worker does; note this process's peak memory at each mark."""
    office = open_office(settings)
    peaks: dict[int, int] = {}

    def do(hands: Hands) -> None:
        do_part(hands)
        with office.database.reading() as session:
            batch = reading.find_batch(session, hands.batch.id)
        assert batch is not None
        for mark in MARKS:
            if batch.done >= mark:
                peaks.setdefault(mark, _peak())

    while work_on_due(office, lambda: datetime.now(UTC), do):
        pass
    put(peaks)


def _draw(put: Callable[[Any], None], kind: str, count: int, path: str) -> None:
    meeting, people = make_meeting(), [_person(number) for number in range(count)]
    began = time.monotonic()
    if kind == "badges":
        address = (
            "https://registration.example.org/es/secretariat/door/{}-7K2M4QXZ7K2M4QXZ7K2M4QXZ7K"
        )
        badges = (
            compose_badge(meeting, each, address.format(each.reference), ("es", "en"))
            for each in people
        )
        data = draw_badges(meeting, badges, ("es", "en"), date(2022, 3, 20))
    else:
        data = draw_certificates(meeting, people)
    Path(path).write_bytes(data)
    put((_peak(), round(time.monotonic() - began, 1)))


def _run(
    target: Callable[..., None], *arguments: object, watch: Callable[[], object] = bool
) -> Any:  # whatever the process puts
    """Run the function in a new process and return what it puts; `watch` is called meanwhile."""
    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    process = context.Process(target=target, args=(queue.put, *arguments))
    process.start()
    while process.is_alive() and queue.empty():
        watch()
        time.sleep(0.1)
    answer = queue.get()
    process.join()
    return answer


def _peak() -> int:
    """Return the peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _person(number: int) -> Registration:
    person = make_particulars(surnames=f"Morales Vargas {number:04}")
    return make_registration(person, reference=f"RCM-{number:08}", number=number + 1)


def _ask(site: Site, entries: list[Registration]) -> Batch:
    asked = batching.ask(
        site.office,
        id=uuid4(),
        meeting_id=RCM,
        kind=BatchKind.APPROVE,
        chosen=[(each.id, each.version) for each in entries],
        by=REVIEWER,
        arrived_at=datetime.now(UTC),
    )
    assert isinstance(asked, Batch)
    return asked


def _find(site: Site, batch: Batch) -> Batch:
    with site.office.database.reading() as session:
        found = reading.find_batch(session, batch.id)
    assert found is not None
    return found


def _count(site: Site, batch: Batch) -> int:
    return _find(site, batch).done
