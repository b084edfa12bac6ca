"""The page of the ZIP of passports: whom it is for, a password that is shown once, and the file."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import TestResponse

from registration.domain.events import Event
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.store import reading
from registration.web import sealed_passwords
from tests.builders import RCM
from tests.desks import make_guide, open_desk, submit
from tests.locked_zips import read_locked
from tests.offices import Guide
from tests.pages import Page, Pages
from tests.registrar.test_bundling import drop_passport
from tests.sites import Site

PAGE = f"/en/secretariat/{RCM}/travel/passports"
FILE = f"{PAGE}.zip"


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site, "marta@example.org", name="Marta Solís", roles=[Role.TRAVEL])


@pytest.mark.parametrize("language", ["en", "es"])
def test_password_that_is_shown_opens_what_is_downloaded(
    guide: Guide, desk: Pages, language: str
) -> None:
    entry = guide.approve(submit(guide, "cr"))
    canadian = guide.approve(submit(guide, "ca"))
    address = PAGE.replace("/en/", f"/{language}/")

    page = desk.post(address, {}, status=200)
    password = read_password(page)
    answer = download(desk, page, f"{address}.zip")

    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == page.response.headers["Cache-Control"] == "no-store"
    (copy, _) = read_locked(answer.data, password).items()
    assert copy[0].startswith("CR-01 ")
    assert copy[1].startswith(b"\xff\xd8\xff")
    assert entry.full_name in page.text
    assert canadian.full_name not in page.text


def test_each_password_is_another_and_stands_nowhere_else(
    site: Site, guide: Guide, desk: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    entry = guide.approve(submit(guide, "cr"))
    with caplog.at_level(logging.DEBUG):
        pages = [desk.post(PAGE, {}, status=200) for _ in range(2)]
        for page in pages:
            download(desk, page)

    passwords = [read_password(page) for page in pages]
    assert len(set(passwords)) == 2
    told = desk.get(PAGE).html + desk.get(f"/en/secretariat/{RCM}/exports/").html + caplog.text
    lines = [*list_lines(site, entry), *list_lines(site)]
    assert len(lines) > 3
    for page, password in zip(pages, passwords, strict=True):
        assert password not in told + str(lines)
        assert page.html.count(password) == 1
        assert password not in sealed_in(page)


def test_showing_opens_nothing_and_downloading_leaves_its_lines(
    site: Site, guide: Guide, desk: Pages
) -> None:
    entry = guide.approve(submit(guide, "cr"))
    desk.get(PAGE)
    page = desk.post(PAGE, {}, status=200)
    assert Event.FILE_OPENED not in list_lines(site, entry)
    assert list_lines(site) == []

    download(desk, page)

    assert list_lines(site, entry).count(Event.FILE_OPENED) == 1
    assert list_lines(site) == [Event.EXPORTED]
    for reader in (desk, open_desk(site)):
        text = reader.get(f"/en/secretariat/{RCM}/exports/").text
        assert "Passports ZIP 1 Marta Solís" in text
    host = open_desk(site, "host@example.org", roles=[Role.HOST])
    assert "Marta Solís" not in host.get(f"/en/secretariat/{RCM}/exports/").text


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.TRAVEL])
def test_no_other_desk_has_it(site: Site, guide: Guide, desk: Pages, role: Role) -> None:
    guide.approve(submit(guide, "cr"))
    page = desk.post(PAGE, {}, status=200)
    other = open_desk(site, "other@example.org", roles=[role])

    assert other.get(PAGE, status=404).status == 404
    assert send(other, PAGE).status_code == 404
    assert send(other, FILE, sealed=sealed_in(page)).status_code == 404
    assert PAGE not in other.get(f"/en/secretariat/{RCM}/exports/").html


def test_stranger_is_sent_to_the_sign_in(site: Site) -> None:
    assert Pages(site.app, site.url).get(PAGE, status=303).status == 303


def test_password_of_somebody_else_too_old_or_made_up_downloads_nothing(
    site: Site, guide: Guide, desk: Pages
) -> None:
    entry = guide.approve(submit(guide, "cr"))
    page = desk.post(PAGE, {}, status=200)
    colleague = open_desk(site, "paula@example.org", roles=[Role.TRAVEL])
    long_ago = datetime.now(UTC) - sealed_passwords.GOOD_FOR - timedelta(seconds=5)
    with site.app.app_context():
        old = sealed_passwords.seal_password("abcd", RCM, 1, now=long_ago)

    for who, sealed in (
        (colleague, sealed_in(page)),
        (desk, old),
        (desk, sealed_in(page)[:-4] + "AAAA"),
        (desk, "ñ"),
        (desk, ""),
    ):
        assert send(who, FILE, sealed=sealed).status_code == 303
        assert "Nothing was downloaded" in who.get(PAGE).text
    assert Event.FILE_OPENED not in list_lines(site, entry)
    assert list_lines(site) == []


def test_page_says_whose_passport_is_missing_and_offers_no_empty_zip(
    site: Site, guide: Guide, desk: Pages
) -> None:
    entry = guide.approve(submit(guide, "cr"))
    sealed = sealed_in(desk.post(PAGE, {}, status=200))
    drop_passport(guide, entry)

    page = desk.get(PAGE)

    assert entry.full_name in page.text
    assert "No copy of the passport was sent." in page.text
    assert "Make a password" not in page.text
    assert send(desk, FILE, sealed=sealed).status_code == 303
    assert list_lines(site) == []


def test_travel_desk_finds_it_from_its_list(guide: Guide, desk: Pages) -> None:
    guide.approve(submit(guide, "cr"))

    for page in (f"/en/secretariat/{RCM}/travel", f"/en/secretariat/{RCM}/exports/"):
        assert f'href="{PAGE}"' in desk.get(page).html


# builders


def read_password(page: Page) -> str:
    return page.html.partition('<li translate="no">')[2].partition("</li>")[0]


def sealed_in(page: Page) -> str:
    return next(form.fields["sealed"] for form in page.forms if "sealed" in form.fields)


def download(desk: Pages, page: Page, address: str = FILE) -> TestResponse:
    return send(desk, address, sealed=sealed_in(page))


def send(desk: Pages, address: str, **fields: str) -> TestResponse:
    """Send a form with the token of a page that every desk has."""
    token = desk.get(f"/en/secretariat/{RCM}/exports/").forms[-1].fields["csrf_token"]
    answer = desk.client.post(address, data={**fields, "csrf_token": token}, base_url=desk.base_url)
    assert answer.data is not None  # read to its end, as a browser does
    return answer


def list_lines(site: Site, entry: Registration | None = None) -> list[Event]:
    """Return the events of the entry's history, or of the meeting's."""
    chain = reading.chain_of_registration(entry.id) if entry else reading.chain_of_meeting(RCM)
    with site.office.database.reading() as session:
        return [line.event for line in reading.list_history(session, chain)]
