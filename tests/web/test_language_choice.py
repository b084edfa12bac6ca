"""The address decides the language; "/" asks the cookie, then the browser."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from flask import g

from registration.domain.meeting import Meeting
from registration.domain.meeting_text import Text
from registration.meetings import reading
from registration.secretariat import home
from registration.web.language import find_accepted, list_language_links
from tests.builders import RCM, make_meeting
from tests.desks import open_desk
from tests.pages import Pages
from tests.sites import Site


@pytest.mark.parametrize(
    ("accepted", "cookie", "address"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", None, "/es/"),
        ("en-US,en;q=0.9", None, "/en/"),
        ("de-AT,it;q=0.8", None, "/en/"),
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


@pytest.mark.parametrize("path", ["/xx/", "/EN/", "/es/nowhere/at/all", "/es/no-such-meeting/"])
def test_page_that_is_not_there_answers_404(pages: Pages, path: str) -> None:
    assert pages.get(path, status=404).status == 404


def test_error_is_told_in_the_language_of_the_address(pages: Pages) -> None:
    page = pages.get("/es/nowhere/at/all", status=404)

    assert page.headings == ["No hay ninguna página en esta dirección"]
    assert 'href="/en/" lang="en"' in page.html


def test_page_of_a_meeting_offers_only_the_languages_of_its_file(site: Site) -> None:
    with site.app.test_request_context(f"/en/{RCM}/", base_url=site.url):
        site.app.preprocess_request()
        assert [each.language for each in list_language_links()] == ["es", "fr", "pt"]

        g.meeting = replace(g.meeting, languages=("en",))

        assert list_language_links() == []


@pytest.fixture
def english(site: Site, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """The one meeting of the site, held in English alone."""
    with site.office.database.reading() as session:
        english = in_english(reading.get_meeting(session, RCM))
    monkeypatch.setattr(reading, "find_meeting", lambda *_: english)
    monkeypatch.setattr(reading, "list_meetings", lambda *_: [english])
    monkeypatch.setattr(home, "list_meetings", lambda *_: [english])
    return english


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("path", ["", "register", "privacy?page=2"])
def test_meeting_that_lacks_the_language_leads_to_one_that_it_has(site: Site, path: str) -> None:
    response = site.app.test_client().get(f"/es/{RCM}/{path}", base_url=site.url)

    assert (response.status_code, response.location) == (302, f"/en/{RCM}/{path}")


@pytest.mark.usefixtures("english")
def test_form_of_a_page_that_lacks_the_language_goes_along(site: Site) -> None:
    page = Pages(site.app, site.url).get(f"/en/{RCM}/register")
    fields = page.forms[0].fields

    response = site.app.test_client().post(
        f"/es/{RCM}/register", data=fields, base_url=site.url, headers={"Origin": site.url}
    )

    assert (response.status_code, response.location) == (307, f"/en/{RCM}/register")


def test_reader_is_led_to_the_language_that_the_browser_asks_for(site: Site) -> None:
    with site.app.test_request_context("/", headers={"Accept-Language": "fr, es;q=0.9, en;q=0.5"}):
        assert find_accepted(("en", "es")) == "es"
        assert find_accepted(("en", "pt")) == "en"


def test_page_of_many_meetings_names_one_in_its_own_language(
    pages: Pages, english: Meeting
) -> None:
    page = pages.get("/es/")

    assert (
        f'<a href="/en/{RCM}/"><span lang="en">{english.short_title["en"]}</span></a>' in page.html
    )
    assert make_meeting().short_title["es"] not in page.text


def test_desk_names_a_meeting_that_lacks_the_language_in_its_own(
    site: Site, english: Meeting
) -> None:
    page = open_desk(site, language="es").get("/es/secretariat/")

    assert f'<span lang="en">{english.short_title["en"]}</span>' in page.html


def in_english(meeting: Meeting) -> Meeting:
    """Return the meeting as a file without Spanish would give it: no text has any."""
    return replace(_without_spanish(meeting), languages=("en",))


def _without_spanish(value: Any) -> Any:  # a tree of whatever a meeting holds
    if isinstance(value, Text):
        return Text({"en": value["en"]})
    if isinstance(value, tuple):
        return tuple(_without_spanish(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{each.name: _without_spanish(getattr(value, each.name)) for each in fields(value)},
        )
    return value
