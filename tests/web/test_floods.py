"""Floods: too many requests of one source within a minute are refused, and nobody else's."""

from datetime import UTC, datetime, timedelta

from registration.web.floods import Floods
from tests.sites import Site

NOON = datetime(2022, 2, 14, 12, tzinfo=UTC)


def test_request_over_the_number_waits_for_the_next_minute() -> None:
    floods, at = Floods(3), NOON + timedelta(seconds=20)

    answers = [floods.count("a", now=at) for _ in range(4)]

    assert answers == [None, None, None, 40]
    assert floods.count("a", now=NOON + timedelta(minutes=1)) is None


def test_each_source_is_counted_apart() -> None:
    floods = Floods(1)
    floods.count("a", now=NOON)

    assert floods.count("b", now=NOON) is None
    assert floods.count("a", now=NOON) == 60


def test_clock_set_back_forgets_nobody() -> None:
    floods = Floods(1)
    floods.count("a", now=NOON)

    assert floods.count("a", now=NOON - timedelta(minutes=5)) is not None


def test_memory_holds_the_sources_of_one_minute() -> None:
    floods = Floods(3)
    for number in range(100):
        floods.count(str(number), now=NOON)

    floods.count("a", now=NOON + timedelta(minutes=1))

    assert floods._counts == {"a": 1}


def test_site_answers_a_flood_with_429_and_when_to_come_again(site: Site) -> None:
    site.app.extensions["floods"] = Floods(1)
    browser, other = site.app.test_client(), site.app.test_client()
    browser.get("/en/")

    refused = browser.get("/en/")

    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert browser.get("/static/mark.svg").status_code == 200
    assert other.get("/en/", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200
