"""The Secretariat's decision on a submitted entry: approve, return for correction, decline."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.domain.ids import LetterId, RegistrationId
from registration.domain.papers import Condition
from registration.domain.refusals import FileNotReady, PassportUnusable, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import MoveName, State
from registration.meetings.reading import get_meeting
from registration.registrar import lettering
from registration.registrar.office import Moved, Office
from registration.registrar.reserving import promote_waiting
from registration.registrar.steps import Asked, Refused, Step, make_move, refuse
from registration.registrar.telling import tell
from registration.store import reading


def approve(
    office: Office,
    id: RegistrationId,
    *,
    version: int,
    by: By,
    arrived_at: datetime,
    along: Callable[[Session], None] | None = None,
) -> Moved | Refusal:
    """Approve the entry and issue its letter, where its delegation or category is written one.

    along: writes something more in the same transaction (what came of an entry of a batch). A
    passport that nobody can have seen is not approved. What loses the race is destroyed.
    """
    asked = Asked(move=MoveName.APPROVE, by=by, arrived_at=arrived_at, version=version)
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
        if seen is not None:
            meeting = get_meeting(session, seen.meeting_id)
            row = reading.get_delegation(session, seen.delegation_id)
            refusal = refuse(session, seen, asked, meeting, row) or refuse_passport(session, seen)
            issue = len(reading.list_letters(session, id)) + 1
    if seen is None or refusal is not None:
        # Asked again under the lock, for an answer that is true then.
        return make_move(office, id, asked, _refuse_again)
    if not meeting.get_delegation(seen.delegation_key).asks_letter:
        return make_move(office, id, asked, lambda step: _approve_without_letter(step, along))
    drawn = lettering.draw(office, meeting, seen, issue=issue, at=arrived_at)

    def work(step: Step) -> Moved:
        registration, line = step.move(
            State.INVITED, details=drawn.details, facts=drawn.facts, reason=None
        )
        _refuse_again(step)
        lettering.issue(step.session, registration, drawn, arrived_at)
        _tell_approved(step, registration, line, drawn.id)
        if along is not None:
            along(step.session)
        return Moved(registration)

    result = make_move(office, id, asked, work)
    if not isinstance(result, Moved):
        office.vault.destroy(drawn.file.blob)
    return result


def _tell_approved(
    step: Step, registration: Registration, line: UUID, letter_id: LetterId | None
) -> None:
    tell(
        step.session,
        step.meeting,
        registration,
        event=Event.APPROVED,
        cause_id=line,
        letter_id=letter_id,
    )


def _approve_without_letter(step: Step, along: Callable[[Session], None] | None) -> Moved:
    _refuse_again(step)
    registration, line = step.move(State.INVITED, reason=None)
    _tell_approved(step, registration, line, None)
    if along is not None:
        along(step.session)
    return Moved(registration)


def return_(
    office: Office, id: RegistrationId, *, version: int, by: By, reason: str, arrived_at: datetime
) -> Moved | Refusal:
    """Return the entry for correction; it keeps its seat. reason: read by the delegate."""
    asked = Asked(
        move=MoveName.RETURN, by=by, arrived_at=arrived_at, version=version, reason=reason
    )
    return make_move(office, id, asked, lambda step: _decide(step, State.RETURNED, Event.RETURNED))


def take_back(
    office: Office, id: RegistrationId, *, version: int, by: By, arrived_at: datetime
) -> Moved | Refusal:
    """Take a return for correction back, which the delegate has not answered yet: the entry waits
    for a decision again, and the delegate is told that nothing is to be corrected."""
    asked = Asked(move=MoveName.TAKE_BACK, by=by, arrived_at=arrived_at, version=version)

    def work(step: Step) -> Moved:
        registration, line = step.move(State.SUBMITTED, reason=None)
        tell(
            step.session,
            step.meeting,
            registration,
            event=Event.RETURN_TAKEN_BACK,
            cause_id=line,
        )
        return Moved(registration)

    return make_move(office, id, asked, work)


def decline(
    office: Office, id: RegistrationId, *, version: int, by: By, reason: str, arrived_at: datetime
) -> Moved | Refusal:
    """Decline the entry; its seat is free. reason: read by the delegate."""
    asked = Asked(
        move=MoveName.DECLINE, by=by, arrived_at=arrived_at, version=version, reason=reason
    )
    result = make_move(
        office, id, asked, lambda step: _decide(step, State.DECLINED, Event.DECLINED)
    )
    if isinstance(result, Moved):
        promote_waiting(office, result.registration.delegation_id, arrived_at=arrived_at)
    return result


def _decide(step: Step, to: State, event: Event) -> Moved:
    columns = {"seat_number": None} if to is State.DECLINED else {}
    reason = step.asked.reason
    registration, line = step.move(to, reason=reason, **columns)
    tell(
        step.session,
        step.meeting,
        registration,
        event=event,
        cause_id=line,
        facts={"reason": reason},
    )
    return Moved(registration)


def refuse_passport(session: Session, registration: Registration) -> Refusal | None:
    """Return why the copy of the passport stands in the way of an approval, or None.

    One that is not made anew yet cannot have been looked at; one that failed is asked for again.
    An entry without any copy is the desk's to judge.
    """
    file = None
    if registration.passport is not None:
        file = reading.find_file(session, registration.passport)
    match file.condition if file is not None else Condition.CLEAN:
        case Condition.WAITING:
            return FileNotReady()
        case Condition.FAILED:
            return PassportUnusable()
    return None


def _refuse_again(step: Step) -> Moved:
    refusal = refuse_passport(step.session, step.registration)
    if refusal is not None:
        raise Refused(refusal)
    return Moved(step.registration)
