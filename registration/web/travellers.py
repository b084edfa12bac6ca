"""The part of the guard that asks whom the travel desk may see."""

from flask import abort, g, request

from registration.domain.journeys import Box
from registration.domain.registrations import Registration
from registration.domain.travel import TicketStatus, is_traveller
from registration.store import reading
from registration.store.database import db
from registration.store.reading.travel import find_box
from registration.web.current_meeting import find_meeting


def open_traveller(*, to_cancel: bool) -> None:
    """Set `g.registration` to the entry that the address names, if it names one. 404 unless the
    travel desk pays this person's flight, or, `to_cancel`, has a ticket of theirs to cancel."""
    reference = (request.view_args or {}).get("reference")
    if reference is None:
        return
    found = reading.find_by_reference(db.session(), reference)
    meeting = None if found is None else find_meeting(found.meeting_id)
    if found is None or meeting is None:
        abort(404)
    if not is_traveller(meeting, found) and not (to_cancel and _has_to_cancel(found)):
        abort(404)
    g.registration, g.meeting = found, meeting


def _has_to_cancel(registration: Registration) -> bool:
    ticket = find_box(db.session(), Box.TICKET, registration.id)
    return ticket is not None and ticket.status is TicketStatus.TO_CANCEL
