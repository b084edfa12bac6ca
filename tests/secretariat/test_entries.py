"""The pages that show: the meetings, the list of entries, one entry with its papers."""

import re
from io import BytesIO

import pytest
from PIL import Image

from registration.domain.papers import FileRole
from registration.domain.registrations import Registration
from registration.registrar.receiving import ReceivedFile, receive_file
from registration.store import reading
from tests.crowds import fill_meeting
from tests.desks import ENTRIES, LIST, SEARCH, entry_path, make_guide, open_desk, submit
from tests.offices import Guide
from tests.pages import Page, Pages
from tests.queries import list_queries
from tests.sites import Site
from tests.uploads.files import make_jpeg, make_pdf


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_first_page_counts_what_waits(desk: Pages, guide: Guide) -> None:
    guide.approve(submit(guide))
    submit(guide, "pa")

    page = desk.get("/en/secretariat/")

    assert "Submitted, waiting for a decision 1" in page.text
    assert "Messages that did not arrive 0" in page.text


def test_overview_names_whom_to_call(desk: Pages, guide: Guide) -> None:
    unsigned = [guide.approve(submit(guide, key)) for key in ("cr", "pa", "gt", "sv", "hn")]

    page = desk.get(LIST)

    named = [
        each for each in unsigned if f'href="{entry_path(each)}">{each.full_name}<' in page.html
    ]
    assert len(named) == 4
    assert "and 1 more" in page.text
    assert page.html.index("Whom to call today") < page.html.index("Submitted, waiting")


def test_entry_leads_to_its_delegation(desk: Pages, guide: Guide) -> None:
    entry = submit(guide, "cr")

    assert f'<a href="{LIST}delegations/cr/">Costa Rica</a>, seat 1 of 2' in (
        desk.get(entry_path(entry)).html
    )


def test_list_shows_every_entry_the_newest_change_first(desk: Pages, guide: Guide) -> None:
    entries = [submit(guide, key) for key in ("pa", "cr", "cr", "sv")]

    page = desk.get(ENTRIES)

    assert _listed(page) == [each.reference for each in reversed(entries)]
    assert "4 registrations" in page.text


def test_list_of_a_delegation_shows_its_seats(desk: Pages, guide: Guide) -> None:
    entry, _ = submit(guide, "cr"), submit(guide, "pa")

    page = desk.get(f"{ENTRIES}?delegation=cr")

    assert _listed(page) == [entry.reference]
    assert "Costa Rica 1 of 2" in page.text
    assert "Costa Rica, seat 2: Free" in page.text


def test_list_in_spanish_speaks_spanish(desk: Pages, guide: Guide) -> None:
    submit(guide)

    for path in ("", "entries", "entries?state=submitted"):
        text = desk.get(f"/es/secretariat/rcm-imrf-2022/{path}").text

        assert "Recibida" in text
        for word in ("Waiting", "Registrations", "Person ", "Search"):
            assert word not in text


def test_list_may_show_one_state(desk: Pages, guide: Guide) -> None:
    submit(guide, "pa")
    approved = guide.approve(submit(guide))

    assert _listed(desk.get(f"{ENTRIES}?state=invited")) == [approved.reference]


@pytest.mark.parametrize("state", ["nothing", "", "' OR 1=1 --", "submitted,invited"])
def test_unknown_state_shows_all(desk: Pages, guide: Guide, state: str) -> None:
    entry = submit(guide)

    assert _listed(desk.get(ENTRIES, query_string={"state": state})) == [entry.reference]


@pytest.mark.parametrize("place", ["x", "20260101T000000000000", "99999999T1.RCM", "%7f.%7f", "."])
def test_place_that_no_page_wrote_shows_the_first_page(
    desk: Pages, guide: Guide, place: str
) -> None:
    submit(guide)

    desk.get(f"{ENTRIES}?after={place}")
    desk.get(f"{ENTRIES}?before={place}")


def test_search_finds_and_is_ended(desk: Pages, guide: Guide) -> None:
    rene = submit(guide, "hn", given_names="René", surnames="Ñandú")
    submit(guide, "pa")

    answer = desk.post(ENTRIES, {"text": "nandu"}, form=SEARCH, status=303)
    found = desk.get(ENTRIES)
    desk.post(ENTRIES, {"text": ""}, form=SEARCH, status=303)
    ended = desk.get(ENTRIES)

    assert answer.response.location == f"{ENTRIES}#entries"
    assert "1 registration for “nandu”" in found.text
    assert _listed(found) == [rene.reference]
    assert "for “nandu”" not in ended.text
    assert len(_listed(ended)) == 2


def test_search_stays_within_the_filter(desk: Pages, guide: Guide) -> None:
    submit(guide, "hn", given_names="René")
    other = submit(guide, "pa", given_names="René", email="otro@example.org")

    answer = desk.post(f"{ENTRIES}?delegation=pa", {"text": "rene"}, form=SEARCH, status=303)

    assert answer.response.location == f"{ENTRIES}?delegation=pa#entries"
    assert _listed(desk.get(f"{ENTRIES}?delegation=pa")) == [other.reference]


def test_search_as_one_types_answers_with_the_list_alone(desk: Pages, guide: Guide) -> None:
    rene = submit(guide, "hn", given_names="René", surnames="Ñandú")
    submit(guide, "pa")
    form = next(each for each in desk.get(ENTRIES).forms if each.attributes.get("action") == SEARCH)

    answer = desk.client.post(SEARCH, data={**form.fields, "text": "nan", "part": "1"})

    assert answer.status_code == 200
    assert answer.text.count('name="chosen"') == 1
    assert rene.reference in answer.text
    assert "<html" not in answer.text


def test_what_is_looked_for_stays_out_of_every_address(desk: Pages, guide: Guide) -> None:
    submit(guide, given_names="René")

    answer = desk.post(ENTRIES, {"text": "René"}, form=SEARCH, status=303)
    page = desk.get(ENTRIES)

    assert "Ren" not in answer.response.location
    assert "text=" not in page.html
    assert desk.client.get(SEARCH).status_code in {404, 405}


def test_undelivered_mail_is_on_the_list_until_it_is_sent_again(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = submit(guide)
    with site.office.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE mail SET status = 'refused' WHERE occasion = 'received'"
        )

    page = desk.get(LIST)
    form = next(
        each for each in desk.get(entry_path(entry)).forms if "/mail/" in each.attributes["action"]
    )
    desk.client.post(form.attributes["action"], data=form.fields)

    assert "What went wrong 1 Messages that did not arrive" in page.text
    assert "the address was refused" in page.text
    assert "Messages that did not arrive" not in desk.get(LIST).text


def test_entry_shows_its_place_in_the_queue(desk: Pages, guide: Guide) -> None:
    first, second, third = (submit(guide, key) for key in ("pa", "cr", "sv"))

    page = desk.get(entry_path(second))

    assert "Waiting, 2 of 3" in page.text
    assert f'href="{entry_path(first)}"' in page.html
    assert f'href="{entry_path(third)}"' in page.html


def test_entry_that_does_not_wait_leads_to_the_first_that_does(desk: Pages, guide: Guide) -> None:
    done = guide.approve(submit(guide))
    waiting = submit(guide, "pa")

    page = desk.get(entry_path(done))

    assert "Waiting," not in page.text
    assert "Next one waiting" in page.text
    assert f'href="{entry_path(waiting)}"' in page.html


def test_same_name_or_address_elsewhere_is_flagged(desk: Pages, guide: Guide) -> None:
    one = submit(guide, "cr", given_names="Ana", email="ana@example.org")
    same_name = submit(guide, "pa", given_names="ANA", email="otra@example.org")
    same_address = submit(guide, "sv", given_names="Eva", email="Ana+1@example.org")
    stranger = submit(guide, "mx")

    page = desk.get(entry_path(one))

    assert "the same name or the same e-mail address" in page.text
    assert f'href="{entry_path(same_name)}"' in page.html
    assert f'href="{entry_path(same_address)}"' in page.html
    assert "the same name" not in desk.get(entry_path(stranger)).text


def test_unknown_reference_is_no_page(desk: Pages) -> None:
    for reference in ("RCM-00000000", "x' OR '1'='1", "..", "%00"):
        desk.get(f"/en/secretariat/entry/{reference}/", status=404)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_passport_is_shown_as_a_picture_of_ours(desk: Pages, guide: Guide, turn: int) -> None:
    entry = submit(guide)

    response = desk.client.get(entry_path(entry, "passport", "1", f"small.jpg?turn={turn}"))

    picture = Image.open(BytesIO(response.data))
    assert (response.status_code, response.mimetype) == (200, "image/jpeg")
    assert (picture.width > picture.height) is (turn in {0, 180})
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("turn", ["45", "x", "-90", "9999999999"])
def test_other_turns_leave_the_passport_as_it_is(desk: Pages, guide: Guide, turn: str) -> None:
    entry = submit(guide)

    desk.get(f"{entry_path(entry)}?turn={turn}")
    response = desk.client.get(entry_path(entry, "passport", "1", f"small.jpg?turn={turn}"))

    assert Image.open(BytesIO(response.data)).width == 900


def test_every_opening_of_a_passport_is_in_the_history_first(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = submit(guide)

    desk.get(entry_path(entry))
    before = guide.list_events(entry.id)
    desk.client.get(entry_path(entry, "passport", "1", "small.jpg"))
    desk.client.get(entry_path(entry, "file", str(entry.passport)))

    assert "file_opened" not in before
    assert guide.list_events(entry.id)[-2:] == ["file_opened", "file_opened"]
    assert "Luisa Pérez opened the passport" in desk.get(entry_path(entry)).text


def test_opening_that_fails_stands_in_the_history_too(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = submit(guide)
    with site.office.database.reading() as session:
        assert entry.passport is not None
        site.office.vault.destroy(reading.get_file(session, entry.passport).blob)

    response = desk.client.get(entry_path(entry, "file", str(entry.passport)))

    assert response.status_code >= 500
    assert guide.list_events(entry.id)[-1] == "file_opened"


def test_original_leaves_as_a_download_that_no_browser_opens(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)

    response = desk.client.get(entry_path(entry, "file", str(entry.passport)))

    assert response.data == make_jpeg()
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_file_of_another_entry_is_no_page(desk: Pages, guide: Guide) -> None:
    one, other = submit(guide), submit(guide, "pa")

    desk.get(entry_path(one, "file", str(other.passport)), status=404)

    assert "file_opened" not in guide.list_events(other.id)


def test_letter_is_no_download_of_a_stranger(desk: Pages, guide: Guide, site: Site) -> None:
    entry = guide.approve(submit(guide))
    with site.office.database.reading() as session:
        (letter,) = reading.list_letters(session, entry.id)

    desk.get(entry_path(entry, "file", str(letter.file_id)), status=404)
    response = desk.client.get(entry_path(entry, "letter", f"{letter.id}.pdf"))

    assert response.data.startswith(b"%PDF")
    assert guide.list_events(entry.id)[-1] == "letter_opened"


def test_every_page_of_a_pdf_is_shown(desk: Pages, guide: Guide, site: Site) -> None:
    entry = _send_pdf(site, guide, pages=2)

    page = desk.get(entry_path(entry))

    assert page.html.count("small.jpg") == 2
    desk.get(entry_path(entry, "passport", "2"))
    desk.get(entry_path(entry, "passport", "3"), status=404)
    assert desk.client.get(entry_path(entry, "passport", "0", "small.jpg")).status_code == 404


def test_entry_without_a_passport_says_so(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    with guide.office.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE registration SET passport_id = NULL")

    assert "No copy of the passport yet" in desk.get(entry_path(entry)).text
    desk.get(entry_path(entry, "passport", "1"), status=404)


def test_moves_are_offered_as_the_table_has_them(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    submitted = desk.get(entry_path(entry)).text
    invited = desk.get(entry_path(guide.approve(entry))).text

    assert "Approve and issue the letter" in submitted
    assert "Record a signed letter" not in submitted
    assert "Approve and issue the letter" not in invited
    assert "Record a signed letter" in invited


@pytest.mark.parametrize(
    "path", [LIST, ENTRIES, f"{ENTRIES}?state=submitted", f"{ENTRIES}?delegation=cr"]
)
def test_queries_of_a_page_do_not_grow_with_the_entries(
    desk: Pages, guide: Guide, site: Site, path: str
) -> None:
    submit(guide)
    fill_meeting(site.office, 50)
    few = list_queries(desk, path)
    fill_meeting(site.office, 450, first=50)

    assert list_queries(desk, path) == few


def test_queries_of_an_entry_do_not_grow_with_the_queue(
    desk: Pages, guide: Guide, site: Site
) -> None:
    entry = submit(guide)
    few = list_queries(desk, entry_path(entry))
    fill_meeting(site.office, 1000)

    assert list_queries(desk, entry_path(entry)) == few


def _listed(page: Page) -> list[str]:
    """Return the references of the lines, in their order."""
    return re.findall(r'name="chosen" value="(RCM-\w+)\.\d+"', page.html)


def _send_pdf(site: Site, guide: Guide, *, pages: int) -> Registration:
    application = guide.apply("pa", with_passport=False)
    file = ReceivedFile(
        name="pasaporte.pdf", media_type="application/pdf", pages=pages, data=make_pdf(pages=pages)
    )
    receive_file(site.office, application.entry, FileRole.PASSPORT, file, arrived_at=guide.now)
    guide.register(application)
    guide.confirm(application.entry)
    return guide.get(application.entry)
