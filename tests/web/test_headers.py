"""What every answer says beside its page, and which Host is answered."""

from collections.abc import Callable

import pytest

from config import Settings
from registration.app import create_app
from registration.web.headers import allowed_hosts
from tests.sites import Site, make_site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cache-Control", "no-store"),
    ("Vary", "Cookie"),
]


@pytest.mark.parametrize(
    "path", ["/es/", "/en/rcm-imrf-2022/", "/en/verify/", "/en/nowhere/at/all"]
)
@pytest.mark.parametrize(("name", "value"), HEADERS)
def test_every_page_bears_the_header(site: Site, path: str, name: str, value: str) -> None:
    response = site.app.test_client().get(path, base_url=site.url)

    assert response.headers.getlist(name) == [value]


def test_site_over_tls_asks_for_tls_and_marks_its_cookies(
    make_settings: Callable[..., Settings], sqlite_url: str
) -> None:
    secure = make_site(make_settings(database_url=sqlite_url, base_url="https://site.example"))

    response = secure.app.test_client().get("/es/", base_url="https://site.example")

    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert response.headers["Set-Cookie"].startswith("__Host-language=es; ")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= _attributes(
        response.headers["Set-Cookie"]
    )
    assert secure.app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert secure.app.config["SESSION_COOKIE_SECURE"] is True


def test_site_without_tls_promises_none(site: Site) -> None:
    response = site.app.test_client().get("/es/", base_url=site.url)

    assert "Strict-Transport-Security" not in response.headers
    assert "Secure" not in _attributes(response.headers["Set-Cookie"])


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:81", "x@y"])
def test_other_host_is_refused_and_not_repeated(site: Site, host: str) -> None:
    response = site.app.test_client().get("/en/", headers={"Host": host})

    assert response.status_code == 400
    assert host not in response.text


def test_forwarded_host_changes_nothing(site: Site) -> None:
    response = site.app.test_client().get(
        "/", base_url=site.url, headers={"X-Forwarded-Host": "evil.example"}
    )

    assert response.headers["Location"] == "/en/"


def test_health_answers_whoever_asks(site: Site) -> None:
    client = site.app.test_client()

    live = client.get("/health/live", headers={"Host": "10.0.0.7"})
    ready = client.get("/health/ready", headers={"Host": "10.0.0.7"})

    assert (live.status_code, live.text) == (200, "live\n")
    assert (ready.status_code, ready.text) == (200, "ready\n")


def test_site_without_its_database_lives_but_is_not_ready(
    make_settings: Callable[..., Settings],
) -> None:
    app = create_app(make_settings(database_url="sqlite:////nowhere/at/all/registration.sqlite"))

    live = app.test_client().get("/health/live")
    ready = app.test_client().get("/health/ready")

    assert (live.status_code, ready.status_code) == (200, 503)


@pytest.mark.parametrize(
    ("base_url", "hosts"),
    [
        ("https://site.example", {"site.example", "site.example:443"}),
        ("https://site.example:8443", {"site.example:8443"}),
        ("http://127.0.0.1:8000", {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}),
        ("http://[::1]:8000", {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}),
    ],
)
def test_hosts_follow_from_the_address_of_the_site(base_url: str, hosts: set[str]) -> None:
    assert allowed_hosts(base_url) == hosts


def _attributes(cookie: str) -> set[str]:
    return {each.strip() for each in cookie.split(";")}
