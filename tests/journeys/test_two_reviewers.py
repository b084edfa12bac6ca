"""Two reviewers in two browsers on the same entries: each sees the other's moves, and nothing
happens twice."""

from playwright.sync_api import Browser, Page

from registration.domain.registrations import Registration
from registration.domain.states import State
from tests.desks import PASSWORD, REVIEWER, add_staff, make_guide, submit
from tests.registrar.moving import list_letters
from tests.sites import Site

OTHER = "tomas@example.org"


def test_two_reviewers_see_each_other_and_nothing_happens_twice(
    browser: Browser, live_site: Site
) -> None:
    add_staff(live_site)
    add_staff(live_site, OTHER, name="Tomás Rivas")
    guide = make_guide(live_site)
    one, two = submit(guide, "cr"), submit(guide, "pa")
    luisa = _sign_in(browser, live_site, REVIEWER)
    tomas = _sign_in(browser, live_site, OTHER)
    for page in (luisa, tomas):
        _open(page, live_site, one)
    tomas.get_by_label("Mensaje para la persona").fill("Falta la firma.")

    _decide(luisa, "Aprobar y emitir la carta")

    # The page that stays open says so, and what was typed there stays.
    tomas.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    notice = tomas.get_by_text("Luisa Pérez aprobó la inscripción")
    notice.wait_for()
    assert tomas.get_by_label("Mensaje para la persona").input_value() == "Falta la firma."

    _decide(tomas, "Aprobar y emitir la carta")

    assert "Luisa Pérez" in tomas.get_by_role("alert").inner_text()
    assert len(list_letters(guide, one)) == 1
    mails = [occasion for occasion, _ in guide.list_mails(one.id)]
    assert mails.count("invited") == 1
    assert guide.list_events(one.id).count("approved") == 1

    # The other way round, with another decision: the first one counts.
    for page in (luisa, tomas):
        _open(page, live_site, two)
    tomas.get_by_label("Mensaje para la persona").fill("No se lee.")
    _decide(tomas, "Solicitar una corrección")
    luisa.get_by_label("Mensaje para la persona").fill("Otra persona.")
    _decide(luisa, "No aprobar")
    luisa.get_by_role("button", name="No aprobar esta inscripción").click()

    assert "Tomás Rivas" in luisa.get_by_role("alert").inner_text()
    after = guide.get(two.id)
    assert (after.state, after.reason) == (State.RETURNED, "No se lee.")
    mails = [occasion for occasion, _ in guide.list_mails(two.id)]
    assert (mails.count("returned"), mails.count("declined")) == (1, 0)


def _sign_in(browser: Browser, site: Site, email: str) -> Page:
    page = browser.new_context().new_page()
    page.goto(f"{site.url}/es/secretariat/sign-in")
    page.get_by_label("Correo electrónico").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Iniciar sesión").click()
    page.wait_for_url(f"{site.url}/es/secretariat/")
    return page


def _open(page: Page, site: Site, entry: Registration) -> None:
    page.goto(f"{site.url}/es/secretariat/entry/{entry.reference}/")


def _decide(page: Page, choice: str) -> None:
    page.get_by_label(choice, exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Decidir y quedarse aquí").click()
