"""Confirming the address: the moment at which a seat is taken."""

from datetime import datetime
from uuid import UUID

from registration.domain.deadline import has_lapsed
from registration.domain.events import CLOCK, DELEGATE, Event
from registration.domain.ids import RegistrationId
from registration.domain.refusals import DelegationFull, LinkExpired, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import FINAL, MoveName, State
from registration.registrar.failing import tell_of_passport
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Asked, Refused, Step, make_move
from registration.registrar.telling import tell
from registration.store import reading


def confirm(
    office: Office,
    id: RegistrationId,
    *,
    version: int,
    arrived_at: datetime,
    seat_label: str | None = None,
) -> Moved | Refusal:
    """Confirm the address and take a seat, or a place on the reserve list where none is to be had.

    seat_label: another choice than the form's, where that seat has been taken meanwhile.
    A second confirmation finds the first one's work and is answered alike.
    """
    asked = Asked(move=MoveName.CONFIRM, by=DELEGATE, arrived_at=arrived_at, version=version)
    if _has_lapsed(office, id, arrived_at):
        lapse(office, id, arrived_at=arrived_at)
        return LinkExpired()
    result = make_move(office, id, asked, lambda step: _confirm(step, seat_label))
    return _found_done(office, id, result)


def lapse(office: Office, id: RegistrationId, *, arrived_at: datetime) -> Moved | Refusal:
    """Let an unconfirmed entry lapse. The clock's move, also made at a late confirmation."""
    asked = Asked(move=MoveName.LAPSE, by=CLOCK, arrived_at=arrived_at)

    def work(step: Step) -> Moved:
        registration, _ = step.move(State.LAPSED)
        return Moved(registration)

    return make_move(office, id, asked, work)


def _confirm(step: Step, seat_label: str | None) -> Moved:
    wanted = seat_label or step.registration.seat_label
    if _must_wait(step):
        return _put_on_reserve(step)
    try:
        number = step.take_seat(wanted)
    except Refused as refused:
        if isinstance(refused.refusal, DelegationFull) and step.meeting.keeps_reserve_list:
            return _put_on_reserve(step)
        raise
    registration, line = step.move(
        State.SUBMITTED,
        seat_number=number,
        seat_label=wanted,
        confirmed_at_utc=step.asked.arrived_at,
    )
    _tell(step, registration, Event.CONFIRMED, line)
    return Moved(registration)


def _must_wait(step: Step) -> bool:
    """While anybody of the delegation waits, nobody passes them."""
    return step.meeting.keeps_reserve_list and reading.has_reserve(step.session, step.row.id)


def _put_on_reserve(step: Step) -> Moved:
    registration, line = step.move(
        State.RESERVE,
        reserved_at_utc=step.asked.arrived_at,
        confirmed_at_utc=step.asked.arrived_at,
    )
    _tell(step, registration, Event.PUT_ON_RESERVE, line)
    return Moved(registration)


def _tell(step: Step, registration: Registration, event: Event, line: UUID) -> None:
    tell(step.session, step.meeting, registration, event=event, cause_id=line)
    tell_of_passport(step.session, registration, cause_id=line, at=step.asked.arrived_at)


def _has_lapsed(office: Office, id: RegistrationId, now: datetime) -> bool:
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
    return (
        seen is not None
        and seen.state is State.UNCONFIRMED
        and has_lapsed(seen.created_at, now=now)
    )


def _found_done(office: Office, id: RegistrationId, result: Moved | Refusal) -> Moved | Refusal:
    """Answer the second of two confirmations like the first: the address is confirmed."""
    if isinstance(result, Moved):
        return result
    with office.database.reading() as session:
        seen = reading.find_registration(session, id)
    if seen is None or seen.state is State.UNCONFIRMED:
        return result
    if seen.state in FINAL:
        return LinkExpired() if seen.state is State.LAPSED else result
    return Moved(seen) if seen.confirmed_at is not None else result
