"""Recording at the door that somebody came: once, with a line of history, and taking it back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from registration.domain.attendance import moment_of_scan, refuse_arrival
from registration.domain.desk_refusals import NotArrived
from registration.domain.door_refusals import TakenBackSince
from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.refusals import ReasonMissing, Refusal, UnknownRegistration
from registration.domain.registrations import Registration
from registration.registrar.office import Office
from registration.registrar.steps import write_line
from registration.store import reading
from registration.store.reading import arrivals
from registration.store.writing import batches, registrations


@dataclass(frozen=True)
class Arrived:
    """The person came. at: aware UTC, of the first record. is_new: whether this one made it.
    seen_by: who made the first one, or "" where nobody knows."""

    registration: Registration
    at: datetime
    is_new: bool
    seen_by: str = ""


def record_arrival(
    office: Office,
    id: RegistrationId,
    *,
    by: By,
    arrived_at: datetime,
    waited: timedelta | None = None,
) -> Arrived | Refusal:
    """Record that the person came. A second record changes nothing and says when the first was.

    waited: of a scan that is told only now, for how long it waited for the connection. It may be
    told twice. Where the arrival was taken back since it was made, it brings nothing back.
    """
    with office.database.writing() as session:
        if reading.find_registration(session, id) is None:
            return UnknownRegistration()
        registrations.lock_registration(session, id)
        seen = reading.get_registration(session, id)
        before = arrivals.find_came(session, id)
        if before is not None:
            return Arrived(seen, before.at, is_new=False, seen_by=before.staff_name)
        came_at = moment_of_scan(arrived_at, waited)
        refusal = refuse_arrival(seen.state) or _find_taken_back(session, id, came_at, waited)
        if refusal is not None:
            return refusal
        is_late = came_at != arrived_at
        batches.add_arrival(
            session,
            id,
            at=came_at,
            staff_id=by.staff_id,
            recorded_at=arrived_at if is_late else None,
        )
        facts = {"came_at": came_at.astimezone(UTC).isoformat()} if is_late else {}
        write_line(session, id, event=Event.ARRIVED, by=by, at=arrived_at, facts=facts)
    return Arrived(seen, came_at, is_new=True, seen_by=by.name or "")


def _find_taken_back(
    session: Session, id: RegistrationId, came_at: datetime, waited: timedelta | None
) -> TakenBackSince | None:
    if waited is None:
        return None
    for line in reading.list_history(session, reading.chain_of_registration(id)):
        if line.event is Event.ARRIVAL_UNDONE:
            return TakenBackSince(line.at) if line.at >= came_at else None
    return None


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
