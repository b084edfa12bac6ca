"""The journey and the stay of an entry as its own page shows them."""

from dataclasses import dataclass
from datetime import date

from flask import g

from registration.domain.registrations import Registration
from registration.domain.states import Actor
from registration.domain.travel import TRAVELLING, TicketStatus, is_guest, is_traveller
from registration.domain.travel_rules import expires_soon, refuse_needs, refuse_travel
from registration.registrar.travel_data import TravelRow, find_travel
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office


@dataclass(frozen=True, kw_only=True)
class Journey:
    """What the page says. is_shown: whether there is anything to say at all.

    may_tell, may_ask: whether travel data, and needs, can be given now. wants_travel: they can and
    are not given yet. has_itinerary: a ticket is in force.
    """

    row: TravelRow
    is_traveller: bool
    is_guest: bool
    may_tell: bool
    may_ask: bool
    expires_soon: bool

    @property
    def is_shown(self) -> bool:
        """Where nothing is arranged, needs can be told; once that is over, nothing is left."""
        told = self.is_arranged or self.may_ask or self.row.needs is not None
        return told and self.row.registration.state in TRAVELLING

    @property
    def is_arranged(self) -> bool:
        row = self.row
        told = row.travel is not None or row.ticket is not None or row.stay is not None
        return self.is_traveller or self.is_guest or told

    @property
    def wants_travel(self) -> bool:
        return self.may_tell and self.row.travel is None

    @property
    def has_itinerary(self) -> bool:
        return self.row.ticket is not None and self.row.ticket_status is TicketStatus.ISSUED


def find_journey(registration: Registration) -> Journey:
    """Return the journey of the entry."""
    meeting = get_current_meeting()
    row = find_travel(current_office(), registration)
    refused = refuse_travel(
        meeting,
        registration,
        has_ticket=row.has_ticket,
        actor=Actor.DELEGATE,
        now=g.arrived_at,
    )
    unasked = refuse_needs(meeting, registration, actor=Actor.DELEGATE, now=g.arrived_at)
    return Journey(
        row=row,
        is_traveller=is_traveller(meeting, registration),
        is_guest=is_guest(meeting, registration),
        may_tell=refused is None,
        may_ask=unasked is None,
        expires_soon=row.travel is not None and expires_soon(row.travel.expires, meeting),
    )


def today() -> date:
    """Return today on the meeting's calendar."""
    found: date = g.arrived_at.astimezone(get_current_meeting().zone).date()
    return found
