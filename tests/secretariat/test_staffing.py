"""Accounts at the desk: invited by mail, changed by an administrator, each act in the history."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from registration.domain.roles import HeldRole, Role
from registration.registrar import accounts as changing
from registration.store import reading
from registration.store.reading.accounts import list_accounts
from registration.store.tables.accounts import DbStaff
from registration.web import staff_accounts
from tests.accounts import find_link, list_account_mails
from tests.builders import RCM
from tests.desks import (
    REVIEWER,
    add_staff,
    entry_path,
    make_guide,
    open_desk,
    sign_in,
    submit,
)
from tests.offices import REVIEWER as BY
from tests.pages import Pages
from tests.sites import Site

STAFF = "/en/secretariat/staff/"
ADMIN = "admin@example.org"
EVA = {"name": "Eva Solís", "email": "eva@example.org", "language": "es"}
NEW = "a staple of correct batteries"


def test_invitation_leads_to_a_password_and_on_to_the_second_factor(site: Site) -> None:
    admin = _administrator(site)
    admin.post(STAFF, {**EVA, "roles": f"reviewer@{RCM}"}, status=303)
    occasion, subject, text = list_account_mails(site, "eva@example.org")[0]
    browser = Pages(site.app, site.url)

    opened = browser.get(find_link(site, text), status=303)
    page = browser.get(opened.response.location)
    chosen = browser.post("/es/secretariat/welcome", {"password": NEW, "again": NEW}, status=303)

    assert (occasion, subject) == ("staff_invited", "Su cuenta en el área de trabajo")
    assert opened.response.location == "/es/secretariat/welcome"
    assert "Eva Solís" in page.text
    assert chosen.response.location == "/es/secretariat/second-factor"
    browser.get("/es/secretariat/second-factor")
    browser.get(f"/es/secretariat/{RCM}/")
    assert len(list_account_mails(site, "eva@example.org")) == 1


def test_invitation_works_once(site: Site) -> None:
    path = _invite(site, _administrator(site))
    browser = Pages(site.app, site.url)
    browser.get(path, status=303)
    browser.post("/es/secretariat/welcome", {"password": NEW, "again": NEW}, status=303)

    stranger = Pages(site.app, site.url)

    assert "no abre nada" in stranger.get(path, status=404).text
    stranger.get("/es/secretariat/welcome", status=404)


def test_of_two_who_take_up_an_invitation_one_wins(site: Site) -> None:
    _invite(site, _administrator(site))

    with site.app.test_request_context():
        late = staff_accounts.find_account("eva@example.org")
        assert late is not None
        late_id, seen = late.id, late.fs_uniquifier
        won = changing.take_up_invitation(
            site.office, BY, late_id, seen=seen, hashed_password="hash", at=datetime.now(UTC)
        )
        lost = staff_accounts.accept_invitation(late, NEW, now=datetime.now(UTC))

    assert (won, lost) == (True, False)
    with site.office.database.reading() as session:
        kept = session.scalar(select(DbStaff.password).where(DbStaff.id == late_id))
    assert kept == "hash"


@pytest.mark.parametrize("how", ["expired", "sent again", "closed"])
def test_invitation_that_counts_no_more_opens_nothing(site: Site, how: str) -> None:
    admin = _administrator(site)
    path = _invite(site, admin)
    browser = Pages(site.app, site.url)
    browser.get(path, status=303)

    if how == "expired":
        days = timedelta(days=3, seconds=1)
        with site.office.database.engine.begin() as connection:
            connection.execute(
                update(DbStaff)
                .where(DbStaff.email == "eva@example.org")
                .values(invited_at_utc=datetime.now(UTC) - days)
            )
    if how == "sent again":
        _act(site, admin, "eva@example.org", "invite")
    if how == "closed":
        _act(site, admin, "eva@example.org", "close")

    browser.get("/es/secretariat/welcome", status=404)
    Pages(site.app, site.url).get(path, status=404)


def test_invited_account_opens_nothing_before_a_password_is_chosen(site: Site) -> None:
    _invite(site, _administrator(site))

    sign_in(Pages(site.app, site.url), "eva@example.org", status=422)


@pytest.mark.parametrize(
    ("fields", "sentence", "status"),
    [
        ({**EVA, "roles": ""}, "Tick one role or more.", 422),
        ({**EVA, "roles": "king"}, "Tick one role or more.", 422),
        ({**EVA, "roles": "reviewer", "email": "eva"}, "Enter a full e-mail address", 422),
        ({**EVA, "roles": "reviewer", "name": " "}, "Enter the name.", 422),
        ({**EVA, "roles": "reviewer", "email": ADMIN.upper()}, "with this address already", 409),
    ],
)
def test_wrong_invitation_is_said_so_and_nothing_is_lost(
    site: Site, fields: dict[str, str], sentence: str, status: int
) -> None:
    page = _administrator(site).post(STAFF, fields, status=status)

    assert sentence in page.text
    assert "eva" in page.html.lower() or ADMIN in page.html
    assert len(_accounts(site)) == 1


def test_roles_count_from_the_next_request_on(site: Site) -> None:
    admin = _administrator(site)
    reviewer = open_desk(site)
    entry = submit(make_guide(site))
    reviewer.get(entry_path(entry))

    path = f"{STAFF}{_accounts(site)[REVIEWER]}/"
    admin.post(path, {"roles": f"door@{RCM}"}, status=303)

    reviewer.get(entry_path(entry), status=404)
    assert "Door" in admin.get(path).text


@pytest.mark.parametrize("what", ["close", "roles"])
def test_last_administrator_stays(site: Site, what: str) -> None:
    admin = _administrator(site)
    add_staff(site, roles=[Role.ADMINISTRATOR], meeting_id=RCM)
    path = f"{STAFF}{_accounts(site)[ADMIN]}/"

    if what == "close":
        page = admin.post(path, {}, status=409, form=f"{path}close")
    else:
        page = admin.post(path, {"roles": f"administrator@{RCM}"}, status=409)

    assert "last account that administers every meeting" in page.text
    admin.get(STAFF)


def test_of_two_administrators_one_may_go(site: Site) -> None:
    admin = _administrator(site)
    add_staff(site, roles=[Role.ADMINISTRATOR])

    _act(site, admin, REVIEWER, "close")

    sign_in(Pages(site.app, site.url), status=422)


def test_closed_administrator_is_nobody_to_count_on(site: Site) -> None:
    admin = _administrator(site)
    add_staff(site, roles=[Role.ADMINISTRATOR])
    _act(site, admin, REVIEWER, "close")
    ids = _accounts(site)

    result = changing.change_roles(
        site.office, BY, ids[ADMIN], [HeldRole(Role.DOOR)], at=datetime.now(UTC)
    )

    assert result is not None


def test_account_is_closed_reopened_and_signed_out_and_its_history_says_by_whom(
    site: Site,
) -> None:
    admin = _administrator(site)
    reviewer = open_desk(site)

    _act(site, admin, REVIEWER, "sign_out")
    reviewer.get("/en/secretariat/", status=303)
    sign_in(reviewer)
    _act(site, admin, REVIEWER, "close")
    reviewer.get("/en/secretariat/", status=303)
    sign_in(reviewer, status=422)
    _act(site, admin, REVIEWER, "reopen")
    sign_in(reviewer)

    page = admin.get(f"{STAFF}{_accounts(site)[REVIEWER]}/")
    for line in ("Ada ended what was signed in", "Ada closed the account", "Luisa Pérez signed in"):
        assert line in page.text
    with site.office.database.reading() as session:
        ids = _accounts(site)
        lines = reading.list_history(session, f"staff:{ids[REVIEWER]}")
    told = [line.facts["account"] for line in reversed(lines) if "account" in line.facts]
    assert told == ["opened", "signed out", "closed", "reopened"]


def test_second_factor_is_taken_away_and_its_owner_told(site: Site) -> None:
    admin = _administrator(site)
    pages = open_desk(site, language="en")
    pages.post("/en/secretariat/recovery-codes", {}, status=200)

    _act(site, admin, REVIEWER, "factors")

    assert list_account_mails(site, REVIEWER)[-1][1] == "The way you sign in was changed"
    pages.get("/en/secretariat/", status=303)
    with site.office.database.reading() as session:
        account = next(each for each in list_accounts(session) if each.email == REVIEWER)
    assert (account.app, account.passkeys, account.codes) == (False, 0, 0)


def test_doings_of_an_account_name_what_they_were_about_page_by_page(site: Site) -> None:
    admin = _administrator(site)
    reviewer = open_desk(site)
    entry = submit(make_guide(site))
    for _ in range(55):
        reviewer.client.get(entry_path(entry, "passport", "1", "small.jpg"), base_url=site.url)
    reviewer.post(entry_path(entry), {"decision": "approve", "then": "next"}, status=303)
    path = f"{STAFF}{_accounts(site)[REVIEWER]}/doings"

    first = admin.get(path)
    older = next(part for part in first.html.split('"') if "before=" in part)
    second = admin.get(older)

    assert "Approved it; the letter was issued" in first.text
    assert entry_path(entry) in first.html
    assert first.html.count("<tr>") == 51
    assert "Signed in" in second.text
    assert "Approved it" not in second.text


def test_own_account_ends_another_browser_and_no_stranger_s(site: Site) -> None:
    here, there = open_desk(site), Pages(site.app, site.url)
    sign_in(there)
    other = open_desk(site, "other@example.org")
    page = here.get("/en/secretariat/account")
    path = next(f.attributes["action"] for f in page.forms if "/session/" in f.attributes["action"])
    token = other.get("/en/secretariat/account").forms[0].fields["csrf_token"]
    refused = other.client.post(path, data={"csrf_token": token}, base_url=site.url)

    here.post("/en/secretariat/account", {}, status=303, form=path)

    assert refused.status_code == 404
    there.get("/en/secretariat/", status=303)
    here.get("/en/secretariat/")


def test_name_and_language_are_one_s_own(site: Site) -> None:
    pages = open_desk(site)

    pages.post("/en/secretariat/account", {"name": "Luisa P. Rojas", "language": "en"}, status=303)

    assert "Luisa P. Rojas" in pages.get("/en/secretariat/").text


def test_administrator_of_one_meeting_opens_no_account(site: Site) -> None:
    pages = open_desk(site, roles=[Role.ADMINISTRATOR], meeting_id=RCM)

    pages.get(STAFF, status=404)
    assert "/staff/" not in pages.get("/en/secretariat/").html


def _administrator(site: Site) -> Pages:
    return open_desk(site, ADMIN, name="Ada", roles=[Role.ADMINISTRATOR])


def _invite(site: Site, admin: Pages) -> str:
    admin.post(STAFF, {**EVA, "roles": "reviewer"}, status=303)
    return find_link(site, list_account_mails(site, "eva@example.org")[0][2])


def _act(site: Site, admin: Pages, email: str, what: str) -> None:
    path = f"{STAFF}{_accounts(site)[email]}/"
    admin.post(path, {}, status=303, form=f"{path}{what}")


def _accounts(site: Site) -> dict[str, int]:
    with site.office.database.reading() as session:
        return {each.email: each.id for each in list_accounts(session)}
