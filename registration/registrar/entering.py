"""A new entry on a seat at once: by the Secretariat on behalf, or by a focal point's word."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.deadline import closed
from registration.domain.desk_refusals import SomebodyWaits
from registration.domain.events import DELEGATE, By, Event, Occasion
from registration.domain.ids import DelegationKey, FileId, MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.papers import FileRole
from registration.domain.refusals import (
    PassportMissing,
    Refusal,
    SamePersonAlreadyThere,
    UnknownDelegation,
    UnknownMeeting,
    UnknownSeat,
    UnknownSegment,
)
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import Actor, MoveName, State
from registration.links.tokens import digest, make_reference
from registration.meetings.reading import get_meeting
from registration.registrar.attending import Claim, claim, say_full, settle_claim
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Asked, Refused, settle, take_seat, write_move
from registration.registrar.telling import tell
from registration.registrar.vouching import take_word
from registration.store import reading
from registration.store.reading import DelegationRow
from registration.store.writing import papers, registrations, seats


@dataclass(frozen=True, kw_only=True)
class Application:
    """A registration form that was filled in rightly. Its passport waits under the entry's id.

    entry: the signed id the form was given when it was shown. seat_label: where seats bear labels.
    admitted: whether the browser came through the delegation's own link (T61). segments: keys of
    those to attend.
    """

    entry: RegistrationId
    meeting_id: MeetingId
    delegation_key: DelegationKey
    particulars: Particulars
    seat_label: str | None = None
    join_reserve: bool = False
    admitted: bool = False
    segments: tuple[str, ...] = ()


def enter(
    office: Office,
    application: Application,
    *,
    by: By,
    reason: str,
    arrived_at: datetime,
    passes_reserve: bool = True,
) -> Moved | Refusal:
    """Enter somebody on their behalf (an e-mail with a scan): submitted at once, on a seat.

    passes_reserve: whether a free seat is taken even while somebody waits for one.
    Where nothing is asked for there is nothing to decide: the entry is approved in the same
    transaction, and the person hears one thing, that the registration stands.
    """
    asked = Asked(move=MoveName.ENTER, by=by, arrived_at=arrived_at, reason=reason)
    return _enter_seated(
        office, application, asked, to=State.SUBMITTED, passes_reserve=passes_reserve
    )


def nominate(
    office: Office, application: Application, *, by: By, arrived_at: datetime
) -> Moved | Refusal:
    """Nominate a delegate: the focal point's word takes the seat, the delegate completes."""
    asked = Asked(move=MoveName.NOMINATE, by=by, arrived_at=arrived_at)
    return _enter_seated(office, application, asked, to=State.NOMINATED)


def _enter_seated(
    office: Office,
    application: Application,
    asked: Asked,
    *,
    to: State,
    passes_reserve: bool = True,
) -> Moved | Refusal:
    def work(session: Session) -> Moved:
        return seat(office, session, application, asked, to=to, passes_reserve=passes_reserve)

    return settle(office, work)


def seat(
    office: Office,
    session: Session,
    application: Application,
    asked: Asked,
    *,
    to: State,
    passes_reserve: bool = True,
) -> Moved:
    """Add the entry on a seat of its delegation or category. Raises Refused."""
    meeting, row = find_place(session, application)
    if row.unlimited and to is not State.SUBMITTED:
        raise Refused(UnknownDelegation())
    seats.lock_delegation(session, row.id)
    there = reading.find_registration(session, application.entry)
    if there is not None:
        return Moved(there)
    refuse_late(meeting, row, asked)
    person = application.particulars
    if reading.find_live_person(session, meeting.id, email=person.email, name=person.full_name):
        raise Refused(SamePersonAlreadyThere())
    if row.labels[0:1] != (None,) and application.seat_label is None and not row.unlimited:
        raise Refused(UnknownSeat())
    waiting = reading.list_of_delegation(session, row.id, states=[State.RESERVE])
    if waiting and not passes_reserve and not row.unlimited:
        raise Refused(SomebodyWaits(len(waiting)))
    # Under the lock, for the row as it stands now: another may have made a seat meanwhile.
    row = reading.get_delegation(session, row.id)
    number = take_seat(session, meeting, row, wanted=application.seat_label)
    places = _find_places(session, meeting, application)
    registration = add(office, session, application, row, asked, to=to, seat=number)
    settle_claim(session, registration.id, places, at=asked.arrived_at)
    cause = write_move(session, registration.id, asked, None, to, facts=places.facts)
    if to is State.SUBMITTED and _needs_no_decision(meeting, registration):
        return Moved(_approve(session, meeting, registration, asked))
    event = Event.ENTERED if to is State.SUBMITTED else Event.NOMINATED
    tell(session, meeting, registration, event=event, cause_id=cause)
    return Moved(registration)


def _find_places(session: Session, meeting: Meeting, application: Application) -> Claim:
    """Return a place in each of the form's segments: the entry has its seat. Raises Refused."""
    if any(meeting.find_segment(key) is None for key in application.segments):
        raise Refused(UnknownSegment())
    found = claim(session, meeting.id, application.entry, application.segments)
    if found.full:
        raise Refused(say_full(meeting, found.full))
    return found


def _needs_no_decision(meeting: Meeting, registration: Registration) -> bool:
    """Return whether nothing is asked of this person, and no passport came to be looked at."""
    asks_nothing = meeting.get_delegation(registration.delegation_key).asks_nothing
    return asks_nothing and registration.passport is None


def _approve(
    session: Session, meeting: Meeting, registration: Registration, asked: Asked
) -> Registration:
    """Approve an entry that was made in this transaction, and tell its person."""
    if not registrations.move(session, registration, to=State.INVITED):
        raise LookupError("an entry of this transaction cannot be another's")
    approval = Asked(move=MoveName.APPROVE, by=asked.by, arrived_at=asked.arrived_at)
    line = write_move(session, registration.id, approval, registration.state, State.INVITED)
    approved = reading.get_registration(session, registration.id)
    tell(
        session,
        meeting,
        approved,
        event=Event.APPROVED,
        cause_id=line,
        instead=Occasion.REGISTERED_AT_DESK,
    )
    return approved


def find_place(session: Session, application: Application) -> tuple[Meeting, DelegationRow]:
    """Return the meeting and the delegation or category the form names. Raises Refused."""
    if reading.find_meeting_source(session, application.meeting_id) is None:
        raise Refused(UnknownMeeting())
    row = reading.find_delegation(session, application.meeting_id, application.delegation_key)
    if row is None:
        raise Refused(UnknownDelegation())
    return get_meeting(session, application.meeting_id), row


def add(
    office: Office,
    session: Session,
    application: Application,
    row: DelegationRow,
    asked: Asked,
    *,
    to: State,
    seat: int | None = None,
) -> Registration:
    """Add the row of a new registration with the passport that waits for it, and return it.

    Entered at the desk, the address counts as confirmed: the Secretariat vouches for it.
    """
    at_desk = asked.move in {MoveName.ENTER, MoveName.REPLACE} and to is State.SUBMITTED
    registrations.add_registration(
        session,
        id=application.entry,
        particulars=application.particulars,
        state=to,
        meeting_id=row.meeting_id,
        delegation_id=row.id,
        seat_number=seat,
        seat_label=application.seat_label,
        reference=make_reference(_prefix(session, row)),
        passport_id=keep_passport(session, application, row, asked),
        on_behalf=asked.move is not MoveName.REGISTER and to is not State.UNCONFIRMED,
        wants_reserve=application.join_reserve,
        link_generation=1,
        link_digest=digest(office.tokens.of_registration(application.entry, 1)),
        consented_at_utc=asked.arrived_at if asked.by is DELEGATE else None,
        created_at_utc=asked.arrived_at,
        confirmed_at_utc=asked.arrived_at if at_desk else None,
        changed_at_utc=asked.arrived_at,
    )
    request = reading.find_waiting_file(session, application.entry, FileRole.REQUEST)
    if request is not None and asked.by.actor is Actor.SECRETARIAT:
        papers.keep_file(session, request.id)
    added = reading.get_registration(session, application.entry)
    if asked.by.actor is Actor.FOCAL_POINT:
        take_word(session, added, at=asked.arrived_at)
    return reading.get_registration(session, application.entry)


def keep_passport(
    session: Session, application: Application, row: DelegationRow, asked: Asked
) -> FileId | None:
    """Keep the passport that waits under the entry's id and return it. Raises Refused where a
    delegate's form brings none and the delegation is asked for one. What a delegate sends unasked
    is not kept; it is swept with the forms that came to nothing."""
    meeting = get_meeting(session, row.meeting_id)
    delegation = meeting.find_delegation(row.key)
    is_asked = delegation is not None and delegation.asks_passport
    if asked.by is DELEGATE and not is_asked:
        return None
    waiting = reading.find_waiting_file(session, application.entry, FileRole.PASSPORT)
    if waiting is not None and papers.keep_file(session, waiting.id):
        return waiting.id
    if asked.by is DELEGATE:
        raise Refused(PassportMissing())
    return None


def _prefix(session: Session, row: DelegationRow) -> str:
    return get_meeting(session, row.meeting_id).prefix


def refuse_late(meeting: Meeting, row: DelegationRow, asked: Asked) -> None:
    """Raise Refused where the date of this move has come."""
    late = closed(
        asked.move, asked.by.actor, meeting, now=asked.arrived_at, later=row.later_deadline
    )
    if late is not None:
        raise Refused(late)
