"""What a person tells of passport and journey, and asks for at table: kept locked, each answer in
the place of the one before."""

from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.journeys import Box, Needs, TravelData, bind_box, dump
from registration.domain.openings import PAUSE
from registration.domain.refusals import DataErased, Refusal, UnknownRegistration
from registration.domain.registrations import Registration
from registration.domain.travel import TicketStatus
from registration.domain.travel_rules import refuse_needs, refuse_travel
from registration.meetings.reading import get_meeting
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Refused, settle, write_line
from registration.store import reading
from registration.store.reading import travel as boxes
from registration.store.writing import registrations
from registration.store.writing import travel as writing


def tell_travel(
    office: Office, id: RegistrationId, data: TravelData, *, by: By, arrived_at: datetime
) -> Moved | Refusal:
    """Keep the travel data. No move: the entry's version stays, and so does its letter.

    Whether they are right was judged before (`travel_rules.judge_travel`).
    """
    locked = office.vault.lock(dump(data), bound_to=bind_box(Box.TRAVEL, id))

    def work(session: Session) -> Moved:
        registration = hold(session, id)
        meeting = get_meeting(session, registration.meeting_id)
        ticket = boxes.find_box(session, Box.TICKET, id)
        refusal = refuse_travel(
            meeting,
            registration,
            has_ticket=ticket is not None and ticket.status is not TicketStatus.CANCELLED,
            actor=by.actor,
            now=arrived_at,
        )
        if refusal is not None:
            raise Refused(refusal)
        writing.put_box(
            session,
            Box.TRAVEL,
            id,
            visa=data.visa,
            locked_bytes=locked.ciphertext,
            wrapped_key=locked.wrapped_key,
            saved_at_utc=arrived_at,
        )
        write_line(session, id, event=Event.TRAVEL_TOLD, by=by, at=arrived_at)
        return Moved(registration)

    return settle(office, work)


def tell_needs(
    office: Office, id: RegistrationId, needs: Needs, *, by: By, arrived_at: datetime
) -> Moved | Refusal:
    """Keep what the person asks for; asked for nothing, nothing is kept."""
    locked = office.vault.lock(dump(needs), bound_to=bind_box(Box.NEEDS, id))

    def work(session: Session) -> Moved:
        registration = hold(session, id)
        meeting = get_meeting(session, registration.meeting_id)
        refusal = refuse_needs(meeting, registration, actor=by.actor, now=arrived_at)
        if refusal is not None:
            raise Refused(refusal)
        if needs.is_empty:
            writing.remove_box(session, Box.NEEDS, id)
        else:
            writing.put_box(
                session,
                Box.NEEDS,
                id,
                locked_bytes=locked.ciphertext,
                wrapped_key=locked.wrapped_key,
                saved_at_utc=arrived_at,
            )
        write_line(session, id, event=Event.NEEDS_TOLD, by=by, at=arrived_at)
        return Moved(registration)

    return settle(office, work)


def record_look(office: Office, id: RegistrationId, *, by: By, at: datetime) -> None:
    """Write that the travel desk was shown what the person told, before it is shown. A page
    turned, a second look within some minutes, is one look.

    Raises LookupError where the entry is gone.
    """
    with office.database.writing() as session:
        reading.get_registration(session, id)
        registrations.lock_registration(session, id)
        last = reading.list_history(session, reading.chain_of_registration(id))[0]
        is_same = (last.event, last.staff_id) == (Event.TRAVEL_OPENED, by.staff_id)
        if is_same and at - last.at <= PAUSE:
            return
        write_line(session, id, event=Event.TRAVEL_OPENED, by=by, at=at)


def hold(session: Session, id: RegistrationId) -> Registration:
    """Return the entry with its row held. Raises Refused where there is none, or nothing in it."""
    if reading.find_registration(session, id) is None:
        raise Refused(UnknownRegistration())
    registrations.lock_registration(session, id)
    registration = reading.get_registration(session, id)
    if registration.erased_at is not None:
        raise Refused(DataErased())
    return registration
