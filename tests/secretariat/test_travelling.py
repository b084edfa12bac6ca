"""The travel desk: whom it sees, what of them, and what its looking leaves in their history."""

import pytest

from registration.domain.openings import Why
from registration.domain.papers import HistoryLine
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.registrar import opening
from registration.store import reading
from tests.delegates import entry_path as own_path
from tests.delegates import open_link
from tests.desks import entry_path, make_guide, open_desk, submit
from tests.offices import REVIEWER, Guide
from tests.pages import Pages
from tests.registrar.moving import accept, moved, withdraw
from tests.sites import Site

TRAVEL = "/en/secretariat/rcm-imrf-2022/travel"


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site, "marta@example.org", name="Marta Solís", roles=[Role.TRAVEL])


@pytest.mark.parametrize("language", ["en", "es"])
def test_list_holds_those_whose_flight_is_paid_and_nothing_else_of_them(
    site: Site, desk: Pages, language: str
) -> None:
    guide = make_guide(site)
    paid = guide.approve(submit(guide, "cr"))
    signed = moved(accept(guide, guide.approve(submit(guide, "gt"))))
    others = [guide.approve(submit(guide, "mx")), guide.approve(submit(guide, "ca"))]
    others.append(submit(guide, "pa"))

    page = desk.get(TRAVEL.replace("/en/", f"/{language}/"))

    for each in (paid, signed):
        assert each.full_name in page.text
        person = each.particulars
        for secret in (person.email, person.institution, person.position):
            assert secret not in page.html
    assert all(each.full_name not in page.html for each in others)
    assert "Guatemala" in page.text


def test_passport_is_shown_and_saved_and_each_opening_is_recorded(site: Site, desk: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    page = desk.get(travel_path(entry))
    assert page.text.count(entry.particulars.institution) == 0

    picture = desk.client.get(travel_path(entry, "passport/1.jpg"), base_url=site.url)
    saved = desk.client.get(travel_path(entry, "passport"), base_url=site.url)

    assert picture.data.startswith(b"\xff\xd8\xff")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert {each.headers["Cache-Control"] for each in (picture, saved)} == {"no-store"}
    assert saved.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    lines = list_lines(guide, entry)[:2]
    assert [(each.event.value, each.facts["why"], each.staff_name) for each in lines] == [
        ("file_opened", "flight", "Marta Solís"),
    ] * 2


def test_page_itself_opens_nothing(site: Site, desk: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))

    desk.get(TRAVEL)
    desk.get(travel_path(entry))

    assert "file_opened" not in guide.list_events(entry.id)


@pytest.mark.parametrize("below", ["", "passport/1.jpg", "passport"])
def test_person_who_withdraws_is_gone_from_the_desk_at_once(
    site: Site, desk: Pages, below: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    assert desk.client.get(travel_path(entry, below), base_url=site.url).status_code == 200
    events = guide.list_events(entry.id).count("file_opened")

    moved(withdraw(guide, entry))

    desk.get(travel_path(entry, below), status=404)
    assert entry.full_name not in desk.get(TRAVEL).html
    assert guide.list_events(entry.id).count("file_opened") == events


@pytest.mark.parametrize("page", [0, 2])
def test_page_that_the_passport_does_not_have_is_not_there(
    site: Site, desk: Pages, page: int
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))

    desk.get(travel_path(entry, f"passport/{page}.jpg"), status=404)


def test_registrar_asks_the_rule_again_where_a_page_has_not(site: Site) -> None:
    """Between the guard and the opening the entry may have been withdrawn."""
    guide = make_guide(site)
    for entry in (guide.approve(submit(guide, "mx")), submit(guide, "cr")):
        assert entry.passport is not None

        with pytest.raises(LookupError):
            opening.open_file(
                site.office,
                entry.passport,
                of=entry.id,
                by=REVIEWER,
                why=Why.FLIGHT,
                arrived_at=guide.now,
            )
        assert "file_opened" not in guide.list_events(entry.id)


def test_travel_desk_is_opened_no_letter(site: Site) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    with site.office.database.reading() as session:
        letter = reading.find_newest_letter(session, entry.id)
    assert letter is not None

    with pytest.raises(LookupError):
        opening.open_file(
            site.office,
            letter.file_id,
            of=entry.id,
            by=REVIEWER,
            why=Why.FLIGHT,
            arrived_at=guide.now,
        )


def test_desk_finds_its_way_and_is_shown_no_link_that_is_closed_to_it(
    site: Site, desk: Pages
) -> None:
    for page in (desk.get("/en/secretariat/"), desk.get(TRAVEL)):
        assert TRAVEL in page.html
        assert 'href="/en/secretariat/rcm-imrf-2022/"' not in page.html
    reviewer = open_desk(site)
    assert TRAVEL not in reviewer.get("/en/secretariat/rcm-imrf-2022/").html


@pytest.mark.parametrize(
    ("language", "told", "mine"),
    [
        ("en", "The travel desk opened the passport to buy the air ticket", "You opened the passp"),
        ("es", "La oficina de viajes abrió el pasaporte para comprar el b", "Usted abrió el pasap"),
    ],
)
def test_delegate_reads_which_desk_opened_the_passport_and_why_but_no_name(
    site: Site, desk: Pages, pages: Pages, language: str, told: str, mine: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    open_link(pages, site, entry)
    assert told not in pages.get(own_path(entry, language=language)).text
    desk.client.get(travel_path(entry, "passport"), base_url=site.url)
    pages.client.get(own_path(entry, "passport/1.jpg"), base_url=site.url)

    page = pages.get(own_path(entry, language=language))

    assert told in page.text
    assert mine in page.text
    for name in ("Marta", "Solís", "marta@example.org"):
        assert name not in page.html


def test_long_list_of_openings_is_collapsed_and_whole(site: Site, pages: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    for _ in range(6):
        open_for_review(guide, entry)
        guide.wait(minutes=11)
    open_link(pages, site, entry)

    page = pages.get(own_path(entry))

    assert page.text.count("The Secretariat opened the passport") == 6
    assert "2 earlier openings" in page.text
    before, _, rest = page.html.partition("<details")
    assert before.count("opened the passport") == 4
    assert rest.count("opened the passport") == 2


def test_reviewer_reads_the_openings_with_names(site: Site, desk: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    open_for_review(guide, entry)
    open_for_review(guide, entry)
    desk.client.get(travel_path(entry, "passport"), base_url=site.url)

    text = open_desk(site).get(entry_path(entry)).text

    assert "Marta Solís opened the passport to buy the air ticket" in text
    assert "Luisa Pérez opened the passport to review the registration (2 times)" in text


# builders


def travel_path(entry: Registration, *rest: str) -> str:
    return f"/en/secretariat/travel/{entry.reference}/" + "/".join(rest)


def open_for_review(guide: Guide, entry: Registration) -> None:
    assert entry.passport is not None
    opening.open_file(
        guide.office,
        entry.passport,
        of=entry.id,
        by=REVIEWER,
        why=Why.REVIEW,
        arrived_at=guide.now,
    )


def list_lines(guide: Guide, entry: Registration) -> list[HistoryLine]:
    with guide.office.database.reading() as session:
        return reading.list_history(session, reading.chain_of_registration(entry.id))
