"""What people see of a file that is not made anew yet, and of one that could not be."""

from datetime import datetime

import pytest

from registration.domain.papers import Condition, FileRole
from registration.domain.registrations import Registration
from registration.registrar.cleaning import clean_waiting
from registration.registrar.receiving import ReceivedFile, receive_file, unlock_file
from registration.store import reading
from registration.uploads import decoder
from tests.delegates import (
    entry_path,
    fill,
    find_only,
    form_path,
    make_file,
    open_link,
    particulars,
)
from tests.desks import entry_path as desk_path
from tests.desks import make_guide, open_desk
from tests.offices import Guide
from tests.pages import Pages
from tests.registrar.moving import accept, moved
from tests.sites import Site
from tests.uploads import files

DAMAGED = files.make_jpeg()[:5000]
WORDS = {
    "en": {
        "waits": "It is being prepared for the Secretariat; you can see it here in a minute.",
        "failed": "We could not open the copy of your passport",
        "again": "Send another copy",
        "desk waits": "The copy of the passport is being prepared",
        "desk failed": "The copy of the passport could not be opened",
        "nothing to do": "There is nothing you need to do",
    },
    "es": {
        "waits": "Se está preparando para la Secretaría; podrá verla aquí en un minuto.",
        "failed": "No pudimos abrir la copia de su pasaporte",
        "again": "Enviar otra copia",
        "desk waits": "La copia del pasaporte se está preparando",
        "desk failed": "La copia del pasaporte no se pudo abrir",
        "nothing to do": "No tiene que hacer nada más",
    },
}


def test_form_is_taken_while_all_rooms_are_busy_and_its_passport_made_anew_later(
    pages: Pages, site: Site
) -> None:
    with decoder._ROOM, decoder._ROOM:
        form = fill(passport=make_file(files.make_photo_of_a_phone(), "IMG_1.jpg"))
        pages.post(form_path(), form, status=303)
    entry = find_only(site)
    assert entry.passport is not None
    with site.office.database.reading() as session:
        assert reading.get_file(session, entry.passport).condition is Condition.WAITING

    clean_waiting(site.office, lambda: make_guide(site).now)

    with site.office.database.reading() as session:
        file = reading.get_file(session, entry.passport)
    assert file.condition is Condition.CLEAN
    assert b"SECRET" not in unlock_file(site.office, file)


def test_file_of_a_form_is_kept_under_the_name_and_size_of_what_it_has_become(
    pages: Pages, site: Site
) -> None:
    pages.post(form_path(), fill(passport=make_file(files.make_heic(), "IMG_1.HEIC")), status=303)

    entry = find_only(site)
    assert entry.passport is not None
    with site.office.database.reading() as session:
        file = reading.get_file(session, entry.passport)
    data = unlock_file(site.office, file)
    assert (file.name, file.media_type, file.size) == ("IMG_1.jpg", "image/jpeg", len(data))
    assert data.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("language", ["en", "es"])
def test_entry_with_a_waiting_passport_says_so_and_offers_no_picture(
    pages: Pages, site: Site, language: str
) -> None:
    guide = make_guide(site)
    entry = submit_waiting(guide, files.make_jpeg())
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry, language=language))

    assert WORDS[language]["waits"] in page.text
    picture = entry_path(entry, "passport", "1.jpg", language=language)
    assert picture not in page.response.text
    assert pages.client.get(picture, base_url=site.url).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_entry_whose_passport_failed_asks_for_another_and_takes_it(
    pages: Pages, site: Site, language: str
) -> None:
    guide = make_guide(site)
    entry = submit_waiting(guide, DAMAGED)
    clean_waiting(site.office, lambda: guide.now)
    open_link(pages, site, entry)
    page = pages.get(entry_path(entry, language=language))
    assert WORDS[language]["failed"] in page.text
    assert WORDS[language]["again"] in page.text
    assert WORDS[language]["nothing to do"] not in page.text

    correction = entry_path(entry, "correct", language=language)
    without = pages.post(correction, particulars(), status=422)
    pages.post(correction, particulars(passport=make_file()), status=303)

    assert WORDS[language]["failed"] not in without.text
    after = pages.get(entry_path(entry, language=language))
    assert WORDS[language]["failed"] not in after.text


def test_file_that_failed_since_its_form_was_refused_is_asked_for_again(
    pages: Pages, site: Site
) -> None:
    guide = make_guide(site)
    entry = submit_waiting(guide, files.make_jpeg())
    open_link(pages, site, entry)
    send(guide, entry, DAMAGED)
    clean_waiting(site.office, lambda: guide.now)

    page = pages.post(entry_path(entry, "correct"), particulars(), status=422)

    assert "The file cannot be opened; it may be damaged." in page.text
    assert "It is kept while you finish the form." not in page.text


def test_accepted_entry_says_that_its_scan_failed_and_that_the_acceptance_stands(
    pages: Pages, site: Site
) -> None:
    guide = make_guide(site)
    entry = guide.approve(guide.submit())
    send(guide, entry, DAMAGED, FileRole.SIGNED_LETTER)
    moved(accept(guide, entry))
    clean_waiting(site.office, lambda: guide.now)
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry))

    assert "We could not open the scan of your signed letter Your acceptance stands." in page.text
    desk = open_desk(site).get(desk_path(entry))
    assert "The scan of the signed letter could not be opened" in desk.text
    assert desk.response.text.count("/file/") == 1  # the passport's


@pytest.mark.parametrize("language", ["en", "es"])
def test_desk_sees_that_a_passport_waits_and_opens_nothing_of_it(site: Site, language: str) -> None:
    entry = submit_waiting(make_guide(site), files.make_jpeg())
    pages = open_desk(site)

    page = pages.client.get(desk_path(entry, language=language), base_url=site.url)

    assert WORDS[language]["desk waits"] in page.text
    for below in ("passport/1", "passport/1/small.jpg", f"file/{entry.passport}"):
        answer = pages.client.get(desk_path(entry, below), base_url=site.url)
        assert answer.status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_desk_sees_that_a_passport_failed_and_who_was_told(site: Site, language: str) -> None:
    occasion = {"en": "Another copy of the passport is needed"}
    occasion["es"] = "Se necesita otra copia del pasaporte"
    guide = make_guide(site)
    entry = submit_waiting(guide, DAMAGED)
    clean_waiting(site.office, lambda: guide.now)
    pages = open_desk(site)

    page = pages.client.get(desk_path(entry, language=language), base_url=site.url)

    assert WORDS[language]["desk failed"] in page.text
    assert occasion[language] in page.text


# what they need


def submit_waiting(guide: Guide, data: bytes) -> Registration:
    """Return a submitted entry whose passport came before files were made anew."""
    application = guide.apply(with_passport=False)
    receive(guide, application.entry, data, FileRole.PASSPORT)
    guide.register(application)
    return moved(guide.confirm(application.entry))


def send(
    guide: Guide, entry: Registration, data: bytes, role: FileRole = FileRole.PASSPORT
) -> None:
    guide.wait(seconds=1)
    receive(guide, entry.id, data, role)


def receive(guide: Guide, entry: object, data: bytes, role: FileRole) -> None:
    file = ReceivedFile(
        name="archivo.jpg",
        media_type="image/jpeg",
        pages=1,
        data=data,
        condition=Condition.WAITING,
    )
    at: datetime = guide.now
    receive_file(guide.office, entry, role, file, arrived_at=at)  # type: ignore[arg-type]  # its id
