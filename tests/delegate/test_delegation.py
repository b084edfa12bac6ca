"""The page of a focal point: what it shows, what it does, and whose entries it cannot reach."""

import pytest

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import delegations
from registration.store import reading
from tests.builders import RCM
from tests.delegates import entry_path, fill, open_link
from tests.desks import make_guide, submit
from tests.offices import REVIEWER, Guide
from tests.pages import Pages
from tests.sites import Site

PAGE = f"/en/{RCM}/delegation"
NOMINEE = {
    "treatment": "",
    "given_names": "Élodie",
    "surnames": "Tremblay",
    "institution": "Cancillería",
    "position": "Directora",
    "email": "elodie@example.org",
    "language": "es",
}


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


def test_page_shows_names_and_states_and_no_address(pages: Pages, site: Site, guide: Guide) -> None:
    entry, other = submit(guide), submit(guide, "pa")
    _open(pages, site)

    page = pages.get(PAGE)

    assert entry.full_name in page.text
    assert entry.particulars.email not in page.html
    assert other.full_name not in page.text
    assert pages.get(PAGE.replace("/en/", "/es/")).title.startswith("Costa Rica")


def test_without_the_link_there_is_no_page(pages: Pages) -> None:
    pages.get(PAGE, status=404)


def test_revoked_link_closes_the_link_and_the_browser_alike(
    pages: Pages, site: Site, guide: Guide
) -> None:
    path = _open(pages, site)

    delegations.revoke_link(site.office, RCM, _row(site).key, by=REVIEWER, at=guide.now)

    pages.get(PAGE, status=404)
    pages.get(f"{PAGE}/nominate", status=404)
    assert pages.client.get(path, base_url=site.url).status_code == 404


def test_entries_of_another_delegation_answer_404_and_stay(
    pages: Pages, site: Site, guide: Guide
) -> None:
    other = submit(guide, "pa")
    _open(pages, site)
    site.app.config["WTF_CSRF_ENABLED"] = False

    codes = [
        pages.client.open(
            f"{PAGE}/{other.reference}/{what}", method=method, base_url=site.url
        ).status_code
        for method, what in (
            ("GET", "replace"),
            ("POST", "replace"),
            ("GET", "withdraw"),
            ("POST", "withdraw"),
            ("POST", "vouch"),
        )
    ]

    assert codes == [404] * 5
    assert guide.get(other.id) == other


def test_nominated_delegate_completes_through_the_private_link(
    pages: Pages, site: Site, guide: Guide
) -> None:
    _open(pages, site)

    pages.post(f"{PAGE}/nominate", NOMINEE, status=303)

    nominee = _list_entries(site)[0]
    assert (nominee.state, nominee.seat_number) == (State.NOMINATED, 1)
    assert guide.list_mails(nominee.id) == [("nominated", "elodie@example.org")]
    assert "Nominated by your delegation" in pages.get(PAGE).text
    delegate = Pages(site.app, site.url)
    open_link(delegate, site, nominee)
    data = fill(**{**NOMINEE, "delegation": None})
    delegate.post(entry_path(nominee, "correct"), data, status=303)
    assert guide.get(nominee.id).state is State.SUBMITTED


def test_nomination_that_is_not_good_keeps_what_was_typed(pages: Pages, site: Site) -> None:
    _open(pages, site)

    page = pages.post(f"{PAGE}/nominate", {**NOMINEE, "email": "elodie"}, status=422)

    assert "Enter a full e-mail address" in page.text
    assert "Tremblay" in page.html
    assert _list_entries(site) == []


def test_replacement_keeps_the_seat_and_withdraws_the_other(
    pages: Pages, site: Site, guide: Guide
) -> None:
    out = guide.approve(submit(guide))
    _open(pages, site)

    pages.post(f"{PAGE}/{out.reference}/replace", NOMINEE, status=303)

    newcomer = _list_entries(site)[0]
    assert (newcomer.state, newcomer.seat_number) == (State.NOMINATED, out.seat_number)
    assert guide.get(out.id).state is State.WITHDRAWN


def test_replacement_of_an_entry_that_moved_meanwhile_changes_nothing(
    pages: Pages, site: Site, guide: Guide
) -> None:
    out = submit(guide)
    _open(pages, site)
    hidden = pages.get(f"{PAGE}/{out.reference}/replace").forms[0].fields
    guide.approve(out)

    answer = pages.client.post(
        f"{PAGE}/{out.reference}/replace", data={**hidden, **NOMINEE}, base_url=site.url
    )

    assert answer.status_code == 409
    assert [each.id for each in _list_entries(site)] == [out.id]


def test_withdrawal_frees_the_seat(pages: Pages, site: Site, guide: Guide) -> None:
    entry = submit(guide)
    _open(pages, site)

    pages.post(f"{PAGE}/{entry.reference}/withdraw", {"reason": ""}, status=303)

    assert guide.get(entry.id).state is State.WITHDRAWN
    assert "2 free seats" in pages.get(PAGE).text


def test_not_ours_is_noted_and_frees_no_seat(pages: Pages, site: Site, guide: Guide) -> None:
    entry = submit(guide)
    _open(pages, site)

    _vouch(pages, site, entry, "not_ours")

    after = guide.get(entry.id)
    assert (after.state, after.seat_number, after.version) == (
        State.SUBMITTED,
        1,
        entry.version,
    )
    assert "You told us that this person is not of your delegation" in pages.get(PAGE).text
    _vouch(pages, site, entry, "ours")
    assert "Nominated by your delegation" in pages.get(PAGE).text


def test_link_opened_last_is_the_one_in_whose_name_the_browser_acts(
    pages: Pages, site: Site
) -> None:
    _open(pages, site, "pa")
    _open(pages, site, "cr")
    first = pages.get(PAGE).title
    _open(pages, site, "pa")

    assert (first.split(" -")[0][:10], pages.get(PAGE).title[:6]) == ("Costa Rica", "Panama")


def _vouch(pages: Pages, site: Site, entry: Registration, word: str) -> None:
    form = pages.get(PAGE).forms[0]
    data = {"csrf_token": form.fields["csrf_token"], "word": word}
    path = f"{PAGE}/{entry.reference}/vouch"
    assert pages.client.post(path, data=data, base_url=site.url).status_code == 303


def _open(pages: Pages, site: Site, key: str = "cr") -> str:
    row = _row(site, key)
    path = f"/l/{site.office.tokens.of_delegation(row.id, row.link_generation)}"
    answer = pages.client.get(path, base_url=site.url)
    assert str(answer.location).endswith(f"/{RCM}/delegation")
    return path


def _row(site: Site, key: str = "cr") -> reading.DelegationRow:
    with site.office.database.reading() as session:
        row = reading.find_delegation(session, RCM, key)
    assert row is not None
    return row


def _list_entries(site: Site) -> list[Registration]:
    with site.office.database.reading() as session:
        live = [State.NOMINATED, State.SUBMITTED, State.INVITED]
        return reading.list_of_delegation(session, _row(site).id, states=live)
