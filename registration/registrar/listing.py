"""Whether a person's name may be printed in the list of participants: theirs to say at any time."""

from datetime import datetime

from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.registrar.office import Office
from registration.registrar.steps import write_line
from registration.store import reading
from registration.store.writing import registrations


def choose_listing(
    office: Office, id: RegistrationId, *, listed: bool, by: By, at: datetime
) -> None:
    """Keep the answer. It is no move: the version stays, and a letter is not touched by it."""
    with office.database.writing() as session:
        registrations.lock_registration(session, id)
        if reading.get_registration(session, id).particulars.listed is listed:
            return
        registrations.touch(session, id, may_be_listed=listed)
        facts = {"listed": "yes" if listed else "no"}
        write_line(session, id, event=Event.LISTING_CHANGED, by=by, at=at, facts=facts)
