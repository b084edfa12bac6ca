"""A reviewer's whole day, in Spanish, with the keyboard alone: no pointer touches the page."""

from pathlib import Path

from playwright.sync_api import Page

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.store import reading
from tests.desks import LIST, PASSWORD, REVIEWER, add_staff, make_guide, submit
from tests.offices import Guide
from tests.sites import Site
from tests.uploads.files import make_jpeg

#: Presses of Tab after which something is not on the page.
_MOST_TABS = 150
#: The name by which a screen reader would tell the focused element.
_NAME = """() => {
  const node = document.activeElement;
  const text = node.labels?.[0]?.textContent ?? node.getAttribute('aria-label') ?? node.textContent;
  return text.trim().replace(/\\s+/g, ' ');
}"""


def test_reviewer_s_day_needs_no_pointer(page: Page, live_site: Site, tmp_path: Path) -> None:
    add_staff(live_site)
    guide = make_guide(live_site)
    good = submit(guide, "cr", given_names="Ana", surnames="Morales")
    blurred = submit(guide, "pa", given_names="Luis", surnames="Herrera")
    wrong = submit(guide, "mx", given_names="Eva", surnames="Ríos")

    _sign_in(page, live_site)
    _open(page, "Ana Morales")
    _approve(page)
    _return_with_a_ready_sentence(page)
    _correct_and_note(page)
    _decline(page)
    _enter_somebody(page)
    _record_a_paper(page, tmp_path)
    _follow(page, "Cerrar sesión")

    page.wait_for_url("**/es/secretariat/sign-in**")
    assert guide.get(good.id).state is State.ACCEPTED
    returned = guide.get(blurred.id)
    assert returned.state is State.RETURNED
    assert returned.reason == (
        "La copia del pasaporte no se puede leer. Le pedimos enviar una imagen nítida y sin "
        "reflejos de la página con la fotografía.\nGracias."
    )
    declined = guide.get(wrong.id)
    assert (declined.state, declined.particulars.position) == (State.DECLINED, "Directora")
    assert _notes(guide, wrong) == [("Luisa Pérez", "La misión llamará mañana.")]
    with live_site.office.database.reading() as session:
        (entered,) = reading.list_by_email(session, guide.meeting.id, "elodie@example.org")
    assert (entered.state, entered.on_behalf) == (State.SUBMITTED, True)


def _sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/es/secretariat/sign-in")
    _write(page, "Correo electrónico", REVIEWER)
    _write(page, "Contraseña", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/es/secretariat/")
    page.goto(f"{site.url}{LIST}".replace("/en/", "/es/"))


def _approve(page: Page) -> None:
    page.keyboard.press("a")
    assert _name(page) == "Aprobar y emitir la carta"
    _send(page)
    _expect(page, "Ana Morales")


def _return_with_a_ready_sentence(page: Page) -> None:
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Gracias.")
    _send(page)
    _expect(page, "Luis Herrera")


def _correct_and_note(page: Page) -> None:
    page.keyboard.press("c")
    page.wait_for_url("**/correct")
    _write(page, "Cargo", "Directora")
    _write(page, "Motivo de la corrección", "Lo dice el pasaporte")
    _follow(page, "Guardar la corrección")
    _expect(page, "Eva Ríos")
    page.keyboard.press("n")
    page.keyboard.type("La misión llamará mañana.")
    _send(page)
    _expect(page, "La nota quedó guardada.")


def _decline(page: Page) -> None:
    page.keyboard.press("d")
    page.keyboard.type("La delegación nombró a otra persona.")
    _send(page)
    page.wait_for_selector("h1:has-text('Eva Ríos')")
    _follow(page, "No aprobar esta inscripción")
    _expect(page, "Eva Ríos")


def _enter_somebody(page: Page) -> None:
    _follow(page, "Ingresar una inscripción")
    _write(page, "Delegación", "Canad", as_choice=True)
    _write(page, "Nombres", "Élodie")
    _write(page, "Apellidos", "Tremblay")
    _write(page, "Institución", "Inmigración")
    _write(page, "Cargo", "Directora")
    _write(page, "Correo electrónico", "elodie@example.org")
    _write(page, "Por qué la Secretaría ingresa esta inscripción", "Llegó por correo")
    _follow(page, "Ingresar esta inscripción")
    _expect(page, "Élodie Tremblay")


def _record_a_paper(page: Page, folder: Path) -> None:
    scan = folder / "carta.jpg"
    scan.write_bytes(make_jpeg())
    # Listened for long before the key: `expect_file_chooser` asks the browser for the event and
    # does not wait for its answer, and on a busy machine the key is there first.
    page.on("filechooser", lambda chooser: chooser.set_files(scan))
    _follow(page, "Inscripciones")
    _open(page, "Ana Morales")
    _follow(page, "Registrar una carta firmada")
    _go_to(page, "Copia escaneada de la carta firmada")
    page.keyboard.press("Enter")
    page.locator("[data-upload-chosen]").get_by_text("carta.jpg").wait_for()
    _write(page, "Nombre al pie de la firma", "Ana Morales")
    _write(page, "Fecha de la firma", "02202022", as_choice=True)
    _write(page, "Cómo llegó la carta", "Por valija")
    _go_to(page, "La copia escaneada muestra")
    page.keyboard.press("Space")
    _follow(page, "Registrar la aceptación")
    _expect(page, "Ana Morales")


def _open(page: Page, name: str) -> None:
    _follow(page, name)
    page.wait_for_selector(f"h1:has-text('{name}')")


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def _expect(page: Page, words: str) -> None:
    """Wait until the next page says that it was done."""
    page.locator(".flash--done").get_by_text(words).wait_for()


def _follow(page: Page, name: str) -> None:
    _go_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _write(page: Page, label: str, text: str, *, as_choice: bool = False) -> None:
    _go_to(page, label)
    if not as_choice:
        page.keyboard.press("Control+a")
    page.keyboard.type(text)


def _go_to(page: Page, name: str) -> None:
    """Press Tab until the element of this name has the focus."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if _name(page).startswith(name):
            return
    raise AssertionError(f"the keyboard does not come to {name!r} on {page.url}")


def _name(page: Page) -> str:
    return str(page.evaluate(_NAME))


def _notes(guide: Guide, entry: Registration) -> list[tuple[str, str]]:
    with guide.office.database.reading() as session:
        return [(each.staff_name, each.words) for each in reading.list_notes(session, entry.id)]
