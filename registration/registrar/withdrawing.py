"""Withdrawing an entry, by the delegate, the focal point or the Secretariat."""

from datetime import datetime

from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.refusals import Refusal
from registration.domain.states import MoveName, State
from registration.registrar.office import Moved, Office
from registration.registrar.reserving import promote_waiting
from registration.registrar.steps import Asked, Step, make_move
from registration.registrar.telling import tell
from registration.store import reading
from registration.store.writing import papers


def withdraw(
    office: Office,
    id: RegistrationId,
    *,
    version: int,
    by: By,
    arrived_at: datetime,
    reason: str = "",
) -> Moved | Refusal:
    """Withdraw the entry: its seat is free, its letter is withdrawn on the verification page.

    A second click finds the first one's work and is answered alike.
    """
    asked = Asked(
        move=MoveName.WITHDRAW, by=by, arrived_at=arrived_at, version=version, reason=reason
    )

    def work(step: Step) -> Moved:
        registration, line = step.move(State.WITHDRAWN, seat_number=None, reason=reason or None)
        papers.withdraw_letters(step.session, registration.id, at=arrived_at)
        facts = {"reason": reason} if reason else {}
        tell(
            step.session,
            step.meeting,
            registration,
            event=Event.WITHDRAWN,
            cause_id=line,
            facts=facts,
        )
        return Moved(registration)

    result = make_move(office, id, asked, work)
    if isinstance(result, Moved):
        promote_waiting(office, result.registration.delegation_id, arrived_at=arrived_at)
        return result
    return _found_done(office, id, by, result)


def _found_done(office: Office, id: RegistrationId, by: By, refusal: Refusal) -> Moved | Refusal:
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
        if seen is None or seen.state is not State.WITHDRAWN:
            return refusal
        line = reading.find_last_move(session, reading.chain_of_registration(id))
    is_own = line is not None and (line.actor, line.staff_id) == (by.actor, by.staff_id)
    return Moved(seen) if is_own else refusal
