"""Whom a request is counted for, with and without a web server before ours."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from config import Settings
from registration.web.limits import UNKNOWN_LINK
from tests.sites import Site, make_site

SECURE = "https://site.example"


@pytest.fixture
def behind(make_settings: Callable[..., Settings], sqlite_url: str) -> FlaskClient:
    """A browser of a site on https, whose web server is on the same machine."""
    return make_site(make_settings(database_url=sqlite_url, base_url=SECURE)).app.test_client()


def test_one_guesser_behind_a_server_shuts_out_nobody_else(behind: FlaskClient) -> None:
    assert _guess(behind, SECURE, "127.0.0.1", "192.0.2.1") == 429

    assert _ask(behind, SECURE, "127.0.0.1", "192.0.2.2") == 404


def test_what_a_guesser_writes_before_it_changes_nothing(behind: FlaskClient) -> None:
    assert _guess(behind, SECURE, "127.0.0.1", "192.0.2.1") == 429

    assert _ask(behind, SECURE, "127.0.0.1", "198.51.100.9, 192.0.2.1") == 429


def test_stranger_who_asks_us_directly_is_not_believed(behind: FlaskClient) -> None:
    assert _guess(behind, SECURE, "203.0.113.5", "192.0.2.1") == 429

    assert _ask(behind, SECURE, "203.0.113.5", "192.0.2.2") == 429


def test_site_without_tls_believes_nobody(site: Site) -> None:
    client = site.app.test_client()
    assert _guess(client, site.url, "127.0.0.1", "192.0.2.1") == 429

    assert _ask(client, site.url, "127.0.0.1", "192.0.2.2") == 429


def _guess(client: FlaskClient, url: str, peer: str, forwarded: str) -> int:
    """Try as many links as may be tried, and one more; return its status."""
    for _ in range(UNKNOWN_LINK.times):
        assert _ask(client, url, peer, forwarded) == 404
    return _ask(client, url, peer, forwarded)


def _ask(client: FlaskClient, url: str, peer: str, forwarded: str) -> int:
    return client.get(
        "/l/nothing",
        base_url=url,
        environ_base={"REMOTE_ADDR": peer},
        headers={"X-Forwarded-For": forwarded},
    ).status_code
