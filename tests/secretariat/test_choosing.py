"""What a form of the list means: what was ticked, or all that match what was on the screen."""

from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import TestResponse

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import deciding
from registration.secretariat import choosing
from tests.builders import RCM
from tests.desks import ENTRIES, SEARCH, make_guide, open_desk, submit
from tests.offices import OTHER_REVIEWER, Guide
from tests.pages import Pages
from tests.registrar.moving import enter_elsewhere, moved
from tests.secretariat.test_papers import APPROVE, form_of, work
from tests.sites import Site

EXPORT = f"/en/secretariat/{RCM}/exports/chosen"


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_all_is_all_that_the_filter_leaves(desk: Pages, guide: Guide, site: Site) -> None:
    wanted, other = submit(guide, "cr"), submit(guide, "pa")

    send(desk, f"{ENTRIES}?delegation=cr", all="1")
    work_off(site)

    assert guide.get(wanted.id).state is State.INVITED
    assert guide.get(other.id).state is State.SUBMITTED


def test_all_is_all_that_was_looked_for(desk: Pages, guide: Guide) -> None:
    wanted = submit(guide, "cr", given_names="René")
    other = submit(guide, "cr", given_names="Ana")
    desk.post(ENTRIES, {"text": "rene"}, form=SEARCH, status=303)

    answer = send(desk, ENTRIES, EXPORT, all="1", format="csv")

    assert wanted.reference in answer.text
    assert other.reference not in answer.text


def test_all_leaves_out_what_came_or_changed_after_the_list_was_drawn(
    desk: Pages, guide: Guide, site: Site
) -> None:
    seen, changed = submit(guide, "cr"), submit(guide, "pa")
    form = form_of(desk.get(ENTRIES), APPROVE)
    later = datetime.now(UTC) + timedelta(seconds=1)
    moved(
        deciding.return_(
            site.office,
            changed.id,
            version=changed.version,
            by=OTHER_REVIEWER,
            reason="Falta el cargo.",
            arrived_at=later,
        )
    )
    guide.now = later
    came = submit(guide, "gt")

    exported = desk.client.post(EXPORT, data={**form, "all": "1", "format": "csv"}).text
    desk.client.post(APPROVE, data={**form, "all": "1"})
    work_off(site)

    assert [each.reference in exported for each in (seen, changed, came)] == [True, False, False]
    assert guide.get(seen.id).state is State.INVITED
    assert guide.get(changed.id).state is State.RETURNED
    assert guide.get(came.id).state is State.SUBMITTED


@pytest.mark.parametrize("seen_at", ["", "yesterday", "2026-13-01", "' OR 1=1 --"])
def test_all_of_an_unknown_moment_is_refused(desk: Pages, guide: Guide, seen_at: str) -> None:
    submit(guide)

    assert send(desk, ENTRIES, all="1", seen_at=seen_at).status_code == 400


def test_moment_without_a_zone_is_read_as_utc(desk: Pages, guide: Guide) -> None:
    early, late = submit(guide, "cr"), submit(guide, "pa")
    between = early.changed_at + (late.changed_at - early.changed_at) / 2

    exported = send(
        desk, ENTRIES, EXPORT, all="1", seen_at=f"{between:%Y-%m-%dT%H:%M:%S}", format="csv"
    ).text

    assert early.reference in exported
    assert late.reference not in exported


@pytest.mark.parametrize("version", ["", "-1", "²", "2.0", "9" * 30, "x"])
def test_version_that_is_no_number_is_refused(desk: Pages, guide: Guide, version: str) -> None:
    entry = submit(guide)

    assert send(desk, ENTRIES, chosen=f"{entry.reference}.{version}").status_code == 400


def test_all_that_match_are_written_to(desk: Pages, guide: Guide) -> None:
    wanted, other = submit(guide, "cr"), submit(guide, "pa")

    begun = send(desk, f"{ENTRIES}?delegation=cr", f"/en/secretariat/{RCM}/write", all="1")
    preview = desk.get(f"{begun.location}preview").text

    assert "To 1 person" in desk.get(str(begun.location)).text
    assert wanted.full_name in preview
    assert other.full_name not in preview


def test_ticked_entry_that_cannot_be_approved_is_told_so(
    desk: Pages, guide: Guide, site: Site
) -> None:
    invited = guide.approve(submit(guide))

    batch = send(desk, ENTRIES, chosen=tick(invited)).location
    work_off(site)

    assert guide.get(invited.id).version == invited.version
    assert invited.full_name in desk.get(str(batch)).text


@pytest.mark.parametrize("action", [APPROVE, EXPORT])
def test_entry_of_another_meeting_is_refused(
    desk: Pages, guide: Guide, site: Site, action: str
) -> None:
    submit(guide)
    stranger = enter_elsewhere(guide)

    answer = send(desk, ENTRIES, action, chosen=tick(stranger))

    assert answer.status_code == 400
    assert stranger.reference not in answer.text


def test_all_is_of_this_meeting_alone(desk: Pages, guide: Guide, site: Site) -> None:
    own, stranger = submit(guide), enter_elsewhere(guide)

    exported = send(desk, ENTRIES, EXPORT, all="1", format="csv").text

    assert own.reference in exported
    assert stranger.reference not in exported


def test_no_more_are_taken_than_a_batch_may_hold(
    desk: Pages, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_CHOSEN", 2)
    entries = [submit(guide, key) for key in ("cr", "pa", "gt")]

    for choice in ({"all": "1"}, {"chosen": [tick(each) for each in entries]}):
        exported = send(desk, ENTRIES, EXPORT, **choice, format="csv").text
        assert sum(each.reference in exported for each in entries) == 2


# builders


def send(desk: Pages, page: str, action: str = APPROVE, **fields: object) -> TestResponse:
    """Send the list's form to one of its actions, with what the page had and these fields."""
    return desk.client.post(action, data={**form_of(desk.get(page), APPROVE), **fields})


def tick(entry: Registration) -> str:
    return f"{entry.reference}.{entry.version}"


def work_off(site: Site) -> None:
    while work(site):
        pass
