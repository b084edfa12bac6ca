"""A delegation added at the desk is what those of its meeting are."""

import pytest

from registration.domain.meeting import DelegationKind
from registration.domain.roles import Role
from registration.meetings.reading import get_meeting
from tests.desks import open_desk
from tests.meetings.review import GCM
from tests.pages import Pages
from tests.sites import Site, load_open_meeting

NEW = f"/en/secretariat/{GCM}/new-delegation"
REASON = "It joined the Commission."
IRELAND = {
    "key": "ie",
    "kind": "member_state",
    "country": "IE",
    "region": "outside-the-region",
    "seats": "5",
    **{
        f"{name}_{language}": text
        for name in ("name", "official_name", "of_name")
        for language, text in (("en", "Ireland"), ("es", "Irlanda"), ("fr", "Irlande"))
    },
    **{f"{name}_pt": "Irlanda" for name in ("name", "official_name", "of_name")},
    "reason": REASON,
}


@pytest.fixture
def desk(site: Site) -> Pages:
    load_open_meeting(site.office, GCM)
    pages = open_desk(site, roles=[Role.ADMINISTRATOR])
    pages.typed = [*pages.typed, REASON]
    return pages


def test_it_is_of_a_kind_that_the_meeting_has_and_asked_for_no_more(
    desk: Pages, site: Site
) -> None:
    form = desk.get(NEW)
    desk.post(NEW, IRELAND, status=303)

    assert 'value="associate_member"' in form.html
    assert 'value="member_country"' not in form.html
    with site.office.database.reading() as session:
        added = get_meeting(session, GCM).get_delegation("ie")
    assert added.kind is DelegationKind.MEMBER_STATE
    assert added.region == "outside-the-region"
    assert added.asks_nothing
    assert not added.asks_acceptance


def test_a_meeting_with_regions_wants_to_know_the_region(desk: Pages, site: Site) -> None:
    page = desk.post(NEW, {**IRELAND, "region": ""}, status=422)

    assert "Fill this in." in page.text
    with site.office.database.reading() as session:
        assert get_meeting(session, GCM).find_delegation("ie") is None


def test_a_state_is_known_by_its_code(desk: Pages) -> None:
    page = desk.post(NEW, {**IRELAND, "key": "eire"}, status=422)
    without = desk.post(NEW, {**IRELAND, "country": ""}, status=422)

    assert "The key of a country is its two letters in small" in page.text
    assert "Write the two letters of the country" in without.text


def test_a_meeting_without_regions_does_not_speak_of_them(desk: Pages) -> None:
    form = desk.get("/en/secretariat/rcm-imrf-2022/new-delegation")

    assert 'name="region"' not in form.html
    assert 'value="member_country"' in form.html
