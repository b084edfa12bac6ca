"""The travel step as its delegate meets it: what is asked of whom, and nothing lost."""

from typing import Any

import pytest

from registration.domain.journeys import Diet
from registration.domain.registrations import Registration
from registration.domain.travel import Visa
from registration.registrar.housing import book_rooms
from registration.registrar.travel_data import TravelRow, find_travel
from tests.delegates import entry_path, get, open_link, typed
from tests.desks import make_guide, submit
from tests.offices import REVIEWER
from tests.pages import Pages
from tests.passports import add_reading, make_lines
from tests.registrar.moving import accept, moved
from tests.sites import Site
from tests.travellers import STAY, issue, tell


@pytest.mark.parametrize("language", ["en", "es"])
def test_travel_data_are_the_next_step_and_are_kept(
    site: Site, pages: Pages, language: str
) -> None:
    guide = make_guide(site)
    entry = moved(accept(guide, guide.approve(submit(guide))))
    open_link(pages, site, entry)
    path = entry_path(entry, "travel", language=language)
    assert path in pages.get(entry_path(entry, language=language)).html

    pages.post(path, fill(), status=303)

    row = find(site, entry)
    assert row.travel is not None
    assert (row.travel.number, row.travel.city) == ("C7654321", "San José")
    assert (row.travel.visa, f"{row.travel.born}") == (Visa.NEEDED, "1978-04-09")
    assert guide.list_events(entry.id)[-1] == "travel_told"
    after = pages.get(entry_path(entry, language=language))
    told = "Travel data: received." if language == "en" else "Datos de viaje: recibidos."
    assert told in after.text
    assert "C7654321" not in after.html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"passport_kind": ""}, "Choose the kind of your passport."),
        ({"number": "C1"}, "5 to 20 letters and digits"),
        ({"nationality": "XX"}, "Choose the nationality from the list."),
        ({"born": "31/31/1978"}, "Write the date of birth with day, month and year"),
        ({"expires": "01/02/2020"}, "expires before the meeting ends"),
        ({"city": ""}, "Write the city from which you will fly."),
        ({"telephone": "12"}, "Write the telephone with its country code"),
        ({"visa": "perhaps"}, "Say whether you need a visa."),
    ],
)
def test_wrong_answer_is_told_at_its_field_and_nothing_is_lost(
    site: Site, pages: Pages, change: dict[str, str], said: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    open_link(pages, site, entry)
    wrong = fill(**change)

    page = pages.post(entry_path(entry, "travel"), wrong, status=422)

    assert said in page.text
    for name in ("number", "born", "expires", "city", "telephone"):
        assert typed(page, name) == wrong[name]
    assert wrong["wishes"] in page.text
    assert find(site, entry).travel is None


def test_what_a_machine_read_is_proposed_and_to_be_checked(site: Site, pages: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    add_reading(site.office, entry, make_lines(number="X12345678"))
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry, "travel"))

    assert typed(page, "number") == "X12345678"
    assert typed(page, "born") == "12/08/1984"
    assert typed(page, "expires") == "02/05/2039"
    assert '<option selected value="CR">' in page.html
    assert "Check each of them." in page.text


def test_passport_that_expires_soon_is_taken_with_a_warning(site: Site, pages: Pages) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    open_link(pages, site, entry)
    last_day = guide.meeting.last_day

    pages.post(entry_path(entry, "travel"), fill(expires=f"{last_day:%d/%m/%Y}"), status=303)

    assert "less than six months" in pages.get(entry_path(entry)).text


@pytest.mark.parametrize("delegation", ["mx", "ca"])
def test_whose_flight_nobody_pays_is_asked_for_needs_alone(
    site: Site, pages: Pages, delegation: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide, delegation))
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry))

    assert entry_path(entry, "travel") not in page.html
    assert entry_path(entry, "needs") in page.html
    pages.get(entry_path(entry, "travel"), status=404)


def test_nobody_is_asked_before_the_approval(site: Site, pages: Pages) -> None:
    entry = submit(make_guide(site))
    open_link(pages, site, entry)

    assert 'id="journey"' not in pages.get(entry_path(entry)).html
    pages.get(entry_path(entry, "travel"), status=404)
    pages.get(entry_path(entry, "needs"), status=409)


@pytest.mark.parametrize("language", ["en", "es"])
def test_needs_are_kept_and_shown_to_their_owner_on_their_page_alone(
    site: Site, pages: Pages, language: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    open_link(pages, site, entry)
    path = entry_path(entry, "needs", language=language)
    answer = {"diet": "vegan", "diet_words": "xocolatl", "accessibility": "braille"}

    pages.post(path, answer, status=303)

    needs = find(site, entry).needs
    assert needs is not None
    assert (needs.diet, needs.diet_words, needs.accessibility) == (
        Diet.VEGAN,
        "xocolatl",
        "braille",
    )
    assert "xocolatl" in pages.get(path).text
    assert "xocolatl" not in pages.get(entry_path(entry, language=language)).html


@pytest.mark.parametrize("language", ["en", "es"])
def test_itinerary_and_room_are_shown_without_the_cost(
    site: Site, pages: Pages, language: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    moved(tell(guide, entry))
    moved(issue(guide, entry))
    book_rooms(site.office, [entry.id], STAY, by=REVIEWER, arrived_at=guide.now)
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry, language=language))

    for fact in ("139-2401234567", "AV 690", "07:15", "Hotel Imperial", "HR-22871"):
        assert fact in page.text
    assert "612.50" not in page.html
    assert entry_path(entry, "travel", language=language) not in page.html
    assert "CRMST@iom.int" in pages.get(entry_path(entry, "travel"), status=409).html


def test_form_of_another_entry_in_the_same_browser_changes_nothing(
    site: Site, pages: Pages
) -> None:
    guide = make_guide(site)
    one, other = guide.approve(submit(guide)), guide.approve(submit(guide, "pa"))
    for each in (one, other):
        open_link(pages, site, each)

    for step in ("travel", "needs"):
        data = {**fill(), "reference": one.reference}
        pages.post(entry_path(other, step), data, status=400)

    assert find(site, other) == TravelRow(registration=get(site, other))


# builders


def fill(**changes: str) -> dict[str, Any]:
    fields = {
        "passport_kind": "official",
        "number": "C7654321",
        "nationality": "CR",
        "born": "09/04/1978",
        "expires": "01/05/2039",
        "city": "San José",
        "telephone": "+506 2222 3333",
        "visa": "needed",
        "wishes": "Un asiento junto al pasillo",
    }
    return {**fields, **changes}


def find(site: Site, entry: Registration) -> TravelRow:
    return find_travel(site.office, get(site, entry))
