"""Telling everybody who answered a call whether they were chosen, and publishing who was.

Each person is told in a transaction of their own, which asks whether it was done before: a kill
half-way, a second press or a second person at the desk tells nobody twice.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.call_refusals import CallRefusal, UnknownCall, UnknownSubmission
from registration.domain.calls import Publishing
from registration.domain.events import By, Event, Occasion
from registration.domain.ids import MeetingId
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import AT_DESK, Deed, Stand, Submission
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.submission_steps import (
    SubmissionRefused,
    Told,
    open_step,
    settle_submission,
)
from registration.registrar.telling_submissions import add_submission_mail
from registration.store.reading.submissions import (
    chain_of_submission,
    find_submission,
    get_submission,
    list_submissions,
)
from registration.store.writing import history, submissions


@dataclass(frozen=True)
class Announced:
    """How many people were told, and how many could not be: somebody changed what they sent."""

    told: int
    left: int = 0


@dataclass(frozen=True)
class Published:
    """How many choices the public page shows, or showed, for this step."""

    number: int


def list_untold(session: Session, meeting_id: MeetingId, call: str) -> list[Submission]:
    """Return what is decided, or passed over by telling, and of which nobody was told."""
    there = list_submissions(session, meeting_id, call, stands=AT_DESK)
    return [each for each in there if each.decided_at is None and each.erased_at is None]


def tell_everybody(
    office: Office, meeting_id: MeetingId, call: str, *, by: By, at: datetime
) -> Announced:
    """Tell everybody whose answer lies before the desk. What is not chosen by now is passed over.

    What was returned for correction is no answer yet, and its sender is told nothing.
    """
    with office.database.reading() as session:
        waiting = [each.id for each in list_untold(session, meeting_id, call)]
    results = [_tell(office, each, by=by, at=at) for each in waiting]
    told = sum(result is True for result in results)
    return Announced(told=told, left=sum(not isinstance(each, bool) for each in results))


def _tell(office: Office, id: UUID, *, by: By, at: datetime) -> bool | CallRefusal | ReasonMissing:
    """Tell one person; False where that was done before."""

    def work(session: Session) -> bool:
        submissions.lock_submission(session, id)
        found = find_submission(session, id)
        if found is None or found.erased_at is not None or found.stand not in AT_DESK:
            raise SubmissionRefused(UnknownSubmission())
        if found.decided_at is not None:
            return False
        if found.stand not in {Stand.CHOSEN, Stand.NOT_CHOSEN}:
            told = Told(deed=Deed.PASS_OVER, by=by, arrived_at=at)
            found, _ = open_step(session, id, told).move()
        _write(session, found, by=by, at=at)
        return True

    return settle_submission(office, work)


def _write(session: Session, found: Submission, *, by: By, at: datetime) -> None:
    is_chosen = found.stand is Stand.CHOSEN
    line = history.append_line(
        session,
        chain=chain_of_submission(found.id),
        event=Event.DECISION_TOLD,
        by=by,
        at=at,
        facts={"chosen": "yes" if is_chosen else "no"},
        details={},
    )
    submissions.touch_submission(session, found.id, decided_at_utc=at)
    occasion = Occasion.SUBMISSION_CHOSEN if is_chosen else Occasion.SUBMISSION_NOT_CHOSEN
    add_submission_mail(session, get_submission(session, found.id), occasion, cause_id=line, at=at)


def publish_decision(
    office: Office,
    meeting_id: MeetingId,
    call: str,
    *,
    is_public: bool,
    by: By,
    at: datetime,
) -> Published | CallRefusal | ReasonMissing:
    """Let the public page of the call name who was chosen and told, or take that back."""

    def work(session: Session) -> Published:
        found = get_meeting(session, meeting_id).find_call(call)
        if found is None or found.publishes is not Publishing.DECISION:
            raise SubmissionRefused(UnknownCall())
        number = 0
        for each in list_submissions(session, meeting_id, call, stands={Stand.CHOSEN}):
            submissions.lock_submission(session, each.id)
            fresh = get_submission(session, each.id)
            if fresh.decided_at is None or fresh.erased_at is not None:
                continue
            if (fresh.published_at is not None) is is_public:
                continue
            history.append_line(
                session,
                chain=chain_of_submission(each.id),
                event=Event.PUBLISHED if is_public else Event.PUBLICATION_TAKEN_BACK,
                by=by,
                at=at,
                facts={},
                details={},
            )
            submissions.touch_submission(
                session, each.id, published_at_utc=at if is_public else None
            )
            number += 1
        return Published(number)

    return settle_submission(office, work)
