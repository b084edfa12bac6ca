"""The guard: before every request it asks `web.access` who may pass, and at which meeting.

What an address names is read here, once, and left in `g` for the view.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.routing import UnicodeConverter
from werkzeug.wrappers import Response

from registration.domain.registrations import Registration
from registration.store import reading
from registration.store.database import db
from registration.web import links
from registration.web.access import RULES
from registration.web.current_meeting import current_meeting, find_meeting, show_meeting
from registration.web.doors import Door, Rule, may_pass
from registration.web.staff import find_staff
from registration.web.travellers import may_see


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


def _guard() -> Response | None:
    """Return None to let the request pass, a redirect to the sign-in, or answer 404.

    404 and not 403: whether there is such an entry is nobody's business who may not see it (T15).
    """
    if request.endpoint is None:
        return None  # No such address: the router's own 404 or 405 follows.
    if any("\0" in value for _, value in request.args.items(multi=True)):
        abort(404)  # as in a path (`PrintableConverter`)
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
        case Door.SUBMISSION:
            _open_submission()
        case door:
            return _ask_staff(door, rule)
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


def _open_submission() -> None:
    """Set `g.submission` to what the address names. 404 unless this browser came through its
    link."""
    g.submission = links.find_open_submission((request.view_args or {}).get("submission", ""))
    if g.submission is None:
        abort(404)


def _ask_staff(door: Door, rule: Rule) -> Response | None:
    if door is Door.CLOSED:
        abort(404)
    staff = find_staff()
    if staff is None:
        there = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=there), 303)
    entry = _find_named_entry()
    meeting = current_meeting() if entry is None else find_meeting(entry.meeting_id)
    if not may_pass(door, staff, None if meeting is None else meeting.id):
        abort(404)
    if entry is not None:
        if meeting is None:
            abort(404)
        if door is Door.TRAVEL and not may_see(meeting, entry, to_cancel=rule.to_cancel):
            abort(404)
        # Not before the door is passed: the page that says "not found" bears no meeting's name.
        g.registration = entry
        show_meeting(meeting)
    return None


def _find_by_reference(reference: str) -> Registration | None:
    return reading.find_by_reference(db.session(), reference)


def _find_by_door_code(code: str) -> Registration | None:
    """Return the entry of a badge's code. Whether the code is right, its page asks."""
    return _find_by_reference(code.rpartition("-")[0])


#: The parts of the desks' addresses that name an entry, and how it is found. Whatever else an
#: address of a desk names must stand below `<meeting>`: a test asks.
ENTRY_FINDERS: dict[str, Callable[[str], Registration | None]] = {
    "reference": _find_by_reference,
    "code": _find_by_door_code,
}


def _find_named_entry() -> Registration | None:
    """Return the entry that the address names, or None where it names none. 404 for a name that
    nobody bears."""
    for name, find in ENTRY_FINDERS.items():
        value = (request.view_args or {}).get(name)
        if value is not None:
            found = find(value)
            if found is None:
                abort(404)
            return found
    return None
