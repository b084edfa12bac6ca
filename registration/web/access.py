"""Who may open what: ONE table of every route, and the guard that asks it.

Closed unless opened: what is not listed answers 404, whoever asks. A test walks the site's map and
finds a route without a line here, a line without a route, and a GET that writes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import UnicodeConverter
from werkzeug.wrappers import Response

from registration.domain.roles import SECRETARIAT, Role
from registration.domain.travel import is_traveller
from registration.store import reading
from registration.store.database import db
from registration.web import links
from registration.web.current_meeting import current_meeting, find_meeting
from registration.web.staff import find_staff, roles_of


class Door(StrEnum):
    """Who may pass.

    ENTRY: a browser that came through the private link of the entry that the address names.
    DELEGATION: one that came through the link of a delegation of the meeting in the address.
    STAFF: whoever of the staff is signed in; SECRETARIAT: reviewers and administrators;
    DOOR: these and the door desk.
    TRAVEL: the travel desk, and of entries only those whose flight it pays.
    CLOSED: nobody; what a library brings along and we do not offer.
    """

    PUBLIC = "public"
    ENTRY = "entry"
    DELEGATION = "delegation"
    STAFF = "staff"
    SECRETARIAT = "secretariat"
    DOOR = "door"
    TRAVEL = "travel"
    ADMINISTRATOR = "administrator"
    CLOSED = "closed"


#: The roles that pass each door of the desks.
ROLES: dict[Door, frozenset[Role]] = {
    Door.STAFF: frozenset(Role),
    Door.SECRETARIAT: SECRETARIAT,
    Door.DOOR: SECRETARIAT | {Role.DOOR},
    Door.TRAVEL: frozenset({Role.TRAVEL}),
    Door.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True)
class Rule:
    """The line of one route. writes_on_get: what a GET of it writes, for the few that may."""

    door: Door
    writes_on_get: str = ""


_PUBLIC = Rule(Door.PUBLIC)
_ENTRY = Rule(Door.ENTRY)
_STAFF = Rule(Door.STAFF)
_SECRETARIAT = Rule(Door.SECRETARIAT)
_DOOR = Rule(Door.DOOR)
_ADMINISTRATOR = Rule(Door.ADMINISTRATOR)
_TRAVEL = Rule(Door.TRAVEL)
_CLOSED = Rule(Door.CLOSED)

RULES: dict[str, Rule] = {
    # What every page needs
    "static": _PUBLIC,
    "assets.style_sheet": _PUBLIC,
    "bootstrap.static": _CLOSED,
    "language.choose": _PUBLIC,
    "health.live": _PUBLIC,
    "health.ready": _PUBLIC,
    # Pages for everybody
    "public.home": _PUBLIC,
    "public.meeting": _PUBLIC,
    "public.privacy": _PUBLIC,
    "public.accessibility": _PUBLIC,
    "public.verify": _PUBLIC,
    "public.check_file": _PUBLIC,
    "public.verified": Rule(Door.PUBLIC, writes_on_get="the count of letters not found"),
    # Private links and the pages of delegates
    "doorstep.open_link": Rule(Door.PUBLIC, writes_on_get="the count of links that open nothing"),
    "delegate.register": _PUBLIC,
    "delegate.submit": _PUBLIC,
    "delegate.sent": _PUBLIC,
    "delegate.entries": _PUBLIC,
    "delegate.send_link": _PUBLIC,
    # Asks for the proof that the new address's own link left in the session.
    "delegate.address": _PUBLIC,
    "delegate.confirm_address": _PUBLIC,
    "delegate.entry": _ENTRY,
    "delegate.confirm": _ENTRY,
    "delegate.confirm_entry": _ENTRY,
    "delegate.correct": _ENTRY,
    "delegate.save_correction": _ENTRY,
    "delegate.accept": _ENTRY,
    "delegate.save_acceptance": _ENTRY,
    "delegate.withdraw": _ENTRY,
    "delegate.save_withdrawal": _ENTRY,
    "delegate.letter": _ENTRY,
    "delegate.letter_page": _ENTRY,
    "delegate.record": _ENTRY,
    "delegate.certificate": _ENTRY,
    "delegate.save_listing": _ENTRY,
    "delegate.passport": Rule(Door.ENTRY, writes_on_get="the history line of the opening"),
    # Signing in to the desks
    "security.login": _PUBLIC,
    "security.two_factor_token_validation": _PUBLIC,
    "security.forgot_password": _PUBLIC,
    "security.reset_password": _PUBLIC,
    "security.logout": _STAFF,
    "security.change_password": _STAFF,
    "security.verify": _STAFF,
    "security.two_factor_setup": _STAFF,
    "security.two_factor_setup_validate": _STAFF,
    "security.tf_select": _CLOSED,
    "security.two_factor_rescue": _CLOSED,
    # The desks
    "secretariat.home": _STAFF,
    "secretariat.entries": _SECRETARIAT,
    "secretariat.search": _SECRETARIAT,
    "secretariat.entry": _SECRETARIAT,
    "secretariat.passport_picture": Rule(
        Door.SECRETARIAT, writes_on_get="the history line of the opening"
    ),
    "secretariat.passport_page": _SECRETARIAT,
    "secretariat.file": Rule(Door.SECRETARIAT, writes_on_get="the history line of the opening"),
    "secretariat.letter": Rule(Door.SECRETARIAT, writes_on_get="the history line of the opening"),
    "secretariat.record": Rule(Door.SECRETARIAT, writes_on_get="the history line of the opening"),
    "secretariat.travel": _TRAVEL,
    "secretariat.traveller": _TRAVEL,
    "secretariat.traveller_picture": Rule(
        Door.TRAVEL, writes_on_get="the history line of the opening"
    ),
    "secretariat.traveller_file": Rule(
        Door.TRAVEL, writes_on_get="the history line of the opening"
    ),
    "secretariat.decide": _SECRETARIAT,
    "secretariat.decline": _SECRETARIAT,
    "secretariat.save_decline": _SECRETARIAT,
    "secretariat.amend": _SECRETARIAT,
    "secretariat.save_amendment": _SECRETARIAT,
    "secretariat.outdated_letters": _SECRETARIAT,
    "secretariat.reissue": _SECRETARIAT,
    "secretariat.save_reissue": _SECRETARIAT,
    "secretariat.withdraw": _SECRETARIAT,
    "secretariat.save_withdrawal": _SECRETARIAT,
    "secretariat.promote": _SECRETARIAT,
    "secretariat.send_again": _SECRETARIAT,
    "secretariat.enter": _SECRETARIAT,
    "secretariat.save_entry": _SECRETARIAT,
    "secretariat.retention": _SECRETARIAT,
    "secretariat.erasure_record": _SECRETARIAT,
    "secretariat.erase": _ADMINISTRATOR,
    "secretariat.save_erasure": _ADMINISTRATOR,
    "secretariat.accept": _SECRETARIAT,
    "secretariat.save_acceptance": _SECRETARIAT,
    "secretariat.approve_many": _SECRETARIAT,
    "secretariat.papers": _SECRETARIAT,
    "secretariat.ask_for_paper": _SECRETARIAT,
    "secretariat.batch": _SECRETARIAT,
    "secretariat.paper": Rule(
        Door.SECRETARIAT, writes_on_get="the line of the opening in the meeting's history"
    ),
    "secretariat.record_arrival": _SECRETARIAT,
    "secretariat.undo_arrival": _SECRETARIAT,
    "secretariat.save_undo": _SECRETARIAT,
    "secretariat.door": _DOOR,
    "secretariat.check_in": _DOOR,
    "secretariat.at_door": _DOOR,
    "secretariat.ask_at_door": _DOOR,
    "secretariat.scan": _DOOR,
    "secretariat.door_search": _DOOR,
    "secretariat.door_numbers": _DOOR,
    "secretariat.door_missing": _DOOR,
    "secretariat.door_person": _DOOR,
    "secretariat.door_arrival": _DOOR,
    "secretariat.door_undo": _DOOR,
    "secretariat.save_door_undo": _DOOR,
    "secretariat.door_sign": _DOOR,
    "secretariat.save_door_sign": _DOOR,
    "secretariat.door_letter_page": Rule(
        Door.DOOR, writes_on_get="the history line of the opening"
    ),
    "secretariat.door_badge": _DOOR,
    "secretariat.door_nameplate": _DOOR,
}


class PrintableConverter(UnicodeConverter):
    """A part of an address without controls: PostgreSQL takes no NUL, and no name of ours has one,
    so such an address is none of ours."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # Werkzeug's own
        super().__init__(*arguments, **options)
        self.regex = self.regex.replace("[^/]", r"[^/\x00-\x1f\x7f]")


def init_app(app: Flask) -> None:
    """Ask the table before every request. Must come before the routes of the pages."""
    app.url_map.converters["default"] = PrintableConverter
    app.before_request(_guard)


def may_pass(door: Door, roles: frozenset[Role]) -> bool:
    """Return whether somebody of the staff with these roles passes the door."""
    return door is Door.PUBLIC or bool(ROLES.get(door, frozenset()) & roles)


def is_desk_path(address: str) -> bool:
    """Return whether the address is a path of this site to a page of the desks (T34).

    Whatever names a host, another scheme, or a page that does not exist is none.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return False
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except HTTPException:
        return False
    return endpoint in RULES and endpoint.partition(".")[0] in {"secretariat", "security"}


def _guard() -> Response | None:
    """Return None to let the request pass, a redirect to the sign-in, or answer 404.

    404 and not 403: whether there is such an entry is nobody's business who may not see it (T15).
    """
    if request.endpoint is None:
        return None  # No such address: the router's own 404 or 405 follows.
    rule = RULES.get(request.endpoint)
    if rule is None:
        abort(404)
    match rule.door:
        case Door.PUBLIC:
            return None
        case Door.ENTRY:
            _open_entry()
        case Door.DELEGATION:
            _open_delegation()
        case Door.TRAVEL:
            answer = _ask_staff(Door.TRAVEL)
            if answer is None:
                _open_traveller()
            return answer
        case door:
            return _ask_staff(door)
    return None


def _open_entry() -> None:
    """Set `g.registration` to the entry that the address names. 404 unless this browser may."""
    g.registration = links.find_open_entry((request.view_args or {}).get("reference", ""))
    if g.registration is None:
        abort(404)


def _open_delegation() -> None:
    """Set `g.delegation` to the row of the delegation. 404 unless this browser came through its
    link."""
    meeting = current_meeting()
    g.delegation = None if meeting is None else links.find_open_delegation(meeting.id)
    if g.delegation is None:
        abort(404)


def _open_traveller() -> None:
    """Set `g.registration` to the entry that the address names, if it names one. 404 unless the
    travel desk pays this person's flight."""
    reference = (request.view_args or {}).get("reference")
    if reference is None:
        return
    found = reading.find_by_reference(db.session(), reference)
    meeting = None if found is None else find_meeting(found.meeting_id)
    if found is None or meeting is None or not is_traveller(meeting, found):
        abort(404)
    g.registration, g.meeting = found, meeting


def _ask_staff(door: Door) -> Response | None:
    if door is Door.CLOSED:
        abort(404)
    staff = find_staff()
    if staff is None:
        there = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=there), 303)
    if not may_pass(door, roles_of(staff)):
        abort(404)
    return None
