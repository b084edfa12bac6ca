"""Floods: too many requests of one source within a minute are refused, and nobody else's."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from registration.web.floods import Floods
from tests.sites import Site

#: When a minute of the clock begins.
MINUTE = 600.0
#: Requests of one thread: enough for two of them to meet within one count.
MANY = 5_000


def test_request_over_the_number_waits_for_the_next_minute() -> None:
    floods, at = Floods(3), MINUTE + 20

    answers = [floods.count("a", now=at) for _ in range(4)]

    assert answers == [None, None, None, 40]
    assert floods.count("a", now=MINUTE + 60) is None


def test_each_source_is_counted_apart() -> None:
    floods = Floods(1)
    floods.count("a", now=MINUTE)

    assert floods.count("b", now=MINUTE) is None
    assert floods.count("a", now=MINUTE) == 60


def test_memory_holds_the_sources_of_one_minute() -> None:
    floods = Floods(3)
    for number in range(100):
        floods.count(str(number), now=MINUTE)

    floods.count("a", now=MINUTE + 60)

    assert floods._counts == {"a": 1}


def test_no_request_of_many_at_once_goes_uncounted() -> None:
    floods, turn, start = Floods(1_000_000), sys.getswitchinterval(), Barrier(8)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: _count_many(floods, start), range(8)))
    finally:
        sys.setswitchinterval(turn)

    assert floods._counts == {"a": 8 * MANY}


def test_site_answers_a_flood_with_429_and_when_to_come_again(site: Site) -> None:
    site.app.extensions["floods"] = Floods(1)
    browser, other = site.app.test_client(), site.app.test_client()
    browser.get("/en/")

    refused = browser.get("/en/")

    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert browser.get("/static/mark.svg").status_code == 200
    assert other.get("/en/", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


class _Source(str):
    """A source whose hash is of Python: between reading its number and writing the next one another
    thread may go on."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(str(self))


def _count_many(floods: Floods, start: Barrier) -> None:
    start.wait()
    source = _Source("a")
    for _ in range(MANY):
        floods.count(source, now=MINUTE)
