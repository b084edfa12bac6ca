"""The parts of a meeting at the desk: numbers, lists, and what one person attends."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from registration.domain.registrations import Registration
from registration.store.reading import list_by_email
from registration.store.reading.segments import list_choices
from tests.builders import RCM
from tests.desks import LIST, make_guide, open_desk
from tests.offices import Guide
from tests.pages import Pages
from tests.programs import SEGMENTS, load_open_program
from tests.sites import Site, load_open_meeting

PARTS = f"{LIST}segments/"


@pytest.fixture(autouse=True)
def _program(site: Site) -> None:
    load_open_program(site.office, segments=SEGMENTS)


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site, language="en")


def test_page_counts_places_and_wishes(desk: Pages, guide: Guide) -> None:
    guide.submit(segments=("hearing", "panel", "closing"))
    guide.register(guide.apply("pa", segments=("hearing",)))

    text = desk.get(PARTS).text

    assert "Hearing of the stakeholders" in text
    assert "1 of 2 places" in text
    assert "1 wish without a place" in text
    assert "1 of 1 places · no place left" in text
    assert "1 without limit" in text


def test_meeting_without_segments_has_no_such_page(site: Site, desk: Pages) -> None:
    load_open_meeting(site.office)

    assert desk.client.get(PARTS).status_code == 404
    assert "Parts of the meeting" not in desk.get(LIST).text
    assert "segment" not in desk.get(f"{LIST}entries").html


def test_list_is_filtered_by_segment(desk: Pages, guide: Guide) -> None:
    in_it, not_in_it = guide.submit(segments=("hearing",)), guide.submit("pa")

    text = desk.get(f"{LIST}entries?segment=hearing").text

    assert in_it.full_name in text
    assert not_in_it.full_name not in text


def test_list_of_a_segment_is_exported_and_told(desk: Pages, guide: Guide, site: Site) -> None:
    entry = guide.submit(segments=("hearing",))
    guide.submit("pa", segments=("closing",))

    answer = _post(desk, f"{PARTS}hearing/export", format="xlsx")

    rows = list(load_workbook(BytesIO(answer)).active.values)
    assert any(entry.particulars.given_names in row for row in rows)
    assert len([row for row in rows if row[5] and str(row[5]).startswith("RCM-")]) == 1
    assert "Hearing of the stakeholders" in desk.get(f"{LIST}exports/").text


def test_participants_have_a_column_for_each_segment(desk: Pages, guide: Guide) -> None:
    guide.submit("pa", segments=("panel",))
    guide.submit(segments=("hearing",))

    data = _post(desk, f"{LIST}exports/participants", format="csv", language="en").decode()

    head, *rows = [line for line in data.splitlines() if "," in line or ";" in line][-3:]
    assert head.rstrip().endswith("Hearing of the stakeholders,Panel on regular pathways,Closing")
    assert sorted(row.rsplit(",", 3)[1:] for row in rows) == [["", "Yes", ""], ["Yes", "", ""]]


def test_desk_changes_what_a_person_attends_with_a_reason(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = guide.submit(segments=("hearing",))
    address = f"/en/secretariat/entry/{entry.reference}/segments"

    without = desk.post(address, {"segments": ["panel"]}, status=422)
    desk.post(address, {"segments": ["panel"], "reason": "Asked by telephone"}, status=303)

    assert "Write the reason" in without.text
    with site.office.database.reading() as session:
        assert [(each.key, each.attends) for each in list_choices(session, entry.id)] == [
            ("panel", True)
        ]
    page = desk.get(f"/en/secretariat/entry/{entry.reference}/").text
    assert "changed what the person attends: + Panel on regular pathways" in page
    assert "Asked by telephone" in page


def test_full_segment_is_refused_at_the_desk_too(desk: Pages, guide: Guide) -> None:
    guide.submit("pa", segments=("panel",))
    entry = guide.submit(segments=("hearing",))
    address = f"/en/secretariat/entry/{entry.reference}/segments"

    page = desk.post(address, {"segments": ["panel"], "reason": "Asked by telephone"}, status=409)

    assert "No place is left in: Panel on regular pathways." in page.text
    assert "Asked by telephone" in page.html


def test_desk_approves_an_entry_without_a_letter_in_the_right_words(
    desk: Pages, guide: Guide
) -> None:
    entry = guide.submit("speakers", with_passport=False)
    address = f"/en/secretariat/entry/{entry.reference}/"

    text = desk.get(address).text

    assert "Approve and confirm the participation" in text
    assert "The letter is issued" not in text


def test_desk_enters_somebody_into_parts_and_is_told_which_is_full(
    desk: Pages, guide: Guide
) -> None:
    guide.submit(segments=("panel",))
    data = {
        "delegation": "pa",
        "given_names": "Élodie",
        "surnames": "Tremblay",
        "institution": "Immigration Canada",
        "position": "Director",
        "email": "elodie@example.org",
        "language": "en",
        "reason": "Came by e-mail",
    }

    refused = desk.post(f"{LIST}enter", {**data, "segments": ["hearing", "panel"]}, status=409)
    before = _find(guide, "elodie@example.org")
    desk.post(f"{LIST}enter", {**data, "segments": ["hearing", "closing"]}, status=303)

    assert "Panel on regular pathways" in refused.text
    assert 'value="hearing" checked' in refused.html
    assert not before
    (entered,) = _find(guide, "elodie@example.org")
    with guide.office.database.reading() as session:
        attended = {each.key for each in list_choices(session, entered.id) if each.attends}
    assert attended == {"hearing", "closing"}


def _find(guide: Guide, email: str) -> list[Registration]:
    with guide.office.database.reading() as session:
        return list_by_email(session, guide.meeting.id, email)


def _post(desk: Pages, address: str, **fields: str) -> bytes:
    """Return the file that the form of the page answers with."""
    page = desk.get(f"/en/secretariat/{RCM}/exports/")
    token = page.forms[-1].fields["csrf_token"]
    answer = desk.client.post(address, data={**fields, "csrf_token": token}, base_url=desk.base_url)
    assert answer.status_code == 200, answer.text[:300]
    return answer.data
