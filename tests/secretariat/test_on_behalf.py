"""What the desk does for somebody, over HTTP: enters, replaces, nominates, takes back, notes."""

import re
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from registration.domain.nominations import Standing, standing_of
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import deciding
from registration.registrar.office import Moved
from registration.store import reading
from tests.desks import LIST, entry_path, make_guide, open_desk, submit
from tests.offices import OTHER_REVIEWER, Guide
from tests.pages import Page, Pages
from tests.registrar.moving import decide, moved
from tests.sites import Site
from tests.uploads.files import make_jpeg

ENTER = f"{LIST}enter"
UNREADABLE = (
    "La copia del pasaporte no se puede leer. Le pedimos enviar una imagen nítida y sin reflejos "
    "de la página con la fotografía."
)
PERSON = {
    "treatment": "",
    "given_names": "Élodie",
    "surnames": "Tremblay-Núñez",
    "institution": "Immigration, Refugees and Citizenship Canada",
    "position": "Director",
    "email": "elodie@example.org",
    "copy_to": "",
    "language": "en",
    "reason": "Came by e-mail",
}


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_ready_sentence_reaches_the_delegate_in_their_language_without_a_script(
    desk: Pages, guide: Guide
) -> None:
    entry = submit(guide)
    data = {"decision": "return", "ready": "unreadable", "reason": "Gracias.", "then": "stay"}

    desk.post(entry_path(entry), data, status=303)

    assert guide.get(entry.id).reason == f"Gracias.\n{UNREADABLE}"


def test_return_can_be_taken_back_from_the_page_and_a_decline_says_why_not(
    desk: Pages, guide: Guide
) -> None:
    desk.typed += ["No se lee.", "Otra persona."]
    returned = moved(decide(guide, submit(guide), "return_", "No se lee."))
    declined = moved(decide(guide, submit(guide, "pa"), "decline", "Otra persona."))

    page = desk.get(entry_path(returned))
    desk.client.post(
        entry_path(returned, "take-back"), data=_form(page, entry_path(returned, "take-back"))
    )

    assert guide.get(returned.id).state is State.SUBMITTED
    said = desk.get(entry_path(declined)).text
    assert "No: the seat is free, and the person was told." in said
    again = desk.get(f"{ENTER}?like={declined.reference}")
    assert declined.particulars.surnames in again.html


def test_page_learns_who_moved_the_entry(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    address = entry_path(entry, "version")

    before = desk.client.get(f"{address}?seen={entry.version}").get_json()
    answer = deciding.approve(
        guide.office, entry.id, version=entry.version, by=OTHER_REVIEWER, arrived_at=guide.now
    )
    after = desk.client.get(f"{address}?seen={entry.version}").get_json()

    assert isinstance(answer, Moved)
    assert before == {"version": entry.version, "sentence": ""}
    assert after["version"] == entry.version + 1
    assert after["sentence"].startswith("Tomás Rivas approved it; the letter was issued (")


def test_note_stays_among_staff(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    address = entry_path(entry, "notes")

    empty = desk.client.post(address, data={**_form(desk.get(entry_path(entry)), address)})
    form = _form(desk.get(entry_path(entry)), address)
    desk.client.post(address, data={**form, "note": "<b>Llamar</b>"})

    assert empty.status_code == 422
    assert "Write the note first." in empty.text
    page = desk.get(entry_path(entry))
    assert "&lt;b&gt;Llamar&lt;/b&gt;" in page.html


def test_free_seat_that_others_wait_for_is_given_only_when_asked_twice(
    desk: Pages, guide: Guide, site: Site
) -> None:
    holders = [submit(guide, "ca"), submit(guide, "ca")]
    guide.submit("ca", join_reserve=True)
    moved(decide(guide, holders[0], "decline", "Otra persona."))
    data = {**PERSON, "delegation": "ca"}

    asked = desk.post(ENTER, data, status=409)
    desk.post(ENTER, {**data, "pass_reserve": "y"}, status=303)

    assert "One person of the delegation waits on the reserve list" in asked.text
    assert [each.state for each in _find(site, guide)] == [State.SUBMITTED]


def test_message_that_an_entry_came_with_is_kept_and_its_opening_told(
    desk: Pages, guide: Guide, site: Site
) -> None:
    data = {**PERSON, "delegation": "ca", "request": _file(make_jpeg(), "correo.jpg")}
    desk.post(ENTER, data, status=303)
    (entry,) = _find(site, guide)
    page = desk.get(entry_path(entry))
    (link,) = _list_files(page)

    answer = desk.client.get(link)

    assert answer.status_code == 200
    assert "Message with which the registration came" in page.text
    assert guide.list_events(entry.id)[-1] == "file_opened"


def test_replacement_at_the_desk_hands_the_seat_over_and_tells_both(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = guide.approve(submit(guide, "ca"))

    desk.post(entry_path(entry, "replace"), PERSON, status=303)

    (newcomer,) = _find(site, guide)
    after = guide.get(entry.id)
    assert (after.state, after.seat_number) == (State.WITHDRAWN, None)
    assert (newcomer.state, newcomer.seat_number) == (State.SUBMITTED, entry.seat_number)
    assert ("withdrawn", entry.particulars.email) in guide.list_mails(entry.id)
    assert ("entered_on_behalf", "elodie@example.org") in guide.list_mails(newcomer.id)


def test_replacement_without_a_reason_changes_nothing(desk: Pages, guide: Guide) -> None:
    entry = submit(guide, "ca")

    page = desk.post(entry_path(entry, "replace"), {**PERSON, "reason": " "}, status=422)

    assert "Write how the data came; it stays in the history." in page.text
    assert "Tremblay-Núñez" in page.html
    assert guide.get(entry.id).state is State.SUBMITTED


def test_note_verbale_is_recorded_for_several_with_its_scan(desk: Pages, guide: Guide) -> None:
    one, two = submit(guide), submit(guide)
    address = entry_path(one, "note-verbale")
    data = {"number": "DGE-0123", "dated": "2022-02-10", "people": [one.reference, two.reference]}

    bare = desk.post(address, {**data, "dated": "2099-01-01"}, status=422)
    desk.post(address, {**data, "scan": _file(make_jpeg(), "nota.jpg")}, status=303)

    assert "DGE-0123" in bare.html
    assert "This day is still to come. Enter the date on the paper." in bare.text
    assert [standing_of(guide.get(each.id)) for each in (one, two)] == [Standing.NOMINATED] * 2
    page = desk.get(entry_path(two))
    assert "Note verbale DGE-0123" in page.text
    (link,) = [each for each in _list_files(page) if str(two.passport) not in each]
    assert desk.client.get(link).status_code == 200
    assert "opened the note verbale" in desk.get(entry_path(two)).text


def _list_files(page: Page) -> list[str]:
    """Return the addresses of the files that the page offers."""
    return re.findall(r'href="([^"]*/file/[^"]*)"', page.html)


def _find(site: Site, guide: Guide) -> list[Registration]:
    with site.office.database.reading() as session:
        return reading.list_by_email(session, guide.meeting.id, "elodie@example.org")


def _form(page: Page, action: str) -> dict[str, str]:
    """Return what the form of the page that is sent to the address would send untouched."""
    found = [each for each in page.forms if each.attributes["action"] == action]
    return found[0].fields


def _file(data: bytes, name: str) -> FileStorage:
    return FileStorage(BytesIO(data), filename=name)
