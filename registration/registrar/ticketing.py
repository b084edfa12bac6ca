"""Tickets: issued, changed, cancelled by the travel desk, each told to the traveller by mail."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.journeys import Box, Ticket, bind_box, dump
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import FileUnreadable, Refusal
from registration.domain.states import FINAL
from registration.domain.travel import TicketStatus, is_traveller
from registration.domain.travel_refusals import NoTicket, NotTravelling, RecordedMeanwhile
from registration.meetings.reading import get_meeting
from registration.registrar.office import Moved, Office
from registration.registrar.receiving import find_received
from registration.registrar.steps import Refused, settle, write_line
from registration.registrar.telling import tell
from registration.registrar.telling_travel import hold
from registration.registrar.travel_data import find_travel
from registration.store import reading
from registration.store.reading import travel as boxes
from registration.store.writing import papers
from registration.store.writing import travel as writing


def record_ticket(
    office: Office,
    id: RegistrationId,
    ticket: Ticket,
    *,
    seen_at: datetime | None,
    by: By,
    arrived_at: datetime,
) -> Moved | Refusal:
    """Record a ticket that is issued, or changed; the traveller gets the itinerary by mail.

    seen_at: when the ticket that was on the page was recorded, None where there was none. The
    e-ticket is the file that waits under the entry's id; without one that of before stays.
    """
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
    if seen is None:
        return NotTravelling()
    before = find_travel(office, seen)
    file = find_received(office, id, FileRole.TICKET)
    kept = before.ticket.file_id if before.ticket is not None else ""
    told = replace(
        ticket,
        full_name=seen.full_name,
        passport_number="" if before.travel is None else before.travel.number,
        file_id=kept if file is None else str(file.id),
    )
    locked = office.vault.lock(dump(told), bound_to=bind_box(Box.TICKET, id))
    columns = {"locked_bytes": locked.ciphertext, "wrapped_key": locked.wrapped_key}

    def work(session: Session) -> Moved:
        return _record(session, id, columns, file, seen_at, by, arrived_at)

    return settle(office, work)


def cancel_ticket(
    office: Office, id: RegistrationId, *, seen_at: datetime | None, by: By, arrived_at: datetime
) -> Moved | Refusal:
    """Record that the ticket is cancelled. Whoever still takes part is told by mail; a person who
    withdrew has been told already."""

    def work(session: Session) -> Moved:
        registration = hold(session, id)
        box = boxes.find_box(session, Box.TICKET, id)
        if box is None or box.status in {None, TicketStatus.CANCELLED}:
            raise Refused(NoTicket())
        assert box.status is not None
        if box.at != seen_at:
            raise Refused(RecordedMeanwhile())
        writing.set_ticket_status(session, id, before=box.status, to=TicketStatus.CANCELLED)
        line = write_line(session, id, event=Event.TICKET_CANCELLED, by=by, at=arrived_at)
        if registration.state not in FINAL:
            meeting = get_meeting(session, registration.meeting_id)
            tell(
                session,
                meeting,
                registration,
                event=Event.TICKET_CANCELLED,
                cause_id=line,
                at=arrived_at,
            )
        return Moved(registration)

    return settle(office, work)


def _record(
    session: Session,
    id: RegistrationId,
    columns: dict[str, bytes],
    file: LockedFile | None,
    seen_at: datetime | None,
    by: By,
    at: datetime,
) -> Moved:
    registration = hold(session, id)
    meeting = get_meeting(session, registration.meeting_id)
    if not is_traveller(meeting, registration):
        raise Refused(NotTravelling())
    box = boxes.find_box(session, Box.TICKET, id)
    if (None if box is None else box.at) != seen_at:
        raise Refused(RecordedMeanwhile())
    if file is not None and not papers.keep_file(session, file.id):
        raise Refused(FileUnreadable())
    writing.put_box(
        session,
        Box.TICKET,
        id,
        **columns,
        status=TicketStatus.ISSUED,
        staff_id=by.staff_id,
        recorded_at_utc=at,
    )
    is_new = box is None or box.status is TicketStatus.CANCELLED
    event = Event.TICKET_ISSUED if is_new else Event.TICKET_CHANGED
    line = write_line(session, id, event=event, by=by, at=at)
    tell(session, meeting, registration, event=event, cause_id=line, at=at)
    return Moved(registration)
