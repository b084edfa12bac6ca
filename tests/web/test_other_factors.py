"""Recovery codes, and sign-ins from new places."""

import pytest
from sqlalchemy import select

from registration.store.tables.accounts import DbStaff, DbStaffPlace, DbStaffSession
from registration.web.browsers import name_browser, shorten_address
from tests.accounts import list_account_mails
from tests.desks import PASSWORD, REVIEWER, add_staff, open_desk, sign_in
from tests.pages import Pages
from tests.sites import Site
from tests.web.test_sign_in import HOME, _sign_out, _switch_on

CODES = "/en/secretariat/recovery-codes"
RECOVERY = "/en/secretariat/sign-in/recovery"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_recovery_code_signs_in_once(site: Site) -> None:
    pages = open_desk(site, language="en")
    codes = _make_codes(pages)
    _switch_on(site, pages)
    _sign_out(pages)

    sign_in(pages)
    pages.get(HOME, status=303)
    pages.post(RECOVERY, {"code": f" {codes[0].upper()} "}, status=303)
    pages.get(HOME)
    _sign_out(pages)
    sign_in(pages)
    again = pages.post(RECOVERY, {"code": codes[0]})

    assert "Each of them is used once" in again.text
    pages.get(HOME, status=303)
    pages.post(RECOVERY, {"code": codes[1]}, status=303)
    pages.get(HOME)
    told = [subject for _, subject, _ in list_account_mails(site, REVIEWER)]
    assert told.count("A recovery code was used") == 2


def test_recovery_codes_are_shown_once_and_kept_as_digests(site: Site) -> None:
    pages = open_desk(site)
    codes = _make_codes(pages)

    page = pages.get(CODES, query_string={"show_codes": "y"})

    with site.office.database.reading() as session:
        kept = str(session.scalars(select(DbStaff.mf_recovery_codes)).one())
    assert len(set(codes)) == 8
    assert not any(code in page.html + kept for code in codes)
    assert "8 codes are left" in page.text


def test_new_recovery_codes_take_the_place_of_the_old(site: Site) -> None:
    pages = open_desk(site)
    old = _make_codes(pages)
    _make_codes(pages)
    _switch_on(site, pages)
    _sign_out(pages)
    sign_in(pages)

    pages.post(RECOVERY, {"code": old[0]})

    pages.get(HOME, status=303)


def test_recovery_code_is_of_no_use_before_the_password(site: Site) -> None:
    codes = _make_codes(open_desk(site))
    stranger = Pages(site.app, site.url)

    answer = stranger.client.post(RECOVERY, data={"code": codes[0]}, base_url=site.url)

    assert answer.status_code in {302, 303, 400}
    stranger.get(HOME, status=303)


def test_guessing_recovery_codes_waits_after_five(site: Site) -> None:
    pages = open_desk(site)
    _switch_on(site, pages)
    _sign_out(pages)
    sign_in(pages)
    for _ in range(5):
        pages.post(RECOVERY, {"code": "aaaa-bbbb-cccc-dddd"})

    pages.post(RECOVERY, {"code": "aaaa-bbbb-cccc-dddd"}, status=429)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Your account was opened from a new place"),
        ("es", "Se inició sesión en su cuenta desde un lugar nuevo"),
    ],
)
def test_sign_in_from_a_new_place_is_mailed_to_its_owner(
    site: Site, language: str, subject: str
) -> None:
    add_staff(site, language=language)
    home, cafe = Pages(site.app, site.url), Pages(site.app, site.url)
    sign_in(home)
    _sign_out(home)
    sign_in(home)
    assert len(list_account_mails(site, REVIEWER)) == 1
    form = cafe.get("/en/secretariat/sign-in").forms[0].fields

    cafe.client.post(
        "/en/secretariat/sign-in",
        data={**form, "email": REVIEWER, "password": PASSWORD},
        base_url=site.url,
        headers={"User-Agent": FIREFOX},
        environ_overrides={"REMOTE_ADDR": "192.0.2.77"},
    )

    _, (_, said, text) = list_account_mails(site, REVIEWER)
    assert said == subject
    assert "Firefox, Windows" in text
    assert "192.0.2.x" in text
    assert "192.0.2.77" not in text


def test_place_is_kept_as_a_digest_of_a_cookie_out_of_reach_of_scripts(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)

    answer = sign_in(pages).response

    cookie = next(
        each for each in answer.headers.getlist("Set-Cookie") if each.startswith("staff-place=")
    )
    secret = cookie.partition("=")[2].partition(";")[0]
    with site.office.database.reading() as session:
        row = session.scalars(select(DbStaffPlace)).one()
    assert "HttpOnly" in cookie
    assert secret.encode() not in row.digest
    assert len(row.digest) == 32


def test_session_tells_its_browser(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    pages.client.environ_base["HTTP_USER_AGENT"] = FIREFOX

    sign_in(pages)

    with site.office.database.reading() as session:
        assert session.scalars(select(DbStaffSession.browser)).one() == "Firefox, Windows"
    assert "Firefox, Windows" in pages.get("/en/secretariat/account").text


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iOS"),
        ("curl/8.0", ""),
    ],
)
def test_browser_is_told_by_family_and_system(user_agent: str, name: str) -> None:
    assert name_browser(user_agent) == name


@pytest.mark.parametrize(
    ("address", "short"),
    [("192.0.2.77", "192.0.2.x"), ("2001:db8:7:8::9", "2001:db8:7::/48"), ("x", ""), (None, "")],
)
def test_address_is_told_by_its_network(address: str | None, short: str) -> None:
    assert shorten_address(address) == short


def _make_codes(pages: Pages) -> list[str]:
    page = pages.post(CODES, {}, status=200)
    return [word for word in page.text.split() if len(word) == 19 and word.count("-") == 3]
