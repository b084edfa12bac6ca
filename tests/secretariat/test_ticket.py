"""The travel desk's tickets and the host desk's rooms, as they are recorded on their pages."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from registration.domain.events import DELEGATE
from registration.domain.papers import FileRole
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.travel import TicketStatus
from registration.registrar.telling_travel import tell_needs
from registration.registrar.travel_data import TravelRow, find_travel
from registration.store import reading
from tests.delegates import entry_path as own_path
from tests.delegates import get, open_link
from tests.desks import make_guide, open_desk, submit
from tests.pages import Page, Pages
from tests.registrar.moving import amend, moved, withdraw
from tests.sites import Site
from tests.travellers import NEEDS, issue, tell
from tests.uploads.files import make_pdf

TRAVEL = "/en/secretariat/rcm-imrf-2022/travel"
HOST = "/en/secretariat/rcm-imrf-2022/host"


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site, "marta@example.org", name="Marta Solís", roles=[Role.TRAVEL])


@pytest.fixture
def host(site: Site) -> Pages:
    return open_desk(site, "hugo@example.org", name="Hugo Paz", roles=[Role.HOST])


@pytest.mark.parametrize("language", ["en", "es"])
def test_list_groups_by_city_and_says_what_is_missing(
    site: Site, desk: Pages, language: str
) -> None:
    guide = make_guide(site)
    one, other = guide.approve(submit(guide)), guide.approve(submit(guide))
    guide.approve(submit(guide, "pa"))
    moved(tell(guide, one, city="San José"))
    moved(tell(guide, other, city="san jose"))

    page = desk.get(TRAVEL.replace("/en/", f"/{language}/"))

    assert re.findall(r"<h3>([^<]*) <span", page.html) == [
        "San José",
        {"en": "City of departure not known yet", "es": "Ciudad de salida aún no indicada"}[
            language
        ],
    ]
    assert page.text.count("Travel data" if language == "en" else "Datos de viaje") == 1
    assert "C7654321" not in page.html


def test_data_are_shown_and_the_look_is_in_the_history_and_told_to_the_person(
    site: Site, desk: Pages, pages: Pages
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    moved(tell(guide, entry))

    page = desk.get(travel_path(entry))

    assert "C7654321" in page.text
    assert guide.list_events(entry.id)[-1] == "travel_opened"
    open_link(pages, site, entry)
    told = pages.get(own_path(entry))
    assert "Travel data shown to the travel desk" in told.text
    assert "Marta" not in told.html


@pytest.mark.parametrize("language", ["en", "es"])
def test_ticket_is_recorded_with_its_file_and_reaches_its_holder(
    site: Site, desk: Pages, pages: Pages, language: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    form = travel_path(entry, language=language)

    desk.post(form, fill(), form=form + "ticket", status=303)

    row = find(site, entry)
    assert row.ticket is not None
    assert [each.flight for each in row.ticket.legs] == ["AV 690", "AV 46"]
    assert (row.ticket.cost, row.ticket.currency) == ("612.50", "USD")
    assert guide.list_mails(entry.id)[-1] == ("ticket_issued", entry.particulars.email)
    open_link(pages, site, entry)
    saved = pages.client.get(own_path(entry, "ticket"), base_url=site.url)
    assert saved.data.startswith(b"%PDF-")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "612.50" in desk.get(form).html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": ""}, "Write the number of the ticket."),
        ({"legs-0-arrives": ""}, "Write day and time of the flight."),
        ({"legs-1-to": ""}, "Complete the flight, or empty its row."),
        ({"cost": "much"}, "Write the cost as a number"),
        ({"currency": "dollars"}, "Write the currency in three letters"),
    ],
)
def test_wrong_ticket_is_told_at_its_field_and_nothing_is_lost(
    site: Site, desk: Pages, change: dict[str, str], said: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    wrong = fill(**change)

    page = desk.post(travel_path(entry), wrong, form=travel_path(entry) + "ticket", status=422)

    assert said in page.text
    shown = {each.get("name"): each.get("value", "") for _, each in page.controls}
    for name in ("number", "legs-0-flight", "legs-0-departs", "legs-1-origin", "cost"):
        assert shown[name] == wrong[name]
    assert find(site, entry).ticket is None
    with site.office.database.reading() as session:
        assert reading.find_waiting_file(session, entry.id, FileRole.TICKET) is not None


def test_flights_are_added_one_by_one_and_nothing_is_recorded(site: Site, desk: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    action = travel_path(entry) + "ticket"
    before = desk.get(travel_path(entry))

    page = desk.post(travel_path(entry), fill(more="1"), form=action, status=200)

    def legs(shown: Page) -> int:
        return shown.html.count('class="flight__legend"')

    values = {each.get("name"): each.get("value", "") for _, each in page.controls}
    assert (legs(before), legs(page)) == (2, 3)
    assert values["legs-1-flight"] == "AV 46"
    assert find(site, entry).ticket is None
    with site.office.database.reading() as session:
        assert reading.find_waiting_file(session, entry.id, FileRole.TICKET) is not None


def test_second_of_two_is_told_that_somebody_was_faster(site: Site, desk: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    action = travel_path(entry) + "ticket"
    found = desk.get(travel_path(entry)).forms
    form = next(each.fields for each in found if each.attributes["action"] == action)
    moved(issue(guide, entry))

    data = {**form, **fill(ticket=None)}
    answer = desk.client.post(action, data=data, base_url=site.url)

    assert answer.status_code == 409
    assert "Somebody else of the desk recorded this meanwhile" in answer.text


def test_ticket_of_whoever_went_stands_on_top_until_it_is_cancelled(
    site: Site, desk: Pages
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    moved(issue(guide, entry))
    moved(withdraw(guide, entry))
    desk.get(travel_path(entry), status=404)
    page = desk.get(TRAVEL)
    assert entry.full_name in page.text
    assert "139-2401234567" in page.text

    form = next(each for each in page.forms if "cancelled" in each.attributes["action"])
    action = form.attributes["action"]
    answer = desk.client.post(action, data=form.fields, base_url=site.url)

    assert answer.status_code == 303
    assert find(site, entry).ticket_status is TicketStatus.CANCELLED
    assert 'id="to-cancel"' not in desk.get(TRAVEL).html
    again = desk.client.post(action, data=form.fields, base_url=site.url)
    assert again.status_code == 404


def test_corrected_name_is_flagged_in_the_list_and_on_the_page(site: Site, desk: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    moved(issue(guide, entry))
    moved(amend(guide, entry, surnames="Ureña"))

    assert "1 ticket bears another name or passport" in desk.get(TRAVEL).text
    assert "The ticket bears another name or passport" in desk.get(travel_path(entry)).text


@pytest.mark.parametrize("language", ["en", "es"])
def test_host_sees_names_nights_and_needs_and_no_passport(
    site: Site, host: Pages, language: str
) -> None:
    guide = make_guide(site)
    guest, stranger = guide.approve(submit(guide, "mx")), guide.approve(submit(guide, "ca"))
    moved(tell_needs(site.office, guest.id, NEEDS, by=DELEGATE, arrived_at=guide.now))

    page = host.get(HOST.replace("/en/", f"/{language}/"))

    assert guest.full_name in page.text
    assert "nueces" in page.text
    assert stranger.full_name not in page.html
    assert guest.particulars.email not in page.html
    host.get(f"/en/secretariat/travel/{guest.reference}/", status=404)
    host.get(TRAVEL, status=404)


def test_needs_are_shown_to_no_reviewer_and_not_to_the_travel_desk(site: Site, desk: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    moved(tell_needs(site.office, entry.id, NEEDS, by=DELEGATE, arrived_at=guide.now))
    reviewer = open_desk(site)

    for page in (
        desk.get(TRAVEL),
        desk.get(travel_path(entry)),
        reviewer.get("/en/secretariat/rcm-imrf-2022/"),
        reviewer.get(f"/en/secretariat/entry/{entry.reference}/"),
    ):
        assert "nueces" not in page.html
        assert "ruedas" not in page.html
    reviewer.get(HOST, status=404)


def test_rooms_are_booked_for_those_ticked_and_the_stranger_is_left_out(
    site: Site, host: Pages
) -> None:
    guide = make_guide(site)
    guests = [guide.approve(submit(guide, each)) for each in ("mx", "cr")]
    stranger = guide.approve(submit(guide, "ca"))
    asked = "&".join(f"person={each.reference}" for each in (*guests, stranger))
    path = f"{HOST}/book?{asked}"
    page = host.get(path)
    assert stranger.full_name not in page.html
    first = guide.meeting.first_day
    room = {
        "person": [each.reference for each in guests],
        "hotel": "Hotel Imperial",
        "address": "Reforma 64",
        "arrives": f"{first - timedelta(days=1)}",
        "leaves": f"{first}",
    }

    refused = host.post(path, {**room, "leaves": room["arrives"]}, form=f"{HOST}/book", status=422)
    assert "The day of leaving comes after the first night." in refused.text
    host.post(path, room, form=f"{HOST}/book", status=303)

    for each in guests:
        stay = find(site, each).stay
        assert stay is not None
        assert (stay.hotel, stay.nights) == ("Hotel Imperial", 1)
    assert find(site, stranger).stay is None


def test_no_guest_ticked_is_told_so(site: Site, host: Pages) -> None:
    guide = make_guide(site)
    guide.approve(submit(guide, "mx"))

    host.get(f"{HOST}/book", status=303)

    assert "No guest was chosen." in host.get(HOST).text


# builders


def travel_path(entry: Registration, *, language: str = "en") -> str:
    return f"/{language}/secretariat/travel/{entry.reference}/"


def fill(**changes: Any) -> dict[str, Any]:
    fields = {
        "number": "139-2401234567",
        "legs-0-flight": "AV 690",
        "legs-0-origin": "San José",
        "legs-0-to": "Bogotá",
        "legs-0-departs": "2027-01-27T07:15",
        "legs-0-arrives": "2027-01-27T10:50",
        "legs-1-flight": "AV 46",
        "legs-1-origin": "Bogotá",
        "legs-1-to": "Ciudad de México",
        "legs-1-departs": "2027-01-27T12:40",
        "legs-1-arrives": "2027-01-27T16:20",
        "cost": "612.50",
        "currency": "USD",
        "ticket": (BytesIO(make_pdf()), "ticket.pdf"),
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def find(site: Site, entry: Registration) -> TravelRow:
    return find_travel(site.office, get(site, entry))
