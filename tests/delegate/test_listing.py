"""The list of participants and the certificate, as the delegate meets them."""

from datetime import UTC, datetime

import pytest

from registration.registrar.arriving import record_arrival
from tests.delegates import entry_path, fill, find_only, form_path, get, open_link
from tests.desks import make_guide, submit
from tests.offices import REVIEWER, load_meeting
from tests.pages import Pages
from tests.sites import Site


@pytest.mark.parametrize(("sent", "listed"), [({"listed": "y"}, True), ({}, False)])
def test_box_is_empty_at_first_and_kept_as_it_was_sent(
    site: Site, pages: Pages, sent: dict[str, str], listed: bool
) -> None:
    form = pages.get(form_path())
    assert "listed" not in form.forms[-1].fields

    pages.post(form_path(), fill(**sent), status=303)

    assert find_only(site).particulars.listed is listed


@pytest.mark.parametrize("language", ["en", "es"])
def test_answer_is_changed_at_any_time_and_the_history_says_so(
    site: Site, pages: Pages, language: str
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    open_link(pages, site, entry)
    path = entry_path(entry, language=language)

    pages.post(path, {"listed": "y"}, form=f"{path}listing", status=303)
    agreed = get(site, entry).particulars.listed
    page = pages.get(path)
    again = next(each for each in page.forms if each.attributes["action"] == f"{path}listing")
    assert again.fields.pop("listed")
    pages.client.post(f"{path}listing", data=again.fields, base_url=site.url)

    assert agreed
    assert not get(site, entry).particulars.listed
    assert guide.list_events(entry.id)[-2:] == ["listing_changed"] * 2
    pages.get(path)


def test_answer_for_another_entry_of_the_browser_is_refused(site: Site, pages: Pages) -> None:
    guide = make_guide(site)
    entry, other = submit(guide), submit(guide, "pa")
    open_link(pages, site, entry)
    open_link(pages, site, other)
    form = next(
        each
        for each in pages.get(entry_path(entry)).forms
        if each.attributes["action"] == entry_path(entry, "listing")
    )

    answer = pages.client.post(
        entry_path(other, "listing"), data={**form.fields, "listed": "y"}, base_url=site.url
    )

    assert answer.status_code == 400
    assert not get(site, other).particulars.listed


@pytest.mark.parametrize(
    ("came", "is_over", "status"), [(True, True, 200), (True, False, 404), (False, True, 404)]
)
def test_certificate_is_there_for_who_came_once_the_meeting_is_over(
    site: Site, pages: Pages, came: bool, is_over: bool, status: int
) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    if came:
        record_arrival(site.office, entry.id, by=REVIEWER, arrived_at=datetime.now(UTC))
    if is_over:
        load_meeting(site.office)  # with the dates of its file, which are past
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry))
    answer = pages.client.get(entry_path(entry, "certificate.pdf"), base_url=site.url)

    assert answer.status_code == status
    assert ("certificate.pdf" in page.html) is (status == 200)
    if status == 200:
        assert answer.data.startswith(b"%PDF-1.7")
        assert answer.headers["Cache-Control"] == "no-store"
