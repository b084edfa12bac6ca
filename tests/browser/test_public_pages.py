"""Public pages in a browser: accessible, never wider than the screen, whole without scripts."""

import json

import pytest
from playwright.sync_api import Browser, Page

from tests.builders import RCM
from tests.screens import list_faults, list_too_narrow
from tests.sites import Site
from tests.summits import SUMMIT, load_summit

LANGUAGES = ("en", "es")
PATHS = ("", f"{RCM}/", f"{RCM}/privacy", "accessibility", "verify/?code=", "verify/NONE")
PARTS = ("", "agenda", "roadmap", "documents", "calls/", "participants")
PART_PATHS = tuple(f"{SUMMIT}/{each}" for each in PARTS)


# Colours do not depend on the language, nor labels on the colours.
@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("es", "light")])
def test_no_public_page_has_a_fault_that_axe_knows(
    page: Page, live_site: Site, language: str, scheme: str
) -> None:
    load_summit(live_site.office)
    found = {}
    for path in (*PATHS, *PART_PATHS):
        page.goto(f"{live_site.url}/{language}/{path}")
        if faults := list_faults(page, (scheme,)):
            found[path] = faults

    assert found == {}, json.dumps(found, indent=1)


def test_no_public_page_scrolls_sideways(page: Page, live_site: Site) -> None:
    load_summit(live_site.office)
    wide = {}
    for language in LANGUAGES:
        for path in (*PATHS, *PART_PATHS):
            page.goto(f"{live_site.url}/{language}/{path}")
            if widths := list_too_narrow(page, (320, 390, 701, 1000, 1280)):
                wide[f"{language}/{path}"] = widths

    assert wide == {}


def test_no_page_breaks_its_own_policy(page: Page, live_site: Site) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    for path in ("", f"{RCM}/", "verify/"):
        page.goto(f"{live_site.url}/es/{path}")

    assert said == []


def test_deadline_is_told_in_the_reader_s_own_time(browser: Browser, live_site: Site) -> None:
    madrid = _open(browser, live_site, timezone_id="Europe/Madrid")
    mexico = _open(browser, live_site, timezone_id="America/Mexico_City")

    # 23:59 in Mexico City, where no summer time is kept any more, is 06:59 of a winter's next day,
    # 07:59 of a summer's.
    assert madrid.locator(".local-time time").inner_text()[-5:] in {"06:59", "07:59"}
    assert not mexico.locator(".local-time").is_visible()
    madrid.close()
    mexico.close()


def test_agenda_stands_in_the_reader_s_own_time(browser: Browser, live_site: Site) -> None:
    load_summit(live_site.office)
    madrid = browser.new_page(timezone_id="Europe/Madrid")
    mexico = browser.new_page(timezone_id="America/Mexico_City")
    for page in (madrid, mexico):
        page.goto(f"{live_site.url}/en/{SUMMIT}/agenda")

    # 31 March 2022: 21:00 in Mexico City is 05:00 of the next day in Madrid.
    assert (
        madrid.locator("#hearing .agenda__local")
        .inner_text()
        .endswith("Fri 1 Apr, 05:00\u00a0–\u00a006:30")
    )
    # The same day in both.
    assert madrid.locator("#adoption .agenda__local [data-local-text]").inner_text() == (
        "19:30\u00a0–\u00a020:00"
    )
    assert "Central European Time" in madrid.locator("[data-local-note]").inner_text()
    assert mexico.locator(".agenda__local:visible").count() == 0
    assert not mexico.locator("[data-local-note]").is_visible()
    assert mexico.get_by_text("21:00\u00a0–\u00a022:30").is_visible()
    madrid.close()
    mexico.close()


def test_agenda_without_scripts_tells_the_city_s_time_alone(
    browser: Browser, live_site: Site
) -> None:
    load_summit(live_site.office)
    context = browser.new_context(java_script_enabled=False, timezone_id="Europe/Madrid")
    page = context.new_page()
    page.goto(f"{live_site.url}/en/{SUMMIT}/agenda")

    assert page.get_by_text("21:00\u00a0–\u00a022:30").is_visible()
    assert page.get_by_text("Mexico City time (UTC\u22126)").is_visible()
    assert page.locator(".agenda__local:visible").count() == 0
    assert not page.locator("[data-local-note]").is_visible()
    context.close()


def test_keyboard_goes_from_one_page_of_a_meeting_to_the_next(page: Page, live_site: Site) -> None:
    load_summit(live_site.office)
    page.goto(f"{live_site.url}/en/{SUMMIT}/")
    page.get_by_role("navigation", name="Pages of this meeting").get_by_role(
        "link", name="The meeting"
    ).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agenda")

    assert page.title().startswith("Agenda")
    assert page.locator("[aria-current=page]").inner_text() == "Agenda"


def test_without_scripts_nothing_is_missing(browser: Browser, live_site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_site.url}/en/{RCM}/")

    assert page.locator(".deadline__moment").is_visible()
    assert not page.locator(".local-time").is_visible()
    page.get_by_text("Read the background").click()
    assert page.get_by_text("On 19 December 2018").is_visible()
    context.close()


def test_refused_form_puts_the_reader_at_its_errors(page: Page, live_site: Site) -> None:
    page.goto(f"{live_site.url}/en/verify/")
    page.get_by_role("button", name="Verify the letter").click()

    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.title().startswith("Error: Verify a letter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "code"


def test_first_stop_of_the_keyboard_leads_to_the_content(page: Page, live_site: Site) -> None:
    page.goto(f"{live_site.url}/es/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Ir al contenido"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def _open(browser: Browser, site: Site, *, timezone_id: str) -> Page:
    page = browser.new_page(timezone_id=timezone_id)
    page.goto(f"{site.url}/en/{RCM}/")
    return page
