"""The part of the guard that asks whom the travel desk may see."""

from registration.domain.journeys import Box
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.travel import TicketStatus, is_traveller
from registration.store.database import db
from registration.store.reading.travel import find_box


def may_see(meeting: Meeting, registration: Registration, *, to_cancel: bool) -> bool:
    """Return whether the travel desk pays this person's flight, or, `to_cancel`, has a ticket of
    theirs to cancel."""
    return is_traveller(meeting, registration) or (to_cancel and _has_to_cancel(registration))


def _has_to_cancel(registration: Registration) -> bool:
    ticket = find_box(db.session(), Box.TICKET, registration.id)
    return ticket is not None and ticket.status is TicketStatus.TO_CANCEL
