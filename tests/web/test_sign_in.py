"""Signing in to the desks: what opens, what does not, and what nobody can tell from the answer."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import g, session
from flask_security import hash_password
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from config import Settings
from registration.app import create_app
from registration.domain.papers import MailStatus
from registration.domain.roles import Role
from registration.mail.ready import unlock_ready
from registration.store import reading
from registration.store.tables.accounts import DbStaff, DbStaffSession
from registration.store.tables.mail import DbMail
from registration.web import staff_accounts
from registration.web.limits import SIGN_IN_ACCOUNT, SIGN_IN_SOURCE
from tests.desks import (
    ENTRIES,
    LIST,
    PASSWORD,
    REVIEWER,
    SEARCH,
    SIGN_IN,
    add_staff,
    open_desk,
    sign_in,
)
from tests.pages import Pages
from tests.sites import Site, make_site

HOME = "/en/secretariat/"
ACCOUNT = "/en/secretariat/password"
FORGOTTEN = "/en/secretariat/password/forgotten"
FACTOR = "/en/secretariat/second-factor"
CODE = "/en/secretariat/sign-in/code"
WRONG = "The e-mail address and the password do not go together. Check both."


def test_right_password_opens_the_desk(site: Site) -> None:
    pages = open_desk(site)

    assert "II Preparation Workshop" in pages.get(HOME).text


def test_password_costs_whoever_stole_the_hashes_much_time_and_memory(settings: Settings) -> None:
    """The site as it is started: the one of the other tests hashes cheaply (`tests.sites`)."""
    app = create_app(settings)
    with app.app_context():
        hashed = hash_password(PASSWORD)

    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=", hashed)
    assert found is not None, hashed.partition(",")[0]
    kibibytes, rounds = map(int, found.groups())
    assert kibibytes >= 65_536
    assert rounds >= 3


def test_sign_in_page_speaks_the_language_of_its_address(site: Site) -> None:
    pages = Pages(site.app, site.url)

    assert "Contraseña" in pages.get("/es/secretariat/sign-in").text
    assert "Password" in pages.get("/en/secretariat/sign-in").text


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (REVIEWER, "another horse battery"),
        ("nobody@example.org", PASSWORD),
        ("closed@example.org", PASSWORD),
        ("not an address", PASSWORD),
        (REVIEWER, "x" * 500),
        ("", ""),
    ],
)
def test_every_wrong_pair_gets_the_same_answer(site: Site, email: str, password: str) -> None:
    add_staff(site)
    _close(site, add_staff(site, "closed@example.org").email)
    pages = Pages(site.app, site.url)

    page = sign_in(pages, email, password, status=422)

    assert WRONG in page.text
    assert page.title.startswith("Error: Sign in")
    pages.get(HOME, status=303)


def test_sign_in_needs_its_token(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)

    answer = pages.client.post(
        SIGN_IN, data={"email": REVIEWER, "password": PASSWORD}, base_url=site.url
    )

    assert answer.status_code == 400
    pages.get(HOME, status=303)


def test_nothing_of_the_session_before_lives_on(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    with pages.client.session_transaction(base_url=site.url) as before:
        before["entries"] = {"RCM-00000000": 1}
    token = pages.get(SIGN_IN).forms[0].fields["csrf_token"]

    sign_in(pages)

    with pages.client.session_transaction(base_url=site.url) as after:
        assert "entries" not in after
        assert after["staff_session"]
    answer = pages.client.post(
        "/en/secretariat/sign-out", data={"csrf_token": token}, base_url=site.url
    )
    assert answer.status_code == 400


def test_cookie_kept_from_before_the_sign_out_opens_nothing(site: Site) -> None:
    pages = open_desk(site)
    cookie = pages.client.get_cookie("session", domain="localhost")
    assert cookie is not None
    _sign_out(pages)

    thief = Pages(site.app, site.url)
    thief.client.set_cookie("session", cookie.value, domain="localhost")

    thief.get(HOME, status=303)


def test_sign_out_takes_a_form_with_its_token(site: Site) -> None:
    pages = open_desk(site)

    pages.client.get("/en/secretariat/sign-out", base_url=site.url, follow_redirects=True)
    assert pages.client.post("/en/secretariat/sign-out", base_url=site.url).status_code == 400
    pages.get(HOME)


def test_session_ends_two_hours_after_the_last_form(site: Site) -> None:
    pages = open_desk(site)
    with site.office.database.engine.begin() as connection:
        row = connection.execute(select(DbStaffSession)).one()
        assert row.ends_at_utc - row.started_at_utc == timedelta(hours=2)
        connection.execute(
            update(DbStaffSession).values(ends_at_utc=datetime.now(UTC) - timedelta(seconds=1))
        )

    pages.get(HOME, status=303)


def test_form_moves_the_end_of_the_session_but_reading_does_not(site: Site) -> None:
    pages = open_desk(site)
    end = datetime.now(UTC) + timedelta(minutes=30)
    with site.office.database.engine.begin() as connection:
        connection.execute(update(DbStaffSession).values(ends_at_utc=end))

    pages.get(LIST)
    read = _session_end(site)
    pages.post(ENTRIES, {"text": ""}, status=303, form=SEARCH)

    assert read == end
    assert _session_end(site) > end + timedelta(hours=1)


def test_cookie_without_its_row_opens_nothing(site: Site) -> None:
    pages = open_desk(site)
    with pages.client.session_transaction(base_url=site.url) as kept:
        kept.pop("staff_session")

    pages.get(HOME, status=303)


@pytest.mark.parametrize("how", ["query", "header"])
def test_token_for_programs_opens_nothing(site: Site, how: str) -> None:
    add_staff(site)
    with site.app.test_request_context("/", base_url=site.url):
        g.arrived_at = datetime.now(UTC)
        staff = staff_accounts.find_account(REVIEWER)
        assert staff is not None
        session["fs_paa"] = 1
        token = str(staff.get_auth_token())
    client = site.app.test_client()

    given = (
        {"query_string": {"auth_token": token}}
        if how == "query"
        else {"headers": {"Authentication-Token": token}}
    )

    answer: TestResponse = client.get(HOME, base_url=site.url, **given)  # type: ignore[arg-type]
    assert answer.status_code == 303


def test_too_many_tries_at_one_account_wait(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    for _ in range(SIGN_IN_ACCOUNT.times):
        sign_in(pages, password="wrong password", status=422)

    page = sign_in(pages, status=429)

    assert int(page.response.headers["Retry-After"]) > 0
    assert "Too many tries" in page.text


def test_an_account_nobody_has_waits_alike(site: Site) -> None:
    pages = Pages(site.app, site.url)
    for _ in range(SIGN_IN_ACCOUNT.times):
        sign_in(pages, "nobody@example.org", status=422)

    sign_in(pages, "nobody@example.org", status=429)


def test_stranger_who_spends_the_tries_does_not_lock_out_the_owner(site: Site) -> None:
    owner = open_desk(site)
    _sign_out(owner)
    stranger = Pages(site.app, site.url)
    for _ in range(SIGN_IN_ACCOUNT.times):
        sign_in(stranger, password="wrong password", status=422)
    sign_in(stranger, status=429)

    sign_in(owner)

    owner.get(HOME)


def test_mark_of_a_known_browser_is_of_no_use_for_another_account(site: Site) -> None:
    add_staff(site, "other@example.org")
    pages = open_desk(site)
    _sign_out(pages)
    stranger = Pages(site.app, site.url)
    for _ in range(SIGN_IN_ACCOUNT.times):
        sign_in(stranger, "other@example.org", "wrong password", status=422)

    sign_in(pages, "other@example.org", status=429)


def test_too_many_tries_from_one_address_of_the_network_wait(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    token = pages.get(SIGN_IN).forms[0].fields
    codes = {
        pages.client.post(
            SIGN_IN,
            data={**token, "email": f"n{number}@example.org", "password": ""},
            base_url=site.url,
        ).status_code
        for number in range(SIGN_IN_SOURCE.times)
    }

    assert codes == {422}
    sign_in(pages, status=429)


def test_without_limits_nobody_waits(
    make_settings: Callable[..., Settings], sqlite_url: str
) -> None:
    site = make_site(make_settings(database_url=sqlite_url, limits_enabled=False))
    pages = Pages(site.app, site.url)
    form = pages.get(SIGN_IN).forms[0].fields

    codes = {
        pages.client.post(
            SIGN_IN, data={**form, "email": "a@example.org", "password": ""}, base_url=site.url
        ).status_code
        for _ in range(SIGN_IN_SOURCE.times + 1)
    }

    assert codes == {422}
    site.office.database.dispose()


def test_sign_ins_and_outs_stand_in_the_history_of_the_account(site: Site) -> None:
    pages = open_desk(site)
    _sign_out(pages)

    assert _list_events(site) == ["account_changed", "signed_in", "account_mailed", "signed_out"]


def test_password_is_changed_with_the_present_one(site: Site) -> None:
    pages = open_desk(site)
    other = Pages(site.app, site.url)
    sign_in(other)
    new = "a staple of correct batteries"
    data = {"password": "wrong password", "new_password": new, "new_password_confirm": new}

    refused = pages.post(ACCOUNT, data)
    pages.post(ACCOUNT, {**data, "password": PASSWORD}, status=303)

    assert "This is not your present password" in refused.text
    pages.get(HOME)
    other.get(HOME, status=303)
    sign_in(other, status=422)
    sign_in(other, password=new)
    assert "password_changed" in _list_events(site)


@pytest.mark.parametrize("language", ["en", "es"])
def test_password_is_recovered_through_a_mail_in_the_language_of_the_account(
    site: Site, language: str
) -> None:
    add_staff(site, language=language)
    pages = Pages(site.app, site.url)

    answer = pages.post(FORGOTTEN, {"email": REVIEWER.upper()}, status=303)
    pages.get(answer.response.location)  # it says in English what was done

    subject, text = _get_mail(site)
    link = re.search(r"http://localhost/\S+", text)
    assert link is not None
    assert link[0].startswith(f"http://localhost/{language}/secretariat/password/forgotten/")
    assert subject == {"en": "Choose a new password", "es": "Elija una contraseña nueva"}[language]
    path, new = link[0].removeprefix("http://localhost"), "a staple of correct batteries"
    pages.get(path)
    short = pages.post(path, {"password": "short", "password_confirm": "short"})
    changed = pages.post(path, {"password": new, "password_confirm": new}, status=303)
    pages.get(changed.response.location)
    assert "12" in short.text
    sign_in(pages, status=422)
    sign_in(pages, password=new)
    pages.get(path, status=302)


def test_forgotten_password_answers_alike_whether_there_is_an_account(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    answers = []
    for email in (REVIEWER, "nobody@example.org"):
        page = pages.post(FORGOTTEN, {"email": email}, status=303)
        following = pages.get(page.response.location)
        answers.append((page.response.location, following.text))

    assert answers[0] == answers[1]
    assert "If this address has an account" in answers[0][1]
    assert len(_list_mails(site)) == 1


def test_link_to_a_new_password_costs_no_slow_digest_of_its_own(site: Site) -> None:
    """One slow hash is made for every address asked about; a second one would tell by the time."""
    staff = add_staff(site)
    with site.app.test_request_context():
        token = generate_reset_password_token(staff)
        _, digest = site.app.extensions["security"].reset_serializer.loads(token)

    assert re.fullmatch("[0-9a-f]{64}", digest)


def test_host_of_the_request_does_not_reach_the_mail(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    form = pages.get(FORGOTTEN).forms[0].fields

    answer = pages.client.post(
        FORGOTTEN,
        data={**form, "email": REVIEWER},
        base_url=site.url,
        headers={"X-Forwarded-Host": "evil.example"},
    )

    assert answer.status_code == 303
    assert "evil" not in _get_mail(site)[1]


def test_account_that_asks_often_is_mailed_three_times_and_nobody_is_told(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    for _ in range(5):
        pages.post(FORGOTTEN, {"email": REVIEWER}, status=303)

    assert len(_list_mails(site)) == 3


def test_what_is_no_address_is_said_so(site: Site) -> None:
    page = Pages(site.app, site.url).post(FORGOTTEN, {"email": "luisa"})

    assert "Enter a full e-mail address" in page.text


def test_second_factor_is_switched_on_and_asked_for(site: Site) -> None:
    pages = open_desk(site)
    secret = _switch_on(site, pages)
    _sign_out(pages)

    answer = sign_in(pages)

    assert answer.response.location.startswith(CODE)
    pages.get(HOME, status=303)
    wrong = pages.post(CODE, {"code": "000000"})
    assert "each is used once" in wrong.text
    _forget_used_codes(site)
    pages.post(CODE, {"code": _code(site, secret)}, status=303)
    pages.get(HOME)


def test_code_is_good_for_one_use(site: Site) -> None:
    pages = open_desk(site)
    secret = _switch_on(site, pages)
    _sign_out(pages)
    _forget_used_codes(site)
    sign_in(pages)
    code = _code(site, secret)
    pages.post(CODE, {"code": code}, status=303)
    thief = Pages(site.app, site.url)
    sign_in(thief)

    page = thief.post(CODE, {"code": code})

    assert "each is used once" in page.text
    thief.get(HOME, status=303)


def test_guessing_codes_waits_after_five(site: Site) -> None:
    pages = open_desk(site)
    _switch_on(site, pages)
    _sign_out(pages)
    sign_in(pages)
    for _ in range(5):
        pages.post(CODE, {"code": "000000"})

    pages.post(CODE, {"code": "000000"}, status=429)


def test_second_factor_is_switched_off_by_its_owner(site: Site) -> None:
    pages = open_desk(site)
    _switch_on(site, pages)

    pages.post(FACTOR, {"setup": "disable"}, status=303)

    _sign_out(pages)
    sign_in(pages)
    pages.get(HOME)


def test_picture_for_the_app_is_drawn_in_the_page(site: Site) -> None:
    pages = open_desk(site)

    page = pages.post(FACTOR, {"setup": "authenticator"}, status=200)

    assert "<svg" in page.html
    assert "data:image" not in page.html


def test_desk_of_another_role_leads_to_what_is_its_own(site: Site) -> None:
    pages = open_desk(site, roles=[Role.HOST])

    home = pages.get(HOME).text
    assert "Rooms and meals: names and nights" in home
    assert "Air tickets" not in home


def test_pages_of_the_desk_are_kept_in_no_cache(site: Site) -> None:
    pages = open_desk(site)

    for path in (HOME, LIST, ACCOUNT):
        assert pages.get(path).response.headers["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)

    cookies = sign_in(pages).response.headers.getlist("Set-Cookie")

    assert len(cookies) >= 2
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def _sign_out(pages: Pages) -> None:
    pages.post(HOME, {}, status=303, form="/en/secretariat/sign-out")


def _close(site: Site, email: str) -> None:
    with site.app.app_context():
        staff = staff_accounts.find_account(email)
        assert staff is not None
        staff_accounts.close_account(staff, now=datetime.now(UTC))


def _session_end(site: Site) -> datetime:
    with site.office.database.reading() as connection:
        return connection.scalars(select(DbStaffSession.ends_at_utc)).one()


def _list_events(site: Site) -> list[str]:
    with site.office.database.reading() as connection:
        id = connection.scalars(select(DbStaff.id).where(DbStaff.email == REVIEWER)).one()
        lines = reading.list_history(connection, f"staff:{id}")
    return [line.event.value for line in reversed(lines)]


def _list_mails(site: Site) -> list[DbMail]:
    with site.office.database.reading() as connection:
        return list(connection.scalars(select(DbMail).where(DbMail.status == MailStatus.DUE)))


def _get_mail(site: Site) -> tuple[str, str]:
    """Return subject and text of the one mail about an account."""
    (mail,) = _list_mails(site)
    assert mail.recipient == REVIEWER
    ready = unlock_ready(
        site.office.vault, mail.facts, mail.facts_wrapped_key, cause_id=mail.cause_id
    )
    return ready.subject, ready.text


def _switch_on(site: Site, pages: Pages) -> str:
    """Switch the second factor on and return its secret as the site keeps it."""
    shown = pages.post(FACTOR, {"setup": "authenticator"}, status=200)
    with pages.client.session_transaction(base_url=site.url) as kept:
        secret: str = kept["tf_totp_secret"]
    form = next(each for each in shown.forms if FACTOR in each.attributes["action"])
    answer = pages.client.post(
        form.attributes["action"],
        data={**form.fields, "code": _code(site, secret)},
        base_url=site.url,
    )
    assert answer.status_code == 303, answer.text[:500]
    return secret


def _code(site: Site, secret: str) -> str:
    with site.app.app_context():
        code: str = site.app.extensions["security"].totp_factory.generate_totp_password(secret)
    return code


def _forget_used_codes(site: Site) -> None:
    """As if half a minute had gone by: the code that switched it on counts no more."""
    with site.office.database.engine.begin() as connection:
        connection.execute(update(DbStaff).values(totp_step=None))
