"""Several people write a delegation's answers in browsers: saved as they type, and nothing lost."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from registration.domain.submissions import Stand
from tests.desks import PASSWORD, REVIEWER, add_staff
from tests.questionnaires import CALL, REVIEW, Drafters, load_review
from tests.screens import list_faults, list_too_narrow
from tests.sites import Site

GAPS = "¿Cuáles son las principales brechas?"
PLEDGES = "¿Qué compromisos formularía?"
SAVED = "Todas las respuestas están guardadas."


@pytest.fixture
def drafters(live_site: Site) -> Drafters:
    load_review(live_site.office, now=datetime.now(UTC))
    return Drafters(live_site.office, datetime.now(UTC))


def test_what_one_types_is_saved_without_a_button(
    page: Page, live_site: Site, drafters: Drafters
) -> None:
    draft = drafters.begin()
    _open(page, live_site, draft.id, "Ana")

    page.get_by_label(GAPS).fill("Faltan datos comparables.")

    expect(page.get_by_text(SAVED)).to_be_visible()
    answer = drafters.get(draft.id).answers["gaps"]
    assert (answer.words, answer.writer) == ("Faltan datos comparables.", "Ana")


def test_two_at_one_question_see_both_texts_and_lose_none(
    browser: Browser, live_site: Site, drafters: Drafters
) -> None:
    draft = drafters.begin()
    ana, luis = (browser.new_context(locale="es").new_page() for _ in range(2))
    _open(ana, live_site, draft.id, "Ana")
    _open(luis, live_site, draft.id, "Luis")
    ana.get_by_label(GAPS).fill("El texto de Ana")
    expect(ana.get_by_text(SAVED)).to_be_visible()

    luis.get_by_label(PLEDGES).fill("Un compromiso")
    luis.get_by_label(GAPS).fill("El texto de Luis")

    theirs = luis.locator("[data-answer-theirs-text]", has_text="El texto de Ana")
    expect(theirs).to_be_visible()
    assert luis.get_by_label(GAPS).input_value() == "El texto de Luis"
    assert drafters.get(draft.id).answers["gaps"].words == "El texto de Ana"
    luis.get_by_label(GAPS).fill("El texto de Ana y el de Luis")
    luis.get_by_role("button", name="Guardar el mío en su lugar").click()
    expect(luis.get_by_text(SAVED)).to_be_visible()
    answers = drafters.get(draft.id).answers
    assert answers["gaps"].words == "El texto de Ana y el de Luis"
    assert answers["pledges"].words == "Un compromiso"


def test_closed_laptop_loses_nothing(page: Page, live_site: Site, drafters: Drafters) -> None:
    draft = drafters.begin()
    _open(page, live_site, draft.id, "Ana")
    page.route("**/answer", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label(GAPS).fill("Escrito sin conexión")
    expect(page.get_by_text("No hay conexión.")).to_be_visible()
    assert drafters.get(draft.id).answers == {}

    page.unroute("**/answer")
    page.goto("about:blank")
    page.go_back()

    expect(page.get_by_label(GAPS)).to_have_value("Escrito sin conexión")
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert drafters.get(draft.id).answers["gaps"].words == "Escrito sin conexión"


def test_draft_is_written_and_submitted_without_a_script(
    browser: Browser, live_site: Site, drafters: Drafters
) -> None:
    draft = drafters.begin()
    page = browser.new_context(java_script_enabled=False, locale="es").new_page()
    _open(page, live_site, draft.id, "Ana")
    page.get_by_label("Sí", exact=True).check()

    page.get_by_role("button", name="Enviar las respuestas").click()

    expect(page.locator(".field__error")).to_have_count(1)
    assert page.get_by_label("Sí", exact=True).is_checked()
    page.get_by_label(GAPS).fill("Faltan datos")
    page.get_by_role("button", name="Enviar las respuestas").click()
    expect(page.locator(".flash--done")).to_be_visible()
    submitted = drafters.get(draft.id)
    assert submitted.stand is Stand.SUBMITTED
    assert {key: each.words for key, each in submitted.answers.items()} == {
        "gaps": "Faltan datos",
        "has-plan": "yes",
    }


def test_pages_of_the_answers_have_no_fault_and_never_scroll_sideways(
    page: Page, live_site: Site, drafters: Drafters
) -> None:
    add_staff(live_site)
    draft = drafters.begin()
    drafters.save(draft.id, "gaps", "Palabra " * 900 + "larga" * 60)
    _open(page, live_site, draft.id, "Ana")
    page.goto(f"{live_site.url}/es/secretariat/sign-in")
    page.get_by_label("Correo electrónico").fill(REVIEWER)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_site.url}/es/secretariat/")
    desk = f"/es/secretariat/{REVIEW}/calls/{CALL}"
    found = {}
    for path in (f"/es/submission/{draft.reference}/answers", f"{desk}/answers", f"{desk}/begin"):
        page.goto(f"{live_site.url}{path}")
        faults = list_faults(page, ("light", "dark"))
        found[path] = [*faults, *list_too_narrow(page, (320, 390, 701, 1280))]

    assert {path: faults for path, faults in found.items() if faults} == {}


def _open(page: Page, site: Site, id: UUID, writer: str) -> None:
    page.goto(f"{site.url}/l/{site.office.tokens.of_submission(id, 1)}")
    page.get_by_label("Su nombre").fill(writer)
