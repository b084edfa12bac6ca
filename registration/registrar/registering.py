"""A new entry by the delegate's own form: unconfirmed, and without a seat yet."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.events import DELEGATE, Event, Occasion
from registration.domain.meeting import Admission, Meeting
from registration.domain.refusals import (
    DelegationFull,
    OnlyByLink,
    Refusal,
    SamePersonAlreadyThere,
    SeatTaken,
    UnknownDelegation,
    UnknownSeat,
)
from registration.domain.registrations import Registration
from registration.domain.seats import FreeSeat, choose_seat
from registration.domain.states import MoveName, State
from registration.registrar.attending import refuse_keys, wish
from registration.registrar.entering import Application, add, find_place, refuse_late
from registration.registrar.office import CheckYourEmail, Office
from registration.registrar.steps import Asked, Refused, settle, write_line, write_move
from registration.registrar.telling import tell
from registration.store import reading
from registration.store.reading import DelegationRow
from registration.store.violations import Violated, find_violated
from registration.store.writing import papers, registrations

#: "You are already registered" goes out at most once in this time (design, part 7).
AGAIN_PAUSE = timedelta(minutes=10)


def register(
    office: Office, application: Application, *, arrived_at: datetime
) -> CheckYourEmail | Refusal:
    """Take a delegate's form: the entry is unconfirmed and holds no seat yet.

    A repeat - the same form again, or the same person - is answered like a new one; only the
    stored address hears of it, and nothing of the repeated form is used.
    """
    move = MoveName.JOIN_RESERVE if application.join_reserve else MoveName.REGISTER
    asked = Asked(move=move, by=DELEGATE, arrived_at=arrived_at)
    try:
        answer = settle(office, lambda session: _register(office, session, application, asked))
        if isinstance(answer, SamePersonAlreadyThere):
            # Another form of this person was faster by a moment; a stranger is not to learn it.
            answer = settle(office, lambda session: _register(office, session, application, asked))
    except IntegrityError as error:
        if find_violated(error) is not Violated.ENTRY_THERE:
            raise
        return CheckYourEmail()  # the other click of a double click was faster
    return answer


def _register(
    office: Office, session: Session, application: Application, asked: Asked
) -> CheckYourEmail | Refusal:
    if reading.find_registration(session, application.entry) is not None:
        return CheckYourEmail()
    meeting, row = find_place(session, application)
    group = meeting.get_delegation(row.key)
    if not group.takes_forms:
        raise Refused(UnknownDelegation())  # its people are entered at the desk
    refuse_late(meeting, row, asked)
    # A category has no link, so nobody can have come through it.
    needs_link = row.admission is Admission.LINK and not group.is_category
    if needs_link and not application.admitted:
        raise Refused(OnlyByLink())
    person = application.particulars
    known = reading.find_live_person(session, meeting.id, email=person.email, name=person.full_name)
    full = None
    if not application.join_reserve:
        full = _find_full(session, meeting, row, application.seat_label)
    full = full or refuse_keys(session, meeting, application.segments)
    if known is not None:
        _remind(session, known, asked)
        # Told of full seats like anybody: else the answer would tell who is registered.
        return full or CheckYourEmail()
    if full is not None:
        raise Refused(full)
    registration = add(office, session, application, row, asked, to=State.UNCONFIRMED)
    wish(session, meeting, registration.id, application.segments, at=asked.arrived_at)
    cause = write_move(session, registration.id, asked, None, State.UNCONFIRMED)
    tell(session, meeting, registration, event=Event.REGISTERED, cause_id=cause)
    return CheckYourEmail()


def _find_full(
    session: Session, meeting: Meeting, row: DelegationRow, wanted: str | None
) -> Refusal | None:
    """Return why no seat is free now, or None: the person learns it before the mail, not after.

    While anybody waits on the reserve list nobody passes them.
    """
    if row.unlimited:
        return None
    full = DelegationFull(seats=len(row.labels), may_wait=meeting.keeps_reserve_list)
    if reading.has_reserve(session, row.id):
        return full
    if any(row.labels) and wanted is None:
        return UnknownSeat()
    match choose_seat(row.labels, reading.list_taken_numbers(session, row.id), wanted=wanted):
        case FreeSeat():
            return None
        case DelegationFull():
            return full
        case SeatTaken() | UnknownSeat() as refusal:
            return refusal


def _remind(session: Session, known: Registration, asked: Asked) -> None:
    """Tell the stored address that it is registered already, at most once in ten minutes."""
    registrations.lock_registration(session, known.id)
    known = reading.get_registration(session, known.id)
    last = known.reminded_at or known.created_at
    if asked.arrived_at - last < AGAIN_PAUSE:
        return
    cause = write_line(
        session, known.id, event=Event.REGISTERED_AGAIN, by=DELEGATE, at=asked.arrived_at
    )
    registrations.touch(session, known.id, reminded_at_utc=asked.arrived_at)
    papers.add_mail(
        session,
        cause_id=cause,
        occasion=Occasion.ALREADY_REGISTERED,
        recipient=known.particulars.email,
        language=known.particulars.language,
        at=asked.arrived_at,
        registration_id=known.id,
    )
