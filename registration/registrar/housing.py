"""Rooms: booked by the host desk for one or for many at once, each told to the guest by mail."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.journeys import Box, Stay, bind_box, dump
from registration.domain.refusals import Refusal
from registration.domain.states import FINAL
from registration.domain.travel import is_guest
from registration.domain.travel_refusals import NoRoom, NotTravelling
from registration.meetings.reading import get_meeting
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Refused, settle, write_line
from registration.registrar.telling import tell
from registration.registrar.telling_travel import hold
from registration.store.reading import travel as boxes
from registration.store.writing import travel as writing


def book_rooms(
    office: Office, ids: Collection[RegistrationId], stay: Stay, *, by: By, arrived_at: datetime
) -> int | Refusal:
    """Record the same stay for each of the guests and return for how many: for all of them, or for
    none where one is no guest any more."""
    locked = {
        id: office.vault.lock(dump(stay), bound_to=bind_box(Box.STAY, id))
        # Rows are held in one order, so that two who book for the same people wait for each other.
        for id in sorted(set(ids))
    }

    def work(session: Session) -> int:
        for id, box in locked.items():
            _book(session, id, box.ciphertext, box.wrapped_key, by, arrived_at)
        return len(locked)

    return settle(office, work)


def cancel_room(
    office: Office, id: RegistrationId, *, by: By, arrived_at: datetime
) -> Moved | Refusal:
    """Record that the room is cancelled; nothing of the booking is kept."""

    def work(session: Session) -> Moved:
        registration = hold(session, id)
        if boxes.find_box(session, Box.STAY, id) is None:
            raise Refused(NoRoom())
        writing.remove_box(session, Box.STAY, id)
        line = write_line(session, id, event=Event.STAY_CANCELLED, by=by, at=arrived_at)
        if registration.state not in FINAL:
            meeting = get_meeting(session, registration.meeting_id)
            event = Event.STAY_CANCELLED
            tell(session, meeting, registration, event=event, cause_id=line, at=arrived_at)
        return Moved(registration)

    return settle(office, work)


def _book(
    session: Session, id: RegistrationId, data: bytes, key: bytes, by: By, at: datetime
) -> None:
    registration = hold(session, id)
    meeting = get_meeting(session, registration.meeting_id)
    if not is_guest(meeting, registration):
        raise Refused(NotTravelling())
    writing.put_box(
        session,
        Box.STAY,
        id,
        locked_bytes=data,
        wrapped_key=key,
        staff_id=by.staff_id,
        recorded_at_utc=at,
    )
    line = write_line(session, id, event=Event.STAY_BOOKED, by=by, at=at)
    tell(session, meeting, registration, event=Event.STAY_BOOKED, cause_id=line, at=at)
