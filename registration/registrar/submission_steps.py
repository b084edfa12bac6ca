"""One move of a submission as one transaction: what every such move does in the same order.

The submission is read, the table of moves and the call's dates are asked, and the row is changed on
the condition that it is still as it was read. Whatever refuses rolls everything back.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.call_refusals import (
    CallClosed,
    CallNotOpen,
    CallRefusal,
    ChoicesFull,
    DeedNotPermitted,
    RegionTaken,
    SubmissionChanged,
    SubmissionThere,
    UnknownCall,
    UnknownSubmission,
)
from registration.domain.calls import Call
from registration.domain.events import DELEGATE, By, Event
from registration.domain.meeting import Meeting
from registration.domain.refusals import ReasonMissing
from registration.domain.states import Actor
from registration.domain.submissions import WAYS, Deed, Stand, Submission, may
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading.submissions import chain_of_submission, find_submission
from registration.store.violations import Violated, find_violated
from registration.store.writing import history, submissions

T = TypeVar("T")

_EVENTS = {
    Deed.SEND: Event.SUBMISSION_SENT,
    Deed.CONFIRM: Event.CONFIRMED,
    Deed.LAPSE: Event.LAPSED,
    Deed.BEGIN: Event.SUBMISSION_BEGUN,
    Deed.SUBMIT: Event.SUBMITTED,
    Deed.RETURN: Event.RETURNED,
    Deed.RECEIVE: Event.RECEIVED,
    Deed.CHOOSE: Event.CHOSEN,
    Deed.UNCHOOSE: Event.CHOICE_TAKEN_BACK,
    Deed.PASS_OVER: Event.PASSED_OVER,
    Deed.WITHDRAW: Event.WITHDRAWN,
}


class SubmissionRefused(Exception):
    """Leaves the transaction with nothing written; `settle_submission` returns what it holds."""

    def __init__(self, refusal: "CallRefusal | ReasonMissing") -> None:
        super().__init__(type(refusal).__name__)
        self.refusal = refusal


@dataclass(frozen=True, kw_only=True)
class Told:
    """A move as somebody asks for it. version: the one that the form was drawn from, or None.
    arrived_at: the aware instant at which the request arrived; it decides what is late."""

    deed: Deed
    by: By
    arrived_at: datetime
    version: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class SubmissionStep:
    """A move under way inside its transaction."""

    session: Session
    told: Told
    meeting: Meeting
    call: Call
    submission: Submission

    def move(
        self, *, facts: Mapping[str, str] | None = None, **columns: object
    ) -> tuple[Submission, UUID]:
        """Change the row as the table says, write the line, return the submission as it is now and
        the line. Raises SubmissionRefused when somebody else's move came first."""
        way, at = WAYS[self.told.deed], self.told.arrived_at
        if not submissions.move_submission(
            self.session, self.submission, to=way.to, changed_at_utc=at, **columns
        ):
            raise SubmissionRefused(came_second(self.session, self.submission, self.told.by))
        line = write_deed(self.session, self.submission.id, self.told, way.to, facts)
        found = find_submission(self.session, self.submission.id)
        if found is None:
            raise LookupError("no such submission")
        return found, line


def move_submission(
    office: Office, id: UUID, told: Told, work: Callable[[SubmissionStep], T]
) -> "T | CallRefusal | ReasonMissing":
    """Do the work of a move in one transaction and return what it returns, or why not."""

    def attempt(session: Session) -> T:
        return work(open_step(session, id, told))

    return settle_submission(office, attempt)


def settle_submission(
    office: Office, work: Callable[[Session], T]
) -> "T | CallRefusal | ReasonMissing":
    """Run the work in one transaction; turn what it and the schema refuse into values.

    The schema is the last judge; what it refuses is tried once more, so that the loser of a race
    sees the winner's work and says what happened.
    """
    for is_last in (False, True):
        try:
            with office.database.writing() as session:
                result = work(session)
        except SubmissionRefused as refused:
            return refused.refusal
        except IntegrityError as error:
            refusal = _find_refusal(error)
            if refusal is None:
                raise
            if is_last:
                return refusal
        else:
            office.ring()
            return result
    raise AssertionError("the schema refused the same move twice")


def _find_refusal(error: IntegrityError) -> CallRefusal | None:
    match find_violated(error):
        case Violated.SOLE_SUBMISSION | Violated.ADDRESS_SENT | Violated.SUBMISSION_THERE:
            return SubmissionThere()
        case Violated.CHOICE_REGION:
            return RegionTaken("")
        case Violated.CHOICE_NUMBER:
            return ChoicesFull(0)
        case Violated.CHOSEN_ALREADY | Violated.ANSWER_WRITTEN:
            return UnknownSubmission()
        case _:
            return None


def open_step(session: Session, id: UUID, told: Told) -> SubmissionStep:
    """Read what the move is about and ask the table and the dates. Raises SubmissionRefused."""
    submission, meeting, call = hold_submission(session, id)
    step = SubmissionStep(session, told, meeting, call, submission)
    refusal = _refuse(step)
    if refusal is not None:
        raise SubmissionRefused(refusal)
    return step


def hold_submission(session: Session, id: UUID) -> tuple[Submission, Meeting, Call]:
    """Hold the submission's row and return it with its meeting and its call. Raises
    SubmissionRefused where nothing can be done with it any more."""
    submissions.lock_submission(session, id)
    submission = find_submission(session, id)
    if submission is None or submission.erased_at is not None:
        raise SubmissionRefused(UnknownSubmission())
    meeting = get_meeting(session, submission.meeting_id)
    call = meeting.find_call(submission.call)
    if call is None:
        raise SubmissionRefused(UnknownCall())
    return submission, meeting, call


def require_open(
    submission: Submission, call: Call, stands: Collection[Stand], *, at: datetime
) -> None:
    """Raise SubmissionRefused unless its people may change what belongs to it at this moment.
    stands: those in which they may."""
    if submission.stand not in stands:
        raise SubmissionRefused(DeedNotPermitted(Deed.SUBMIT, submission.stand))
    told = Told(deed=Deed.SUBMIT, by=DELEGATE, arrived_at=at)
    late = refuse_date(call, told, submission.stand)
    if late is not None:
        raise SubmissionRefused(late)


def _refuse(step: SubmissionStep) -> "CallRefusal | ReasonMissing | None":
    """Return why the move is not to be made: somebody was first, the table, the date, the reason,
    in this order."""
    told, submission = step.told, step.submission
    if told.version is not None and told.version != submission.version:
        return came_second(step.session, submission, told.by)
    if not may(told.deed, source=submission.stand, actor=told.by.actor):
        return DeedNotPermitted(told.deed, submission.stand)
    late = refuse_date(step.call, told, submission.stand)
    if late is not None:
        return late
    if WAYS[told.deed].reason and not told.reason.strip():
        return ReasonMissing()
    return None


def refuse_date(call: Call, told: Told, source: Stand | None) -> CallNotOpen | CallClosed | None:
    """Return why the call does not take the move at its moment, or None. The desk is bound by no
    date, and what it returned may be sent again after the closing one."""
    if not WAYS[told.deed].closes or told.by.actor is Actor.SECRETARIAT:
        return None
    if call.opens is not None and call.is_early(told.arrived_at):
        return CallNotOpen(call.opens)
    if call.closes is not None and call.is_late(told.arrived_at) and source is not Stand.RETURNED:
        return CallClosed(call.closes)
    return None


def came_second(session: Session, submission: Submission, by: By) -> CallRefusal:
    """Return who moved the submission first, and when. Senders learn no staff member's name."""
    line = reading.find_last_move(session, chain_of_submission(submission.id))
    if line is None:
        return UnknownSubmission()
    return SubmissionChanged(
        stand=submission.stand,
        actor=line.actor,
        who=line.staff_name if by.actor is Actor.SECRETARIAT else None,
        at=line.at,
    )


def write_deed(
    session: Session, id: UUID, told: Told, to: Stand, facts: Mapping[str, str] | None = None
) -> UUID:
    """Write the line of history of a move and return its id. The submission's row is held."""
    return history.append_line(
        session,
        chain=chain_of_submission(id),
        event=_EVENTS[told.deed],
        by=told.by,
        at=told.arrived_at,
        facts={"deed": told.deed.value, "to": to.value, **(facts or {})},
        details={"reason": told.reason} if told.reason else {},
    )
