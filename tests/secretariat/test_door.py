"""The door's pages without a browser: who is found, what is told, what the door does not see."""

from datetime import UTC, datetime

import pytest

from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.domain.states import State
from registration.registrar.arriving import record_arrival
from tests.builders import RCM
from tests.desks import make_guide, open_desk, submit
from tests.offices import REVIEWER, Guide
from tests.pages import Pages
from tests.registrar.moving import find_letter
from tests.sites import Site

DOOR = f"/en/secretariat/{RCM}/door/"


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def door(site: Site) -> Pages:
    return open_desk(site, "ana@example.org", name="Ana", roles=[Role.DOOR])


def test_home_of_a_door_account_leads_to_its_door(door: Pages) -> None:
    for language in ("en", "es"):
        page = door.get(f"/{language}/secretariat/")

        assert f'href="/{language}/secretariat/{RCM}/door/"' in page.html
        assert "/travel" not in page.html


def test_door_shows_neither_address_nor_passport(door: Pages, guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide, given_names="José Ángel", surnames="Quirós"))
    pages = [
        door.post(DOOR, {"text": "quirós"}, status=200),
        door.get(f"{DOOR}{entry.reference}/"),
        door.get(f"{DOOR}missing"),
    ]

    for page in pages:
        assert entry.full_name in page.text
        assert entry.particulars.email not in page.html
        assert "passport" not in page.html
    door.post(DOOR, {"text": entry.particulars.email}, status=200)
    assert entry.full_name not in door.post(DOOR, {"text": "example.org"}, status=200).text


def test_letter_that_was_scanned_records_the_arrival(door: Pages, guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide))
    answer = door.post(DOOR, {"text": entry.reference}, status=303)

    page = door.get(answer.response.location)

    assert "Welcome. Recorded: Today" in page.text
    assert guide.list_events(entry.id).count("arrived") == 1


def test_scan_of_nothing_of_ours_is_told_and_records_nothing(door: Pages) -> None:
    page = door.post(DOOR, {"text": "A" * 26}, status=200)

    assert "This code is of no badge and no letter of ours." in page.text


def test_person_without_a_letter_in_force_is_told_in_words(door: Pages, guide: Guide) -> None:
    entry = submit(guide)
    answer = door.post(DOOR, {"text": entry.reference}, status=303)

    assert "Not expected" in door.get(answer.response.location).text
    assert "arrived" not in guide.list_events(entry.id)


def test_arrival_is_taken_back_at_the_door_with_a_reason(
    door: Pages, guide: Guide, site: Site
) -> None:
    entry = guide.approve(submit(guide))
    door.post(DOOR, {"text": entry.reference}, status=303)
    path = f"{DOOR}{entry.reference}/undo"

    assert "Write the reason" in door.post(path, {"reason": " "}).text
    door.post(path, {"reason": "Otro gafete"}, status=303)

    assert "Not here yet" in door.get(f"{DOOR}{entry.reference}/").text


def test_late_scan_is_answered_as_a_piece_for_the_page(
    door: Pages, guide: Guide, site: Site
) -> None:
    entry = guide.approve(submit(guide))
    token = door.get(DOOR).forms[-1].fields["csrf_token"]
    data = {"code": entry.reference, "waited": "1500", "csrf_token": token}

    answer = door.client.post(f"{DOOR}scan", data=data)

    assert answer.json is not None
    assert (answer.json["kind"], entry.full_name in answer.json["html"]) == ("done", True)
    numbers = door.client.get(f"{DOOR}numbers").json
    assert numbers is not None
    assert (numbers["delegations"], numbers["expected"]) == ({"": 1, "cr": 1}, {"": 1, "cr": 1})


def test_badge_is_printed_at_once_for_whoever_has_a_letter(door: Pages, guide: Guide) -> None:
    invited, waiting = guide.approve(submit(guide)), submit(guide, "pa")
    token = door.get(DOOR).forms[-1].fields["csrf_token"]

    made = door.client.post(f"{DOOR}{invited.reference}/badge", data={"csrf_token": token})
    refused = door.client.post(f"{DOOR}{waiting.reference}/badge", data={"csrf_token": token})

    assert made.data.startswith(b"%PDF")
    assert refused.status_code == 303
    assert guide.list_events(invited.id)[-1] == "badge_printed"
    assert "badge_printed" not in guide.list_events(waiting.id)
    assert door.client.get(f"{DOOR}{invited.reference}/nameplate.pdf").data.startswith(b"%PDF")


def test_camera_is_allowed_at_the_door_and_nowhere_else(door: Pages) -> None:
    here = door.get(DOOR).response.headers["Permissions-Policy"]
    elsewhere = door.get(f"{DOOR}missing").response.headers["Permissions-Policy"]

    assert here.startswith("camera=(self)")
    assert elsewhere.startswith("camera=()")


def test_unsigned_delegate_reads_the_letter_in_the_language_of_the_letter(
    door: Pages, guide: Guide
) -> None:
    entry = guide.approve(submit(guide))  # its language is Spanish
    person = door.get(f"{DOOR}{entry.reference}/")
    path = f"/es/secretariat/{RCM}/door/{entry.reference}/sign"

    assert f'href="{path}?back=en"' in person.html
    refused = door.post(path, {"typed_name": entry.full_name, "accept": "y"})

    assert "Dibuje la firma en el recuadro." in refused.text
    assert find_letter(guide, entry).number in refused.html
    assert door.client.get(f"{path.removesuffix('sign')}letter/1.png").status_code == 200
    assert guide.get(entry.id).state is State.INVITED
    assert guide.list_events(entry.id)[-1] == "letter_opened"


def test_who_has_no_letter_has_nothing_to_sign(door: Pages, guide: Guide) -> None:
    entry = submit(guide)

    door.get(f"{DOOR}{entry.reference}/sign", status=404)


def test_person_of_another_meeting_is_not_at_this_door(door: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    path = f"/en/secretariat/nowhere/door/{entry.reference}/"

    door.get(path, status=404)


def test_list_of_those_who_have_not_come_is_by_delegation(
    door: Pages, guide: Guide, site: Site
) -> None:
    here, absent = guide.approve(submit(guide, "cr")), guide.approve(submit(guide, "pa"))
    came(site, here)

    page = door.get(f"{DOOR}missing")

    assert here.full_name not in page.text
    assert absent.full_name in page.text
    assert absent.full_name not in door.get(f"{DOOR}missing?delegation=cr").text


def came(site: Site, entry: Registration) -> None:
    record_arrival(site.office, entry.id, by=REVIEWER, arrived_at=datetime.now(UTC))
