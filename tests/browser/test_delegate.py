"""The delegate's pages in a browser: clicks, drawing, no scripts, narrow screens, accessibility."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from registration.domain.registrations import Registration
from registration.domain.states import State
from tests.builders import RCM
from tests.delegates import count_mails, count_registrations, find_only, get, link_of
from tests.desks import make_guide, submit
from tests.screens import list_faults, list_too_narrow
from tests.sites import Site
from tests.uploads.files import make_jpeg

LANGUAGES = ("en", "es")
DRAWN = re.compile("^data:image/png;base64,.{1000,}")
PASSPORT = {"name": "pasaporte.jpg", "mimeType": "image/jpeg", "buffer": make_jpeg()}


def test_double_click_makes_one_entry(page: Page, live_site: Site) -> None:
    _fill_form(page, live_site)

    page.get_by_role("button", name="Send the registration").dblclick()
    page.wait_for_url("**/register/sent")

    assert count_registrations(live_site) == 1
    assert count_mails(live_site) == 1


def test_sending_again_after_the_back_button_makes_no_second_entry(
    page: Page, live_site: Site
) -> None:
    _fill_form(page, live_site)
    page.get_by_role("button", name="Send the registration").click()
    page.wait_for_url("**/register/sent")

    page.go_back()
    _type(page)
    page.get_by_role("button", name="Send the registration").click()
    page.wait_for_url("**/register/sent")

    assert count_registrations(live_site) == 1
    assert count_mails(live_site) == 1


def test_seat_is_asked_only_where_seats_differ(page: Page, live_site: Site) -> None:
    page.goto(f"{live_site.url}/en/{RCM}/register")

    expect(page.get_by_label("Seat", exact=True)).to_be_hidden()
    page.get_by_label("Delegation").select_option("sacm")
    expect(page.get_by_label("Seat", exact=True)).to_be_visible()


def test_signature_drawn_with_the_mouse_is_kept(page: Page, live_site: Site) -> None:
    entry = _invite(live_site)
    _open(page, live_site, entry, "accept")
    _draw(page)
    page.get_by_label("He leído la carta y acepto estas condiciones").check()
    page.get_by_label("Escriba su nombre completo").fill("Otra Persona")
    page.get_by_role("button", name="Firmar y aceptar").click()

    # Refused for the name: the drawing comes back, and is sent with the next try.
    expect(page.get_by_role("alert")).to_contain_text("El nombre debe ser igual al de la carta")
    expect(page.locator("#signature")).to_have_value(DRAWN)
    page.get_by_label("Escriba su nombre completo").fill(entry.full_name)
    page.get_by_role("button", name="Firmar y aceptar").click()

    expect(page.get_by_role("status")).to_contain_text("Su participación está confirmada")
    assert get(live_site, entry).state is State.ACCEPTED


def test_drawing_can_be_cleared(page: Page, live_site: Site) -> None:
    _open(page, live_site, _invite(live_site), "accept")
    _draw(page)

    page.get_by_role("button", name="Borrar").click()

    expect(page.locator("#signature")).to_have_value("")


def test_whole_way_without_scripts(browser: Browser, live_site: Site) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_site.url}/en/{RCM}/register")
    _type(page)
    page.get_by_role("button", name="Send the registration").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your e-mail")

    entry = find_only(live_site)
    page.goto(live_site.url + link_of(live_site, entry))
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(entry.full_name)
    make_guide(live_site).approve(get(live_site, entry))
    page.reload()
    page.get_by_role("link", name="Sign the acceptance").click()
    expect(page.get_by_text("Draw your signature")).to_be_hidden()
    page.get_by_label("I have read the letter").check()
    page.get_by_label("Type your complete name").fill(entry.full_name)
    page.get_by_role("button", name="Sign and accept").click()

    expect(page.get_by_text("Download the signed record (PDF)")).to_be_visible()
    assert get(live_site, entry).state is State.ACCEPTED


# Colours do not depend on the language, nor labels on the colours.
@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("es", "light")])
def test_pages_have_no_fault_that_axe_finds(
    browser: Browser, live_site: Site, language: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme, locale=language)  # type: ignore[arg-type]
    page = context.new_page()

    def check() -> None:
        page.wait_for_load_state("networkidle")
        assert list_faults(page, (scheme,)) == [], page.url

    _walk(page, live_site, language, check)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_never_wider_than_the_screen(
    browser: Browser, live_site: Site, language: str
) -> None:
    page = browser.new_context(locale=language).new_page()

    def check() -> None:
        assert list_too_narrow(page, (820, 390, 320)) == [], page.url

    _walk(page, live_site, language, check)


def _walk(page: Page, site: Site, language: str, check: Callable[[], None]) -> None:
    """Show each page of a delegate once, long names included, and check it."""
    guide = make_guide(site)
    long = {"surnames": "Zúñigaechavarríagoitia" * 3, "institution": "Dirección" * 12}
    invited = guide.approve(submit(guide, "pa", language=language, **long))
    submitted = submit(guide, "pa", language=language)
    new = guide.apply("mx", particulars=guide.make_person(language=language))
    guide.register(new)
    page.goto(f"{site.url}/{language}/{RCM}/register")
    check()
    page.locator("button[type=submit]").click()
    check()
    for path in (f"/{language}/{RCM}/register/sent", f"/{language}/registration/", "/l/nothing"):
        page.goto(site.url + path)
        check()
    for entry, below in (
        (guide.get(new.entry), ("confirm", "withdraw")),
        (submitted, ("", "correct")),
        (invited, ("", "accept")),
    ):
        page.goto(site.url + link_of(site, entry))
        for each in below:
            page.goto(f"{site.url}/{language}/registration/{entry.reference}/{each}")
            check()


def _fill_form(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/en/{RCM}/register")
    _type(page)


def _type(page: Page) -> None:
    page.get_by_label("Delegation").select_option("cr")
    page.get_by_label("Surnames").fill("Morales Vargas")
    page.get_by_label("Given names").fill("Ana Lucía")
    page.get_by_role("textbox", name="Institution").fill("Cancillería")
    page.get_by_role("textbox", name="Position").fill("Consejera")
    page.get_by_label("E-mail address").fill("ana.morales@example.org")
    page.get_by_label("Copy of the passport").set_input_files(PASSPORT)  # type: ignore[arg-type]
    page.get_by_label("I agree that the Secretariat").check()


def _invite(site: Site) -> Registration:
    guide = make_guide(site)
    return guide.approve(submit(guide))


def _open(page: Page, site: Site, entry: Registration, below: str) -> None:
    page.goto(site.url + link_of(site, entry))
    page.goto(f"{site.url}/es/registration/{entry.reference}/{below}")


def _draw(page: Page) -> None:
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    frame = pad.bounding_box()
    assert frame is not None
    left, top = frame["x"], frame["y"]
    page.mouse.move(left + 40, top + 90)
    page.mouse.down()
    for x, y in ((80, 40), (120, 100), (200, 50)):
        page.mouse.move(left + x, top + y, steps=4)
    page.mouse.up()
    expect(page.locator("#signature")).to_have_value(DRAWN)
