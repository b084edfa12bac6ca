"""Two delegates of one delegation change places: one replaces another, or two swap their seats."""

from dataclasses import replace as changed
from datetime import datetime
from uuid import UUID

from registration.domain.events import By, Event, Occasion
from registration.domain.ids import RegistrationId
from registration.domain.refusals import NotPermitted, Refusal, SamePersonAlreadyThere
from registration.domain.registrations import Registration
from registration.domain.states import Actor, MoveName, State, holds_seat
from registration.registrar.delegations import write_delegation_line
from registration.registrar.entering import Application, add
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Asked, Refused, Step, came_second, make_move, write_move
from registration.registrar.telling import tell
from registration.store import reading
from registration.store.writing import papers, registrations, seats


def replace(
    office: Office,
    id: RegistrationId,
    application: Application,
    *,
    version: int,
    by: By,
    arrived_at: datetime,
    reason: str = "",
) -> Moved | Refusal:
    """Withdraw one delegate and give the seat to another, in one transaction.

    application: the newcomer's, for the same delegation; `nominated` by a focal point, `submitted`
    by the Secretariat. The seat is released, flushed, then taken: nobody comes in between.
    """
    asked = Asked(
        move=MoveName.REPLACE, by=by, arrived_at=arrived_at, version=version, reason=reason
    )

    def work(step: Step) -> Moved:
        number, label = step.registration.seat_number, step.registration.seat_label
        out, line = step.move(State.WITHDRAWN, seat_number=None, reason=reason or None)
        papers.withdraw_letters(step.session, out.id, at=arrived_at)
        tell(step.session, step.meeting, out, event=Event.REPLACED, cause_id=line)
        newcomer = changed(application, seat_label=label)
        return Moved(_seat_newcomer(office, step, newcomer, number))

    return make_move(office, id, asked, work)


def swap(
    office: Office,
    id: RegistrationId,
    other_id: RegistrationId,
    *,
    version: int,
    other_version: int,
    by: By,
    arrived_at: datetime,
    reason: str = "",
    tells: bool = False,
) -> Moved | Refusal:
    """Exchange the seats of two delegates of one delegation; number 1 is its head.

    It goes by way of a spare seat row, which the same transaction takes away again. tells: whether
    both are written to.
    """
    asked = Asked(move=MoveName.SWAP, by=by, arrived_at=arrived_at, version=version, reason=reason)

    def work(step: Step) -> Moved:
        one = step.registration
        other = _get_other(step, other_id, other_version)
        spare = len(step.row.labels) + 1
        seats.add_seat(step.session, step.row.id, spare)
        _sit(step, one, spare, None)
        _sit(step, other, one.seat_number, one.seat_label)
        moved = _sit(
            step, changed(one, version=one.version + 1), other.seat_number, other.seat_label
        )
        seats.remove_seat(step.session, step.row.id, spare)
        for each in (one, other):
            line = write_move(step.session, each.id, asked, each.state, each.state)
            if tells and each.confirmed_at is not None:
                _tell_of_seat(step, each, line)
        write_delegation_line(
            step.session,
            step.row,
            Event.SWAPPED,
            by=by,
            at=arrived_at,
            facts={},
            details={"reason": reason},
        )
        return Moved(moved)

    return make_move(office, id, asked, work)


def _seat_newcomer(
    office: Office, step: Step, newcomer: Application, number: int | None
) -> Registration:
    by_secretariat = step.asked.by.actor is Actor.SECRETARIAT
    to = State.SUBMITTED if by_secretariat else State.NOMINATED
    person = newcomer.particulars
    if reading.find_live_person(
        step.session, step.meeting.id, email=person.email, name=person.full_name
    ):
        raise Refused(SamePersonAlreadyThere())
    registration = add(office, step.session, newcomer, step.row, step.asked, to=to, seat=number)
    move = MoveName.ENTER if by_secretariat else MoveName.NOMINATE
    asked = changed(step.asked, move=move)
    cause = write_move(step.session, registration.id, asked, None, to)
    event = Event.ENTERED if by_secretariat else Event.NOMINATED
    tell(step.session, step.meeting, registration, event=event, cause_id=cause)
    return registration


def _tell_of_seat(step: Step, registration: Registration, line: UUID) -> None:
    papers.add_mail(
        step.session,
        cause_id=line,
        occasion=Occasion.SEATS_CHANGED,
        recipient=registration.particulars.email,
        language=registration.particulars.language,
        at=step.asked.arrived_at,
        registration_id=registration.id,
        delegation_id=step.row.id,
    )


def _get_other(step: Step, id: RegistrationId, version: int) -> Registration:
    other = reading.find_registration(step.session, id)
    if other is None or other.delegation_id != step.row.id or other.id == step.registration.id:
        raise Refused(NotPermitted(move=MoveName.SWAP, state=step.registration.state))
    if not holds_seat(other.state):
        raise Refused(NotPermitted(move=MoveName.SWAP, state=other.state))
    if other.version != version:
        raise Refused(came_second(step.session, other, step.asked.by))
    return other


def _sit(
    step: Step, registration: Registration, number: int | None, label: str | None
) -> Registration:
    is_done = registrations.move(
        step.session,
        registration,
        to=registration.state,
        seat_number=number,
        seat_label=label,
        changed_at_utc=step.asked.arrived_at,
    )
    if not is_done:
        raise Refused(came_second(step.session, registration, step.asked.by))
    return reading.get_registration(step.session, registration.id)
