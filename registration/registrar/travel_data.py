"""Journeys and stays in clear: of one person, or of a whole meeting in five queries.

Whoever opens them in bulk for a file that leaves the house writes the line of the meeting's history
first; nothing here does.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.journeys import (
    Box,
    Needs,
    Stay,
    Ticket,
    TravelData,
    bind_box,
    load_needs,
    load_stay,
    load_ticket,
    load_travel,
)
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.domain.travel import TRAVELLING, TicketStatus
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading import travel as boxes
from registration.store.reading.travel import LockedBox
from registration.vault.boxes import BoxWillNotOpen, Vault

_log = logging.getLogger("registration.registrar")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class TravelRow:
    """One person with all that is known of journey and stay; None where nothing is.

    ticket_status: None where no ticket was ever issued. travel_at, ticket_at, stay_at: when each
    was written last, aware UTC.
    """

    registration: Registration
    travel: TravelData | None = field(default=None, repr=False)
    needs: Needs | None = field(default=None, repr=False)
    ticket: Ticket | None = field(default=None, repr=False)
    ticket_status: TicketStatus | None = None
    stay: Stay | None = field(default=None, repr=False)
    travel_at: datetime | None = None
    ticket_at: datetime | None = None
    stay_at: datetime | None = None

    @property
    def has_ticket(self) -> bool:
        """Whether there is a ticket that was not cancelled."""
        return self.ticket_status in {TicketStatus.ISSUED, TicketStatus.TO_CANCEL}

    @property
    def is_ticket_outdated(self) -> bool:
        """Whether the ticket bears another name or passport than the person has now."""
        if self.ticket is None or not self.has_ticket:
            return False
        number = self.travel.number if self.travel is not None else ""
        other_name = self.ticket.full_name != self.registration.full_name
        return other_name or (bool(number) and self.ticket.passport_number != number)


def list_travel(
    office: Office, meeting_id: MeetingId, *, states: Collection[State] = TRAVELLING
) -> list[TravelRow]:
    """Return the meeting's entries in these states with all their boxes opened, in the order of
    `reading.list_registrations`: one query for the entries and one for each kind of box."""
    with office.database.reading() as session:
        entries = reading.list_registrations(session, meeting_id, states=states)
        found = {box: boxes.list_boxes(session, box, meeting_id, states=states) for box in Box}
    return [
        _open_row(office.vault, each, {box: found[box].get(each.id) for box in Box})
        for each in entries
    ]


def list_upset(office: Office, meeting_id: MeetingId, box: Box) -> list[TravelRow]:
    """Return those who take part no more and for whom a ticket, or a room, is still to be
    cancelled. box: TICKET or STAY."""
    with office.database.reading() as session:
        found = boxes.list_boxes(session, box, meeting_id, states=set(State) - TRAVELLING)
        left = {
            id: each for id, each in found.items() if each.status in {None, TicketStatus.TO_CANCEL}
        }
        entries = reading.list_by_ids(session, list(left))
    rows = [_open_row(office.vault, each, {box: left[each.id]}) for each in entries]
    return sorted(rows, key=lambda each: each.registration.full_name)


def find_travel(office: Office, registration: Registration) -> TravelRow:
    """Return one person's journey and stay."""
    with office.database.reading() as session:
        return read_travel(office, session, registration)


def read_travel(office: Office, session: Session, registration: Registration) -> TravelRow:
    """Return one person's journey and stay as this session sees them."""
    found = {box: boxes.find_box(session, box, registration.id) for box in Box}
    return _open_row(office.vault, registration, found)


def _open_row(
    vault: Vault, registration: Registration, found: Mapping[Box, LockedBox | None]
) -> TravelRow:
    id = registration.id
    travel, ticket, stay = (found.get(each) for each in (Box.TRAVEL, Box.TICKET, Box.STAY))
    return TravelRow(
        registration=registration,
        travel=_open(vault, id, Box.TRAVEL, travel, load_travel),
        needs=_open(vault, id, Box.NEEDS, found.get(Box.NEEDS), load_needs),
        ticket=_open(vault, id, Box.TICKET, ticket, load_ticket),
        ticket_status=None if ticket is None else ticket.status,
        stay=_open(vault, id, Box.STAY, stay, load_stay),
        travel_at=None if travel is None else travel.at,
        ticket_at=None if ticket is None else ticket.at,
        stay_at=None if stay is None else stay.at,
    )


def _open(
    vault: Vault,
    id: RegistrationId,
    box: Box,
    found: LockedBox | None,
    load: Callable[[bytes], T],
) -> T | None:
    """One box that does not open must not hide the whole list from its desk."""
    if found is None:
        return None
    try:
        data = vault.unlock(found.locked_bytes, found.wrapped_key, bound_to=bind_box(box, id))
    except BoxWillNotOpen:
        _log.warning("the %s data of entry %s do not open", box, id)
        return None
    return load(data)
