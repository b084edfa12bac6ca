"""Recording at the door that somebody came: once, with a line of history, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from registration.domain.attendance import refuse_arrival
from registration.domain.desk_refusals import NotArrived
from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.refusals import ReasonMissing, Refusal, UnknownRegistration
from registration.domain.registrations import Registration
from registration.registrar.office import Office
from registration.registrar.steps import write_line
from registration.store import reading
from registration.store.writing import batches, registrations


@dataclass(frozen=True)
class Arrived:
    """The person came. at: aware UTC, of the first record. is_new: whether this one made it."""

    registration: Registration
    at: datetime
    is_new: bool


def record_arrival(
    office: Office, id: RegistrationId, *, by: By, arrived_at: datetime
) -> Arrived | Refusal:
    """Record that the person came. A second record changes nothing and says when the first was."""
    with office.database.writing() as session:
        if reading.find_registration(session, id) is None:
            return UnknownRegistration()
        registrations.lock_registration(session, id)
        seen = reading.get_registration(session, id)
        before = reading.find_arrival(session, id)
        if before is not None:
            return Arrived(seen, before, is_new=False)
        refusal = refuse_arrival(seen.state)
        if refusal is not None:
            return refusal
        batches.add_arrival(session, id, at=arrived_at, staff_id=by.staff_id)
        write_line(session, id, event=Event.ARRIVED, by=by, at=arrived_at)
    return Arrived(seen, arrived_at, is_new=True)


def undo_arrival(
    office: Office, id: RegistrationId, *, by: By, reason: str, at: datetime
) -> Registration | Refusal:
    """Take the record of an arrival back (the wrong badge was scanned); the history keeps both."""
    if not reason.strip():
        return ReasonMissing()
    with office.database.writing() as session:
        if reading.find_registration(session, id) is None:
            return UnknownRegistration()
        registrations.lock_registration(session, id)
        if reading.find_arrival(session, id) is None:
            return NotArrived()
        batches.remove_arrival(session, id)
        write_line(
            session, id, event=Event.ARRIVAL_UNDONE, by=by, at=at, details={"reason": reason}
        )
        return reading.get_registration(session, id)
