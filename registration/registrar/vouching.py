"""Who says that a person is the delegation's: the word of its focal point, or a note verbale."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.domain.ids import DelegationId, RegistrationId
from registration.domain.nominations import NominatedBy, Standing, standing_of
from registration.domain.refusals import DataErased, Refusal, UnknownRegistration
from registration.domain.registrations import Registration
from registration.registrar.office import Office
from registration.registrar.steps import Refused, settle, write_line
from registration.store import reading
from registration.store.writing import nominations, registrations


def vouch(
    office: Office, id: RegistrationId, *, ours: bool, by: By, arrived_at: datetime
) -> Registration | Refusal:
    """Write down the focal point's word about an entry: it is the delegation's, or it is not.

    It is no move: state and version stay, and nobody is mailed. The same word twice is one line.
    "Not ours" leaves a note verbale where it is; the later word is what counts.
    """

    def work(session: Session) -> Registration:
        seen = hold(session, id)
        wanted = Standing.NOMINATED if ours else Standing.DISOWNED
        if standing_of(seen) is wanted:
            return seen
        if not ours:
            registrations.touch(session, id, disowned_at_utc=arrived_at)
        else:
            take_word(session, seen, at=arrived_at)
        event = Event.VOUCHED if ours else Event.DISOWNED
        write_line(session, id, event=event, by=by, at=arrived_at)
        return reading.get_registration(session, id)

    return settle(office, work)


def take_word(session: Session, registration: Registration, *, at: datetime) -> None:
    """Let the entry rest on the focal point's word, or on what it rested on before "not ours"."""
    nomination_id = registration.nomination_id
    if nomination_id is None:
        nomination_id = uuid4()
        nominations.add_nomination(
            session,
            id=nomination_id,
            delegation_id=DelegationId(registration.delegation_id),
            how=NominatedBy.FOCAL_POINT,
            at=at,
        )
    registrations.touch(session, registration.id, nomination_id=nomination_id, disowned_at_utc=None)


def hold(session: Session, id: RegistrationId) -> Registration:
    """Return the entry with its row held. Raises Refused."""
    if reading.find_registration(session, id) is None:
        raise Refused(UnknownRegistration())
    registrations.lock_registration(session, id)
    seen = reading.get_registration(session, id)
    if seen.erased_at is not None:
        raise Refused(DataErased())
    return seen
