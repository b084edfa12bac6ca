"""Pages of the desk in a browser: accessible, never wider than the screen, whole without script."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

from playwright.sync_api import Browser, Page

from registration.domain.messages import Message
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.states import State
from registration.registrar import writing_to
from tests.builders import RCM
from tests.desks import PASSWORD, REVIEWER, add_staff, make_guide, submit
from tests.offices import REVIEWER as BY
from tests.screens import list_faults, list_too_narrow
from tests.sites import Site


def test_no_page_of_the_desk_has_a_fault_that_axe_knows(page: Page, live_site: Site) -> None:
    paths = _prepare(live_site)
    _sign_in(page, live_site)
    found = {}
    for path in paths:
        answer = page.goto(f"{live_site.url}{path}")
        assert answer is not None
        assert answer.ok, path
        # Colours do not depend on the language.
        faults = list_faults(page, ("light",) if path.startswith("/es/") else ("light", "dark"))
        if faults:
            found[path] = faults

    assert found == {}, json.dumps(found, indent=1)


def test_no_page_of_the_desk_scrolls_sideways(page: Page, live_site: Site) -> None:
    paths = _prepare(live_site)
    _sign_in(page, live_site)
    wide = {}
    for path in paths:
        page.goto(f"{live_site.url}{path}")
        if widths := list_too_narrow(page, (320, 390, 701, 1100, 1280)):
            wide[path] = widths

    assert wide == {}


def test_an_entry_is_decided_without_scripts_and_by_keyboard(
    browser: Browser, live_site: Site
) -> None:
    add_staff(live_site)
    guide = make_guide(live_site)
    entry = submit(guide)
    page = browser.new_context(java_script_enabled=False).new_page()
    _sign_in(page, live_site)

    page.goto(f"{live_site.url}/es/secretariat/entry/{entry.reference}/")
    page.get_by_label("Aprobar y emitir la carta").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Decidir y quedarse aquí").focus()
    page.keyboard.press("Enter")

    assert page.locator(".flash--done").inner_text().startswith("Inscripción aprobada")
    assert guide.get(entry.id).state is State.INVITED


def _sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/es/secretariat/sign-in")
    page.get_by_label("Correo electrónico").fill(REVIEWER)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Iniciar sesión").click()
    page.wait_for_url(f"{site.url}/es/secretariat/")


def _prepare(site: Site) -> list[str]:
    """Open an account, enter people at several states, and return the pages to look at: all in
    English, and those in Spanish in which words are longest."""
    add_staff(site, roles=[Role.ADMINISTRATOR, Role.REVIEWER, Role.TRAVEL])
    guide = make_guide(site)
    one, two, three = submit(guide, "cr"), submit(guide, "pa"), submit(guide, "cr")
    invited, traveller = (guide.approve(submit(guide, key)) for key in ("mx", "gt"))
    waiting = guide.submit("cr", join_reserve=True)
    long = submit(guide, "sv", surnames="Ñ" * 120, institution="Dirección " * 18)
    below = [
        "",
        f"{RCM}/",
        f"{RCM}/entries",
        f"{RCM}/entries?state=submitted&delegation=cr",
        f"{RCM}/enter",
        "password",
        "second-factor",
        *(f"entry/{each.reference}/" for each in (one, two, three, invited, waiting, long)),
        f"entry/{one.reference}/passport/1?turn=90",
        f"entry/{one.reference}/decline",
        f"entry/{one.reference}/withdraw",
        f"entry/{one.reference}/correct",
        f"entry/{invited.reference}/accept",
        f"{RCM}/import",
        f"{RCM}/exports/",
        f"{RCM}/reminders/",
        f"{RCM}/delegations/",
        f"{RCM}/delegations/cr/",
        f"{RCM}/dates",
        f"{RCM}/new-delegation",
        f"{RCM}/messages/",
        f"{RCM}/messages/{_begin_message(site, one)}/",
        f"{RCM}/texts/",
        f"{RCM}/texts/letter/",
        f"{RCM}/travel",
        f"{RCM}/travel/passports",
        f"travel/{traveller.reference}/",
        "staff/",
        "staff/1/",
    ]
    in_spanish = [*below[:5], f"entry/{long.reference}/", f"{RCM}/dates", "staff/1/"]
    return [
        *(f"/en/secretariat/{path}" for path in below),
        *(f"/es/secretariat/{path}" for path in in_spanish),
    ]


def _begin_message(site: Site, entry: Registration) -> UUID:
    begun = writing_to.begin(
        site.office,
        id=uuid4(),
        meeting_id=RCM,
        chosen=[(entry.id, entry.version)],
        by=BY,
        at=datetime.now(UTC),
    )
    assert isinstance(begun, Message)
    return begun.id
