"""The door in a browser: a scanner that types, two doors at once, a connection that goes and comes
back, and a delegate who signs on the tablet."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.states import State
from tests.builders import RCM
from tests.desks import PASSWORD, add_staff, make_guide, submit
from tests.offices import Guide
from tests.screens import list_faults, list_too_narrow
from tests.sites import Site

HERE = {"en": "Already here", "es": "Ya está aquí"}
UNCHANGED = {"en": "Nothing was changed.", "es": "No se cambió nada."}
WELCOME = {"en": "Welcome", "es": "Llegada registrada"}
WAIT = {"en": "2 scans wait for the connection.", "es": "2 lecturas esperan la conexión."}


@pytest.fixture
def guide(live_site: Site) -> Guide:
    return make_guide(live_site)


@pytest.fixture
def open_door(browser: Browser, live_site: Site) -> Callable[..., Page]:
    """Returns a function that signs somebody in on a tablet of their own, at the door's page."""

    def open_page(name: str = "Ana", language: str = "en", **options: object) -> Page:
        email = f"{name.lower()}@example.org"
        add_staff(live_site, email, name=name, roles=[Role.DOOR])
        size = {"width": 768, "height": 1024}
        page = browser.new_context(viewport=size, **options).new_page()  # type: ignore[arg-type]
        page.goto(f"{live_site.url}{_door(language)}")
        page.locator("input[name=email]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(f"{live_site.url}{_door(language)}")
        return page

    return open_page


@pytest.mark.parametrize("language", ["en", "es"])
def test_scanner_that_types_records_one_after_another(
    open_door: Callable[..., Page], live_site: Site, guide: Guide, language: str
) -> None:
    first, second = _invite(guide, "cr", "José Ángel"), _invite(guide, "pa", "Itzel")
    page = open_door(language=language)

    _type(page, _badge(live_site, first))
    expect(page.locator(".guest__name")).to_have_text(first.full_name)
    expect(page.locator(".guest__word")).to_have_text(WELCOME[language])
    expect(page.locator("[data-told]")).to_contain_text(first.full_name)
    expect(page.locator("[data-told]")).to_contain_text("Costa Rica")
    _type(page, f"{second.reference}-{live_site.office.tokens.of_door(second.id)}")
    expect(page.locator(".guest__name")).to_have_text(second.full_name)
    _type(page, _badge(live_site, first))
    expect(page.locator(".guest__word")).to_have_text(HERE[language])
    expect(page.locator(".guest__sentence")).to_contain_text("(Ana)")
    expect(page.locator(".guest__sentence")).to_contain_text(UNCHANGED[language])

    expect(page.locator("input[name=text]")).to_be_focused()
    expect(page.locator("input[name=text]")).to_have_value("")
    expect(page.locator("[data-came='']")).to_have_text("2")
    expect(page.locator("[data-came=cr]")).to_have_text("1")


def test_somebody_without_a_badge_is_found_as_one_types(
    open_door: Callable[..., Page], guide: Guide
) -> None:
    entry = _invite(guide, "cr", "José Ángel", surnames="Quirós Núñez")
    _invite(guide, "pa", "Itzel")
    page = open_door(language="es")

    page.keyboard.type("quiros jose")
    expect(page.locator(".guests__name")).to_have_text([entry.full_name])
    page.get_by_role("button", name=f"Registrar la llegada de {entry.full_name}").click()

    expect(page.locator(".guest__word")).to_have_text("Llegada registrada")
    expect(page.locator("input[name=text]")).to_be_focused()
    assert "example.org" not in page.locator("main").inner_text()


def test_two_doors_see_each_other_and_nothing_is_written_twice(
    open_door: Callable[..., Page], live_site: Site, guide: Guide
) -> None:
    entry = _invite(guide, "cr", "José Ángel")
    one, other = open_door("Ana"), open_door("Beto", "es")

    _type(one, _badge(live_site, entry))
    expect(one.locator(".guest__word")).to_have_text("Welcome")
    _type(other, _badge(live_site, entry))

    expect(other.locator(".guest__word")).to_have_text("Ya está aquí")
    expect(other.locator(".guest__sentence")).to_contain_text("(Ana)")
    assert guide.list_events(entry.id).count("arrived") == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_scans_made_without_connection_are_sent_in_order_when_it_is_back(
    open_door: Callable[..., Page], live_site: Site, guide: Guide, language: str
) -> None:
    first, second = _invite(guide, "cr", "José Ángel"), _invite(guide, "pa", "Itzel")
    page = open_door(language=language)
    context: BrowserContext = page.context

    context.set_offline(True)
    _type(page, _badge(live_site, first))
    _type(page, _badge(live_site, second))
    expect(page.locator("[data-waiting]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_text(WAIT[language])
    kept = page.evaluate("Object.values(localStorage).join()")
    assert first.full_name not in kept
    assert first.reference in kept
    assert "arrived" not in guide.list_events(first.id)
    context.set_offline(False)

    expect(page.locator(".guest__name")).to_have_text(second.full_name)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    for each in (first, second):
        assert guide.list_events(each.id).count("arrived") == 1
    assert page.evaluate("Object.values(localStorage).join()") == "[]"


def test_scan_whose_answer_was_lost_is_sent_again_and_recorded_once(
    open_door: Callable[..., Page], live_site: Site, guide: Guide
) -> None:
    entry = _invite(guide, "cr", "José Ángel")
    page = open_door()
    page.route("**/door/scan", _lose_the_answer, times=1)

    _type(page, _badge(live_site, entry))
    expect(page.locator("[data-waiting]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_text("1 scan waits for the connection.")
    assert guide.list_events(entry.id).count("arrived") == 1
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(page.locator(".guest__word")).to_have_text("Already here")
    assert guide.list_events(entry.id).count("arrived") == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_delegate_signs_on_the_tablet_in_the_language_of_the_letter(
    open_door: Callable[..., Page], live_site: Site, guide: Guide, language: str
) -> None:
    entry = _invite(guide, "cr", "José Ángel", language=language)
    page = open_door(language="en")

    _type(page, _badge(live_site, entry))
    page.get_by_role("link", name="Sign the letter now").click()
    assert urlsplit(page.url).path.startswith(f"/{language}/")
    page.get_by_role("checkbox").check()
    page.locator("input[name=typed_name]").fill(entry.full_name)
    send = page.locator(".signing__form button[type=submit]")
    send.click()
    expect(page.locator(".error-summary")).to_be_visible()  # nothing is drawn yet
    _draw(page)
    send.click()

    page.wait_for_url(f"{live_site.url}{_door('en')}{entry.reference}/")
    assert guide.get(entry.id).state is State.ACCEPTED
    assert "Thank you." in page.locator("[role=status]").first.inner_text()


def test_door_without_scripts_records_and_finds(
    open_door: Callable[..., Page], live_site: Site, guide: Guide
) -> None:
    entry = _invite(guide, "cr", "José Ángel")
    page = open_door(java_script_enabled=False)
    field = page.locator("input[name=text]")

    field.fill("angel")
    field.press("Enter")
    expect(page.locator(".guests__name")).to_have_text([entry.full_name])
    field.fill(_badge(live_site, entry))
    field.press("Enter")

    assert "Welcome" in page.locator("[role=status]").first.inner_text()
    assert guide.list_events(entry.id).count("arrived") == 1


def test_pages_of_the_door_are_accessible_and_never_wider_than_the_screen(
    open_door: Callable[..., Page], live_site: Site, guide: Guide
) -> None:
    entry = _invite(guide, "cr", "José Ángel", surnames="Ñ" * 60)
    page = open_door()
    below = ("", "missing", f"{entry.reference}/", f"{entry.reference}/sign")
    wrong: dict[str, object] = {}
    for path in below:
        page.goto(f"{live_site.url}{_door('es')}{path}")
        if not path:
            _type(page, _badge(live_site, entry))
            expect(page.locator(".guest__name")).to_be_visible()
        if found := list_faults(page, ("light", "dark")):
            wrong[path] = found
        if widths := list_too_narrow(page, (320, 390, 768, 1280)):
            wrong[f"{path} sideways"] = widths

    assert wrong == {}


def _door(language: str) -> str:
    return f"/{language}/secretariat/{RCM}/door/"


def _invite(guide: Guide, delegation: str, given_names: str, **fields: str) -> Registration:
    return guide.approve(submit(guide, delegation, given_names=given_names, **fields))


def _badge(site: Site, entry: Registration) -> str:
    office = site.office
    return office.addresses.door("es", entry.reference, office.tokens.of_door(entry.id))


def _type(page: Page, text: str) -> None:
    """Do as a scanner does: type wherever the focus is, and press Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def _draw(page: Page) -> None:
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=6)
    page.mouse.move(box["x"] + 220, box["y"] + 30, steps=6)
    page.mouse.up()


def _lose_the_answer(route: object) -> None:
    """Let the site take the request, and the connection break before its answer is here."""
    route.fetch()  # type: ignore[attr-defined]
    route.abort()  # type: ignore[attr-defined]
