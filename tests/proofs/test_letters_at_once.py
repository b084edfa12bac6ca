"""Letters drawn by eight threads that take turns all the time: each is what one thread draws."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest

from registration.domain.registrations import Registration
from registration.letters.paper import draw_letter
from registration.letters.record import draw_record
from tests.builders import make_particulars, make_registration
from tests.letters.samples import make_evidence, make_letter, make_record

THREADS = 8
ROUNDS = 40


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    """Threads that take turns five hundred times as often as they do."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(interval / 500)
    yield
    sys.setswitchinterval(interval)


def test_papers_drawn_at_once_are_the_bytes_that_one_thread_draws(hurried_threads: None) -> None:
    people = [_make_person(number) for number in range(THREADS)]
    letters = [make_letter(each) for each in people]
    # Without the annex: more letters in the same time.
    letters = [replace(each, agenda=replace(each.agenda, days=())) for each in letters]
    records = [make_record(make_evidence(), each) for each in people]
    expected = [draw_letter(each) for each in letters] + [draw_record(each) for each in records]
    work = [
        *(partial(draw_letter, each) for each in letters),
        *(partial(draw_record, each) for each in records),
    ]

    with ThreadPoolExecutor(THREADS) as threads:
        drawn = list(threads.map(_draw, work * ROUNDS))

    wrong = sum(one != other for one, other in zip(drawn, expected * ROUNDS, strict=True))
    print(f"\n{len(drawn)} papers drawn by {THREADS} threads at once: {wrong} wrong")
    assert wrong == 0


def _draw(draw: Callable[[], bytes]) -> bytes | str:
    """Return the paper, or what was raised: a lost paper is counted like a wrong one."""
    try:
        return draw()
    except Exception as fault:  # noqa: BLE001  # whatever ReportLab raises
        return repr(fault)


def _make_person(number: int) -> Registration:
    """Return an entry whose name has letters that no other person's has."""
    letters = "".join(map(chr, range(0xC0 + 16 * number, 0x17F)))[:100]
    return make_registration(make_particulars(given_names=letters))
