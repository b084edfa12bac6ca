"""The pages about personal data: what is held, erasing one person, what is left to see of it."""

from datetime import UTC, datetime, timedelta

import pytest

from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.states import State
from registration.registrar import erasing, withdrawing
from registration.registrar.office import Moved
from registration.store.tables.letters import DbLetter
from tests.delegates import entry_path as own_path
from tests.delegates import get, open_link
from tests.desks import ENTRIES, entry_path, make_guide, open_desk, submit
from tests.offices import REVIEWER, Guide
from tests.pages import Pages
from tests.registrar.moving import accept, moved
from tests.sites import Site

PAGE = "/en/secretariat/rcm-imrf-2022/retention"
ADMIN = "administradora@example.org"


def test_page_counts_what_is_held_and_says_until_when(site: Site) -> None:
    guide = make_guide(site)
    guide.approve(submit(guide))
    desk = open_desk(site)

    page = desk.get(PAGE)

    meeting = guide.meeting
    for text in ("Copies of passports 1", "Invitation letters 1", "Nothing was erased yet."):
        assert text in page.text
    for day in (meeting.passports_erased_on, meeting.erased_on):
        assert f"{day.day} {day:%B} {day.year}" in page.text


@pytest.mark.parametrize("language", ["en", "es"])
def test_administrator_erases_one_person_after_being_asked_once_more(
    site: Site, language: str
) -> None:
    guide = make_guide(site)
    entry = _withdraw(guide, submit(guide))
    desk = open_desk(site, ADMIN, roles=[Role.ADMINISTRATOR], language=language)
    desk.typed += [entry.full_name, *entry.particulars.institution.split(",")]
    path = entry_path(entry, "erase", language=language)
    assert entry.full_name in desk.get(path).text

    desk.post(path, {}, status=422)
    desk.post(path, {"reason": "date", "sure": "y"}, status=422)
    assert get(site, entry).erased_at is None
    desk.post(path, {"reason": "request", "sure": "y"}, status=303)

    assert get(site, entry).full_name == entry.reference
    erasing.run_due(site.office, now=datetime.now(UTC))
    page = desk.get(PAGE.replace("/en/", f"/{language}/"))
    assert entry.reference in page.text
    record = next(each for each in page.html.split('"') if each.endswith(".pdf"))
    answer = desk.client.get(record, base_url=site.url)
    assert answer.data.startswith(b"%PDF")
    desk.get(path, status=404)


def test_reviewer_sees_the_page_and_erases_nobody(site: Site) -> None:
    guide = make_guide(site)
    entry = _withdraw(guide, submit(guide))
    desk = open_desk(site)

    assert "Erase the personal data" not in desk.get(entry_path(entry)).text
    desk.get(PAGE)
    desk.get(entry_path(entry, "erase"), status=404)


def test_who_takes_part_is_withdrawn_first(site: Site) -> None:
    entry = submit(make_guide(site))
    desk = open_desk(site, ADMIN, roles=[Role.ADMINISTRATOR])

    page = desk.get(entry_path(entry, "erase"))

    assert "Withdraw it first" in page.text
    assert all("reason" not in form.fields for form in page.forms)
    assert get(site, entry).erased_at is None


def test_pages_of_an_erased_entry_answer_and_name_nobody(site: Site) -> None:
    guide = make_guide(site)
    entry = submit(guide)
    guide.approve(entry)
    moved(accept(guide, entry))
    letter_id = _letter_id(site, entry)
    own = Pages(site.app, site.url)
    open_link(own, site, entry)
    desk = open_desk(site, ADMIN, roles=[Role.ADMINISTRATOR, Role.REVIEWER])
    erasing.run_due(site.office, now=datetime.now(UTC) + timedelta(days=400))

    for path in ("", "withdraw", "amend", "accept"):
        answer = desk.client.get(entry_path(entry, path), base_url=site.url)
        assert answer.status_code in {200, 404}, path
        assert entry.particulars.given_names not in answer.text
        assert entry.particulars.email not in answer.text
    assert "erased the personal data" in desk.get(entry_path(entry)).text
    for path in (f"letter/{letter_id}.pdf", "record.pdf", "passport/1", "passport/1/small.jpg"):
        desk.get(entry_path(entry, path), status=404)
    assert entry.reference in desk.get(ENTRIES).text
    page = own.get(own_path(entry))
    assert "Your personal data were erased" in page.text
    for path in ("letter.pdf", "letter/1.png", "record.pdf", "passport/1.jpg", "correct"):
        own.get(own_path(entry, path), status=404)
    own.get(own_path(entry, "accept"), status=303)
    assert entry.reference in own.get("/en/registration/").text
    link = Pages(site.app, site.url)
    assert open_link(link, site, get(site, entry)).endswith(own_path(entry, language="es"))


def test_erased_entry_takes_no_move_at_the_desk(site: Site) -> None:
    guide = make_guide(site)
    entry = submit(guide)
    desk = open_desk(site, ADMIN, roles=[Role.ADMINISTRATOR])
    page = desk.get(entry_path(entry, "withdraw"))
    form = page.forms[-1]
    erasing.run_due(site.office, now=datetime.now(UTC) + timedelta(days=400))

    answer = desk.client.post(
        form.attributes["action"], data={**form.fields, "reason": "x"}, base_url=site.url
    )

    assert answer.status_code == 409
    assert "Nothing can be changed or sent any more" in answer.text
    assert get(site, entry).state is State.SUBMITTED


def test_delegate_reads_what_is_held_and_until_when(site: Site) -> None:
    guide = make_guide(site)
    entry = submit(guide)
    own = Pages(site.app, site.url)
    own.typed += [entry.full_name]
    open_link(own, site, entry)

    page = own.get(own_path(entry))

    day = guide.meeting.passports_erased_on
    assert f"Kept until {day.day} {day:%B} {day.year} Copy of your passport" in page.text
    erasing.run_due(
        site.office, now=datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1)
    )
    page = own.get(own_path(entry))
    assert "Copy of your passport" not in page.text
    assert "Copy of the passport erased" in page.text


def _withdraw(guide: Guide, entry: Registration) -> Registration:
    result = withdrawing.withdraw(
        guide.office, entry.id, version=entry.version, by=REVIEWER, arrived_at=guide.now, reason="x"
    )
    assert isinstance(result, Moved)
    return result.registration


def _letter_id(site: Site, entry: Registration) -> object:
    with site.office.database.reading() as session:
        return session.query(DbLetter.id).filter(DbLetter.registration_id == entry.id).scalar()
