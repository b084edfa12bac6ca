"""One move as one transaction: what every move does in the same order.

The delegation's row is locked first where seats change hands, then the registration is read, the
table of moves and the dates are asked, and the row is changed on the condition that it is still as
it was read. Whatever refuses rolls everything back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.deadline import closed
from registration.domain.events import By, Event, event_of
from registration.domain.ids import DelegationId, RegistrationId
from registration.domain.meeting import Delegation, Meeting
from registration.domain.refusals import (
    CameSecond,
    DataErased,
    DelegationFull,
    NotPermitted,
    ReasonMissing,
    Refusal,
    SamePersonAlreadyThere,
    SegmentFull,
    UnknownRegistration,
)
from registration.domain.registrations import Registration
from registration.domain.seats import FreeSeat, choose_seat
from registration.domain.states import MOVES, Actor, MoveName, Seat, State, is_permitted
from registration.meetings.reading import get_meeting
from registration.registrar.alerting import alert_desks
from registration.registrar.attending import claim_for, follow
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading import DelegationRow, chain_of_registration
from registration.store.violations import Violated, find_violated
from registration.store.writing import history, registrations, seats

T = TypeVar("T")

#: What somebody else took a moment before: seen the second time.
_TRIED_AGAIN = frozenset(Violated) - {Violated.PERSON_THERE, Violated.ENTRY_THERE}
_CHANGES_SEATS = {Seat.TAKES, Seat.FREES, Seat.HANDS_OVER, Seat.EXCHANGES}


class Refused(Exception):
    """Leaves the transaction with nothing written; `make_move` turns it into the value it holds."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(type(refusal).__name__)
        self.refusal = refusal


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A move as somebody asks for it.

    version: the one the form was drawn from; None where no form was (the clock, a command).
    arrived_at: the aware instant at which the request arrived; it decides what is late.
    """

    move: MoveName
    by: By
    arrived_at: datetime
    version: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Step:
    """A move under way inside its transaction: everything as read under the locks."""

    session: Session
    asked: Asked
    meeting: Meeting
    row: DelegationRow
    registration: Registration

    @property
    def delegation(self) -> Delegation:
        return self.meeting.get_delegation(self.row.key)

    def move(
        self,
        to: State,
        *,
        details: dict[str, str] | None = None,
        facts: Mapping[str, str] | None = None,
        **columns: object,
    ) -> tuple[Registration, UUID]:
        """Change the row, write the line, and return the registration as it is now with the line.

        facts: what else the line binds, nothing personal; details: what is personal. The desks hear
        of what it upsets. With its seat the person takes the places wished for, and leaves them at
        the end. Raises Refused when somebody else's move came first.
        """
        columns["changed_at_utc"] = self.asked.arrived_at
        before = self.registration
        claim = claim_for(self.session, self.meeting, before, to)
        if not registrations.move(self.session, before, to=to, **columns):
            raise Refused(came_second(self.session, before, self.asked.by))
        at = self.asked.arrived_at
        also = follow(self.session, self.meeting, before.id, to, claim, at=at)
        bound = {**(facts or {}), **also}
        line = write_move(self.session, before.id, self.asked, before.state, to, details, bound)
        after = reading.get_registration(self.session, before.id)
        alert_desks(self.session, self.meeting, before, after, cause_id=line, at=at)
        return after, line

    def take_seat(self, wanted: str | None) -> int:
        """Return the number of a free seat of the delegation, whose row is locked.

        Raises Refused when there is none.
        """
        return take_seat(self.session, self.meeting, self.row, wanted=wanted)


def make_move(
    office: Office, id: RegistrationId, asked: Asked, work: Callable[[Step], T]
) -> T | Refusal:
    """Do the work of a move in one transaction and return what it returns, or why not.

    The database is the last judge of seats: what it refuses is tried once more, seeing the winner.
    """

    def attempt(session: Session) -> T:
        return work(_open_step(session, id, asked))

    return settle(office, attempt)


def settle(office: Office, work: Callable[[Session], T]) -> T | Refusal:
    """Run the work in one transaction; turn `Refused` and what the schema refuses into values."""
    for is_last in (False, True):
        try:
            with office.database.writing() as session:
                result = work(session)
        except Refused as refused:
            return refused.refusal
        except IntegrityError as error:
            match find_violated(error):
                case Violated.SEAT_HELD if is_last:
                    return DelegationFull(seats=0)
                case Violated.PLACE_HELD if is_last:
                    return SegmentFull(())
                case Violated.PERSON_THERE:
                    return SamePersonAlreadyThere()
                case violated if violated in _TRIED_AGAIN:
                    continue
                case _:
                    raise
        else:
            office.ring()
            return result
    raise AssertionError("the schema refused the same move twice")


def take_seat(session: Session, meeting: Meeting, row: DelegationRow, *, wanted: str | None) -> int:
    """Return the number of a free seat; a delegation without limit gets one more row for it.

    The delegation's row is locked. Raises Refused.
    """
    taken = reading.list_taken_numbers(session, row.id)
    if row.unlimited and len(taken) == len(row.labels):
        seats.add_seat(session, row.id, len(row.labels) + 1)
        return len(row.labels) + 1
    match choose_seat(row.labels, taken, wanted=wanted):
        case FreeSeat(number):
            return number
        case DelegationFull(seats=count):
            raise Refused(DelegationFull(seats=count, may_wait=meeting.keeps_reserve_list))
        case refusal:
            raise Refused(refusal)


def write_move(
    session: Session,
    id: RegistrationId,
    asked: Asked,
    source: State | None,
    to: State,
    details: dict[str, str] | None = None,
    facts: Mapping[str, str] | None = None,
) -> UUID:
    """Write the line of history of a move and return its id. The registration's row is held."""
    return history.append_line(
        session,
        chain=chain_of_registration(id),
        event=event_of(asked.move, to),
        by=asked.by,
        at=asked.arrived_at,
        facts={
            "move": asked.move.value,
            "from": source.value if source else "",
            "to": to.value,
            **(facts or {}),
        },
        details={"reason": asked.reason, **(details or {})},
    )


def write_line(
    session: Session,
    id: RegistrationId,
    *,
    event: Event,
    by: By,
    at: datetime,
    facts: dict[str, str] | None = None,
    details: dict[str, str] | None = None,
) -> UUID:
    """Write a line that is no move: it takes the next number under the row's lock and leaves the
    version alone. Returns its id."""
    registrations.lock_registration(session, id)
    return history.append_line(
        session,
        chain=chain_of_registration(id),
        event=event,
        by=by,
        at=at,
        facts=facts or {},
        details=details or {},
    )


def came_second(session: Session, registration: Registration, by: By) -> Refusal:
    """Return who moved the registration first, and when. Delegates learn no staff member's name."""
    line = reading.find_last_move(session, chain_of_registration(registration.id))
    if line is None:
        return UnknownRegistration()
    return CameSecond(
        move=MoveName(line.facts["move"]),
        actor=line.actor,
        who=line.staff_name if by.actor is Actor.SECRETARIAT else None,
        at=line.at,
    )


def _open_step(session: Session, id: RegistrationId, asked: Asked) -> Step:
    seen = reading.find_registration(session, id)
    if seen is None:
        raise Refused(UnknownRegistration())
    if MOVES[asked.move].seat in _CHANGES_SEATS:
        seats.lock_delegation(session, seen.delegation_id)
        seen = reading.get_registration(session, id)
    meeting = get_meeting(session, seen.meeting_id)
    row = reading.get_delegation(session, DelegationId(seen.delegation_id))
    refusal = refuse(session, seen, asked, meeting, row)
    if refusal is not None:
        raise Refused(refusal)
    return Step(session, asked, meeting, row, seen)


def refuse(
    session: Session,
    registration: Registration,
    asked: Asked,
    meeting: Meeting,
    row: DelegationRow,
) -> Refusal | None:
    """Return why the move is not to be made, or None: somebody was first, the table, the date, the
    reason, in this order."""
    if registration.erased_at is not None:
        return DataErased()
    is_stale = asked.version is not None and asked.version != registration.version
    if is_stale:
        return came_second(session, registration, asked.by)
    if not is_permitted(asked.move, source=registration.state, actor=asked.by.actor):
        return NotPermitted(move=asked.move, state=registration.state)
    group = meeting.find_delegation(registration.delegation_key)
    if asked.move is MoveName.ACCEPT and group is not None and not group.asks_acceptance:
        return NotPermitted(move=asked.move, state=registration.state)
    late = closed(
        asked.move, asked.by.actor, meeting, now=asked.arrived_at, later=row.later_deadline
    )
    if late is not None:
        return late
    is_after_its_date = closed(
        asked.move, Actor.DELEGATE, meeting, now=asked.arrived_at, later=row.later_deadline
    )
    needs_reason = MOVES[asked.move].reason or is_after_its_date is not None
    if needs_reason and asked.by.actor is not Actor.CLOCK and not asked.reason.strip():
        return ReasonMissing()
    return None
