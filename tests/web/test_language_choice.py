"""The address decides the language; "/" asks the cookie, then the browser."""

from dataclasses import replace

import pytest
from flask import g

from registration.meetings import reading
from registration.web.language import list_language_links
from tests.builders import RCM, make_meeting
from tests.pages import Pages
from tests.sites import Site


@pytest.mark.parametrize(
    ("accepted", "cookie", "address"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", None, "/es/"),
        ("en-US,en;q=0.9", None, "/en/"),
        ("fr-CA,pt;q=0.8", None, "/en/"),
        ("", None, "/en/"),
        ("en", "es", "/es/"),
        ("es", "xx", "/es/"),
    ],
)
def test_first_page_is_in_the_reader_s_language(
    site: Site, accepted: str, cookie: str | None, address: str
) -> None:
    client = site.app.test_client()
    if cookie:
        client.set_cookie("language", cookie, domain="localhost")

    response = client.get("/", base_url=site.url, headers={"Accept-Language": accepted})

    assert (response.status_code, response.headers["Location"]) == (302, address)


def test_language_of_the_last_page_is_remembered(site: Site) -> None:
    client = site.app.test_client()
    client.get("/es/accessibility", base_url=site.url)

    response = client.get("/", base_url=site.url, headers={"Accept-Language": "en"})

    assert response.headers["Location"] == "/es/"


def test_language_link_keeps_page_and_query(pages: Pages) -> None:
    page = pages.get("/en/verify/?code=&page=2", status=422)

    assert 'href="/es/verify/?code=&amp;page=2" lang="es"' in page.html


def test_query_cannot_turn_the_language_link_elsewhere(pages: Pages) -> None:
    page = pages.get("/en/accessibility?_external=1&_scheme=https&_anchor=x&lang=en&filename=x")

    assert 'href="/es/accessibility?filename=x" lang="es"' in page.html


@pytest.mark.parametrize("name", ["endpoint", "self", "values", "error", "method"])
def test_query_cannot_take_the_place_of_a_parameter_of_ours(pages: Pages, name: str) -> None:
    page = pages.get(f"/en/accessibility?{name}=x")

    assert f'href="/es/accessibility?{name}=x" lang="es"' in page.html


@pytest.mark.parametrize("path", ["/fr/", "/EN/", "/es/nowhere/at/all", "/es/no-such-meeting/"])
def test_page_that_is_not_there_answers_404(pages: Pages, path: str) -> None:
    assert pages.get(path, status=404).status == 404


def test_error_is_told_in_the_language_of_the_address(pages: Pages) -> None:
    page = pages.get("/es/nowhere/at/all", status=404)

    assert page.headings == ["No hay ninguna página en esta dirección"]
    assert 'href="/en/" lang="en"' in page.html


def test_page_of_a_meeting_offers_only_the_languages_of_its_file(site: Site) -> None:
    with site.app.test_request_context(f"/en/{RCM}/", base_url=site.url):
        site.app.preprocess_request()
        assert [each.language for each in list_language_links()] == ["es"]

        g.meeting = replace(g.meeting, languages=("en",))

        assert list_language_links() == []


def test_meeting_is_not_shown_in_a_language_that_its_file_lacks(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = replace(make_meeting(), languages=("en",))
    monkeypatch.setattr(reading, "find_meeting", lambda *_: english)
    monkeypatch.setattr(reading, "list_meetings", lambda *_: [english])

    pages.get(f"/es/{RCM}/", status=404)

    assert pages.get(f"/en/{RCM}/").language == "en"
    assert english.short_title["es"] not in pages.get("/es/").text
