"""Who may open what: the table, walked against every route; every role is in `test_every_role`."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, update
from werkzeug.test import TestResponse

from registration.domain.ids import MeetingId
from registration.domain.registrations import Registration
from registration.domain.roles import Role
from registration.store.tables.accounts import DbStaffRole
from registration.web.access import RULES
from registration.web.desk_paths import is_desk_path
from registration.web.doors import ROLES, Door
from registration.web.floods import Floods
from tests.addresses import Addresses, list_routes
from tests.builders import RCM
from tests.desks import REVIEWER, add_staff, make_guide, open_desk, sign_in, submit
from tests.offices import Guide, load_meeting
from tests.pages import Pages
from tests.registrar.moving import accept, moved, withdraw
from tests.sites import Site

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


def test_every_route_has_a_line_in_the_table(site: Site) -> None:
    unlisted = {route.endpoint for route in site.app.url_map.iter_rules()} - set(RULES)

    assert unlisted == set(), "add a line to RULES in registration/web/access.py"


def test_every_line_of_the_table_has_a_route(site: Site) -> None:
    stale = set(RULES) - {route.endpoint for route in site.app.url_map.iter_rules()}

    assert stale == set(), "take the line out of RULES in registration/web/access.py"


def test_route_without_a_line_is_closed_to_everybody(site: Site) -> None:
    site.app.add_url_rule("/forgotten", "forgotten", lambda: "passed")
    pages = open_desk(site, roles=list(Role))

    assert pages.client.get("/forgotten", base_url=site.url).status_code == 404


def test_holder_of_an_entry_gets_that_entry_alone(site: Site) -> None:
    guide = make_guide(site)
    own, other = submit(guide), submit(guide, "pa")
    client = Pages(site.app, site.url).client
    _hold(client, site, own)

    assert _walk(site, client, own, lambda door: _expected(door, None, holds=Door.ENTRY)) == []
    assert _walk(site, client, other, lambda door: _expected(door, None)) == []


def test_revoked_link_closes_the_browser_that_came_through_it(site: Site) -> None:
    own = submit(make_guide(site))
    client = Pages(site.app, site.url).client
    _hold(client, site, own, generation=own.link_generation - 1)

    assert _walk(site, client, own, lambda door: _expected(door, None)) == []


@pytest.mark.parametrize(
    ("delegation", "state", "is_seen"),
    [
        ("cr", "invited", True),
        ("cr", "accepted", True),
        ("rncom", "invited", True),
        ("cr", "submitted", False),
        ("cr", "withdrawn", False),
        ("mx", "invited", False),
        ("ca", "invited", False),
        ("us", "accepted", False),
    ],
)
def test_travel_desk_reaches_those_whose_flight_it_pays_and_nobody_else(
    site: Site, delegation: str, state: str, is_seen: bool
) -> None:
    guide = make_guide(site)
    entry = bring(guide, submit(guide, delegation), state)
    pages = open_desk(site, roles=[Role.TRAVEL])

    def expected(door: Door) -> str:
        answer = _expected(door, Role.TRAVEL)
        return "404" if door is Door.TRAVEL and answer == "passed" and not is_seen else answer

    assert _walk(site, pages.client, entry, expected, only={"reference"}) == []


def test_reviewer_of_one_meeting_sees_nothing_of_another(site: Site) -> None:
    guide = make_guide(site)
    entry = submit(guide)
    load_meeting(site.office, as_id=MeetingId("other-2022"))
    pages = open_desk(site, roles=[Role.REVIEWER], meeting_id=MeetingId("other-2022"))

    home = pages.get("/en/secretariat/")

    assert "/en/secretariat/other-2022/" in home.html
    assert f"/en/secretariat/{RCM}/" not in home.html
    pages.get("/en/secretariat/other-2022/")
    for path in (f"{RCM}/", f"{RCM}/papers/", f"entry/{entry.reference}/"):
        page = pages.get(f"/en/secretariat/{path}", status=404)
        assert entry.full_name not in page.html
    assert "file_opened" not in guide.list_events(entry.id)


def test_travel_host_and_door_desks_reach_no_entry_and_no_passport(site: Site) -> None:
    entry = submit(make_guide(site))
    for role in (Role.TRAVEL, Role.HOST, Role.DOOR):
        pages = open_desk(site, f"{role}@example.org", roles=[role])
        home = pages.get("/en/secretariat/")

        assert entry.full_name not in home.html
        for path in ("", "passport/1", "passport/1/small.jpg", f"file/{entry.passport}"):
            pages.get(f"/en/secretariat/entry/{entry.reference}/{path}", status=404)
        for path in ("", "passport/1.jpg", "passport"):
            pages.get(f"/en/secretariat/travel/{entry.reference}/{path}", status=404)
    assert "file_opened" not in make_guide(site).list_events(entry.id)


def test_no_get_writes_but_those_the_table_names(site: Site) -> None:
    guide = make_guide(site)
    entry = guide.approve(submit(guide))
    pages = open_desk(site, roles=[Role.REVIEWER, Role.ADMINISTRATOR, Role.TRAVEL])
    _hold(pages.client, site, entry)

    writing, addresses = {}, Addresses(site, entry)
    for route in list_routes(site.app, "GET"):
        with _watching() as statements:
            pages.client.get(addresses.of(route), base_url=site.url).close()
        if statements and not RULES[route.endpoint].writes_on_get:
            writing[route.endpoint] = statements

    assert writing == {}


def test_rights_that_are_taken_away_are_gone_at_once(site: Site) -> None:
    entry = submit(make_guide(site))
    add_staff(site)
    pages = Pages(site.app, site.url)
    sign_in(pages)
    path = f"/en/secretariat/entry/{entry.reference}/"
    pages.get(path)

    with site.office.database.engine.begin() as connection:
        connection.execute(update(DbStaffRole).values(name="door"))

    pages.get(path, status=404)


def test_anonymous_is_sent_to_the_sign_in_and_back(site: Site) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    page = pages.get("/es/secretariat/rcm-imrf-2022/?state=submitted", status=303)
    there = page.response.location

    assert there == (
        "/es/secretariat/sign-in?next=/es/secretariat/rcm-imrf-2022/?state%3Dsubmitted"
    )
    data = {"email": REVIEWER, "password": "correct horse battery"}
    answer = pages.post(there, data, status=303, form="/es/secretariat/sign-in")
    assert answer.response.location == "/es/secretariat/rcm-imrf-2022/?state=submitted"


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "///evil.example",
        "https:evil.example",
        "https://evil.example/en/secretariat/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/en/secretariat/%0d%0aSet-Cookie:x=1",
        "/en/",
        "/en/nowhere/at/all",
        "",
        " //evil.example",
        "\x19//evil.example",
    ],
)
def test_sign_in_leads_to_no_other_place(site: Site, address: str) -> None:
    add_staff(site)
    pages = Pages(site.app, site.url)
    form = pages.get("/en/secretariat/sign-in").forms[0]
    data = {**form.fields, "email": REVIEWER, "password": "correct horse battery"}
    query = {"next": address}

    answer = pages.client.post(
        "/en/secretariat/sign-in",
        data={**data, "next": address},
        query_string=query,
        base_url=site.url,
    )

    assert answer.status_code == 303
    assert answer.location == "/en/secretariat/"


def test_desk_paths_are_told_from_others(site: Site) -> None:
    with site.app.app_context():
        assert is_desk_path("/es/secretariat/entry/RCM-1/")
        assert is_desk_path("/en/secretariat/password")
        assert not is_desk_path("/en/rcm-imrf-2022/")
        assert not is_desk_path("http://localhost/en/secretariat/")


def _expected(door: Door, role: Role | None, *, holds: Door | None = None) -> str:
    if door in {Door.PUBLIC, holds}:
        return "passed"
    if door in ROLES:
        if role is None:
            return "sign in"
        return "passed" if role in ROLES[door] else "404"
    return "404"


def bring(guide: Guide, entry: Registration, state: str) -> Registration:
    """Return the entry in this state, from "submitted"."""
    if state in {"invited", "accepted"}:
        entry = guide.approve(entry)
    if state == "accepted":
        entry = moved(accept(guide, entry))
    if state == "withdrawn":
        entry = moved(withdraw(guide, guide.approve(entry)))
    assert entry.state.value == state
    return entry


def _walk(
    site: Site,
    client: FlaskClient,
    entry: Registration,
    expected: Callable[[Door], str],
    *,
    only: Collection[str] = (),
) -> list[str]:
    """Return each route that answers otherwise. The views are set aside: it is the guard's word.

    only: routes that name all of these.
    """
    site.app.config["WTF_CSRF_ENABLED"] = False
    site.app.extensions["floods"] = Floods(1_000_000)
    site.app.extensions["counters"]._enabled = False
    addresses = Addresses(site, entry)
    views = dict(site.app.view_functions)
    site.app.view_functions.update(dict.fromkeys(views, lambda **_: "passed"))
    wrong = []
    for method in ("GET", "POST"):
        for route in list_routes(site.app, method):
            if not set(only) <= route.arguments:
                continue
            response = client.open(addresses.of(route), method=method, base_url=site.url)
            wanted = expected(RULES[route.endpoint].door)
            if _answer(response) != wanted:
                wrong.append(f"{method} {route}: {_answer(response)} instead of {wanted}")
    site.app.view_functions.update(views)
    return wrong


def _answer(response: TestResponse) -> str:
    if response.status_code == 303:
        return "sign in" if urlsplit(response.location).path.endswith("/sign-in") else "elsewhere"
    return "passed" if response.text == "passed" else str(response.status_code)


def _hold(
    client: FlaskClient, site: Site, entry: Registration, generation: int | None = None
) -> None:
    """Let the browser's session say that it came through the entry's link."""
    with client.session_transaction(base_url=site.url) as session:
        session["entries"] = {
            entry.reference: entry.link_generation if generation is None else generation
        }


@contextmanager
def _watching() -> Iterator[list[str]]:
    """Give a list that fills with the statements that write, in whichever database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if WRITES.match(statement):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
