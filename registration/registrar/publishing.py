"""What the public may read of what was sent: after a person at the desk has said so, and taken back
by one who says so."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.call_refusals import (
    CallRefusal,
    DeedNotPermitted,
    UnknownCall,
    UnknownSubmission,
)
from registration.domain.calls import Publishing
from registration.domain.events import By, Event
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import Deed, Stand, Submission
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.submission_steps import SubmissionRefused, settle_submission
from registration.store.reading.submissions import (
    chain_of_submission,
    find_submission,
    get_submission,
)
from registration.store.writing import history, submissions


def publish(
    office: Office, id: UUID, *, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Publish a submission that the desk has received. Published already, it stays as it was."""
    return _change(office, id, by=by, arrived_at=arrived_at, is_public=True)


def take_back(
    office: Office, id: UUID, *, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Take a submission off the public page."""
    return _change(office, id, by=by, arrived_at=arrived_at, is_public=False)


def _change(
    office: Office, id: UUID, *, by: By, arrived_at: datetime, is_public: bool
) -> Submission | CallRefusal | ReasonMissing:
    def work(session: Session) -> Submission:
        submissions.lock_submission(session, id)
        seen = find_submission(session, id)
        if seen is None or seen.erased_at is not None:
            raise SubmissionRefused(UnknownSubmission())
        _refuse(session, seen, is_public=is_public)
        if (seen.published_at is not None) == is_public:
            return seen
        submissions.touch_submission(
            session, id, published_at_utc=arrived_at if is_public else None
        )
        history.append_line(
            session,
            chain=chain_of_submission(id),
            event=Event.PUBLISHED if is_public else Event.PUBLICATION_TAKEN_BACK,
            by=by,
            at=arrived_at,
            facts={},
            details={},
        )
        return get_submission(session, id)

    return settle_submission(office, work)


def _refuse(session: Session, submission: Submission, *, is_public: bool) -> None:
    """Raise SubmissionRefused where the call publishes no submissions, or the desk has not received
    this one."""
    call = get_meeting(session, submission.meeting_id).find_call(submission.call)
    if call is None or call.publishes is not Publishing.SUBMISSIONS:
        raise SubmissionRefused(UnknownCall())
    if is_public and submission.stand is not Stand.RECEIVED:
        raise SubmissionRefused(DeedNotPermitted(Deed.RECEIVE, submission.stand))
