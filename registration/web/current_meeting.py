"""The meeting whose pages are shown: taken from the address once, and never named in a view."""

from typing import Any

from flask import Flask, abort, current_app, g, request

from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.meetings import reading
from registration.store.database import db
from registration.web.language import find_accepted, lead_to


def init_app(app: Flask) -> None:
    """Turn the `<meeting>` of an address into `g.meeting`; 404 where there is none of that name.

    What finds the meeting of a page without it in the address (an entry's, a letter's) calls
    `show_meeting`, and the header, the footer and the rehearsal banner are that meeting's.
    """
    app.url_value_preprocessor(_take_meeting)
    app.url_defaults(_add_meeting)


def list_meetings() -> list[Meeting]:
    """Return all meetings, in the order of their loading. One may lack the page's language: its
    texts are then shown in `choose_language`'s."""
    return reading.list_meetings(db.session())


def find_meeting(meeting_id: MeetingId) -> Meeting | None:
    """Return the meeting of that name, or None."""
    return reading.find_meeting(db.session(), meeting_id)


def current_meeting() -> Meeting | None:
    """Return the meeting of the page being shown, or None on pages that belong to no meeting."""
    found: Meeting | None = g.get("meeting")
    return found


def get_current_meeting() -> Meeting:
    """Return the meeting of the page being shown. Raises LookupError on a page without one."""
    meeting = current_meeting()
    if meeting is None:
        raise LookupError(f"{request.endpoint} has no meeting in its address")
    return meeting


def show_meeting(meeting: Meeting | None) -> None:
    """Make the meeting that of the page. Where it lacks the page's language, the answer is a
    redirect to the same page in one that it has: what a meeting says is never half translated."""
    g.meeting = meeting
    if meeting is not None and g.language not in meeting.languages:
        lead_to(find_accepted(meeting.languages))


def _take_meeting(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    name = (values or {}).pop("meeting", None)
    if name is None:
        return
    meeting = find_meeting(MeetingId(name))
    if meeting is None:
        abort(404)
    show_meeting(meeting)


def _add_meeting(endpoint: str, values: dict[str, Any]) -> None:
    if "meeting" in values or not current_app.url_map.is_endpoint_expecting(endpoint, "meeting"):
        return
    meeting = current_meeting()
    if meeting is not None:
        values["meeting"] = meeting.id
