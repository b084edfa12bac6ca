"""What the person attends, on the form, on the page of the entry and on a page of its own."""

import pytest

from registration.domain.registrations import Registration
from registration.store.reading.segments import list_choices
from tests.delegates import entry_path, fill, find_only, form_path, get, open_link
from tests.desks import make_guide
from tests.pages import Page, Pages
from tests.programs import SEGMENTS, load_open_program
from tests.sites import Site, load_open_meeting


@pytest.fixture(autouse=True)
def _program(site: Site) -> None:
    load_open_program(site.office, segments=SEGMENTS)


def test_form_offers_the_parts_of_the_meeting_by_day(pages: Pages) -> None:
    page = pages.get(form_path())

    assert [each.get("value") for each in _boxes(page)] == ["hearing", "panel", "closing"]
    assert "10:00 – 13:00 · Hall 1 · Objectives 1 and 3 of the Global Compact" in page.text
    assert page.html.count('class="segments__day"') == 2


def test_meeting_without_segments_shows_nothing_of_them(pages: Pages, site: Site) -> None:
    load_open_meeting(site.office)
    entry = make_guide(site).submit()
    open_link(pages, site, entry)

    assert "attend?" not in pages.get(form_path()).text
    assert "What you attend" not in pages.get(entry_path(entry)).text
    assert pages.client.get(entry_path(entry, "segments")).status_code == 404


def test_chosen_parts_are_wishes_until_the_address_is_confirmed(pages: Pages, site: Site) -> None:
    pages.post(form_path(), fill(segments=["hearing", "closing"]), status=303)
    entry = find_only(site)
    wished = _chosen(site, entry)
    open_link(pages, site, entry)
    confirm = pages.get(entry_path(entry, "confirm")).text

    pages.post(entry_path(entry, "confirm"), {}, status=303)

    assert "Hearing of the stakeholders" in confirm
    assert wished == {"hearing": False, "closing": False}
    assert _chosen(site, entry) == {"hearing": True, "closing": True}
    assert "Hearing of the stakeholders" in pages.get(entry_path(entry)).text


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("en", "No place is left in: Panel on", "Full"),
        ("es", "No queda lugar en: Panel", "Completa"),
    ],
)
def test_full_part_that_is_posted_loses_nothing_that_was_typed(
    pages: Pages, site: Site, language: str, sentence: str, word: str
) -> None:
    make_guide(site).submit("pa", segments=("panel",))
    shown = pages.get(form_path(language))

    page = pages.post(form_path(language), fill(segments=["panel", "closing"]), status=409)

    assert word in shown.text
    assert [each["value"] for each in _boxes(shown) if "disabled" in each] == ["panel"]
    assert sentence in page.text
    assert [each["value"] for each in _boxes(page) if "checked" in each] == ["panel", "closing"]
    assert "ana.morales@example.org" in page.html


def test_part_that_the_meeting_does_not_have_is_refused(pages: Pages) -> None:
    page = pages.post(form_path(), fill(segments=["dinner"]), status=422)

    assert "Choose among the parts of the meeting in the list." in page.text


def test_page_tells_what_was_full_meanwhile_and_the_registration_stands(
    pages: Pages, site: Site
) -> None:
    pages.post(form_path(), fill(segments=["panel", "closing"]), status=303)
    entry = find_only(site)
    make_guide(site).submit("pa", segments=("panel",))
    open_link(pages, site, entry)

    pages.post(entry_path(entry, "confirm"), {}, status=303)
    text = pages.get(entry_path(entry)).text

    assert "No place was left in: Panel on regular pathways." in text
    assert "Without a place for you: they are full" in text
    assert get(site, entry).seat_number == 1


def test_person_changes_what_to_attend(pages: Pages, site: Site) -> None:
    entry = make_guide(site).submit(segments=("hearing",))
    open_link(pages, site, entry)
    page = pages.get(entry_path(entry, "segments"))

    pages.post(entry_path(entry, "segments"), {"segments": ["panel"]}, status=303)

    assert [each["value"] for each in _boxes(page) if "checked" in each] == ["hearing"]
    assert _chosen(site, entry) == {"panel": True}


def test_change_to_a_full_part_is_refused_on_the_page(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    guide.submit("pa", segments=("panel",))
    entry = guide.submit(segments=("hearing",))
    open_link(pages, site, entry)

    page = pages.post(entry_path(entry, "segments"), {"segments": ["panel"]}, status=409)

    assert "No place is left in: Panel on regular pathways." in page.text
    assert _chosen(site, entry) == {"hearing": True}


def test_form_of_another_entry_changes_nothing(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    one, other = guide.submit(segments=("hearing",)), guide.submit("pa", segments=("hearing",))
    for each in (one, other):
        open_link(pages, site, each)
    form = pages.get(entry_path(one, "segments")).forms[-1].fields

    answer = pages.client.post(entry_path(other, "segments"), data={**form, "segments": "panel"})

    assert answer.status_code == 400
    assert _chosen(site, other) == {"hearing": True}


def _boxes(page: Page) -> list[dict[str, str]]:
    return [each for _, each in page.controls if each.get("name") == "segments"]


def _chosen(site: Site, entry: Registration) -> dict[str, bool]:
    with site.office.database.reading() as session:
        return {each.key: each.attends for each in list_choices(session, entry.id)}
