"""Files beside what was sent to a call by its form, and the desk's look at any of them.

A form takes no files, so that it stays light and an unconfirmed stranger stores nothing here: they
come through the private link, for as long as the call is open.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.call_refusals import (
    CallRefusal,
    DeedNotPermitted,
    TooManyAttachments,
    UnknownCall,
    UnknownSubmission,
)
from registration.domain.events import DELEGATE, By, Event
from registration.domain.ids import FileId
from registration.domain.papers import Condition, LockedFile
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import Deed, Stand, Submission
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.receiving import unlock_file
from registration.registrar.submission_steps import (
    SubmissionRefused,
    Told,
    refuse_date,
    settle_submission,
)
from registration.store.reading.submissions import (
    chain_of_submission,
    find_attachment,
    find_submission,
    list_attachments,
)
from registration.store.writing import history, papers, submissions

#: Stands in which its sender may put files beside what was sent by a form, or take them away.
TAKES_FILES = frozenset({Stand.SUBMITTED, Stand.RETURNED})


def attach_to_sent(
    office: Office, id: UUID, file_id: FileId, *, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Put a file that waits under the submission's id beside it."""

    def work(session: Session) -> Submission:
        submission = _hold_with_room(session, id, arrived_at)
        if not papers.keep_file(session, file_id):
            raise SubmissionRefused(UnknownSubmission())
        name = submission.sender.name
        submissions.add_attachment(session, id, file_id, writer=name, at=arrived_at)
        _write_line(session, id, Event.FILE_ATTACHED, DELEGATE, file_id, arrived_at)
        return submission

    return settle_submission(office, work)


def refuse_file_of_sent(
    office: Office, id: UUID, *, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Return why no file is taken now, or the submission: asked before one is made anew and stored,
    for nothing of what is refused is to lie about."""
    return settle_submission(office, lambda session: _hold_with_room(session, id, arrived_at))


def detach_from_sent(
    office: Office, id: UUID, file_id: FileId, *, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Take a file away; it is swept like one that no form kept."""

    def work(session: Session) -> Submission:
        submission, _ = _hold(session, id, arrived_at)
        if not submissions.remove_attachment(session, id, file_id):
            raise SubmissionRefused(UnknownSubmission())
        papers.release_file(session, file_id)
        _write_line(session, id, Event.FILE_REMOVED, DELEGATE, file_id, arrived_at)
        return submission

    return settle_submission(office, work)


def open_attachment(
    office: Office, id: UUID, file_id: FileId, *, by: By, arrived_at: datetime
) -> tuple[LockedFile, bytes] | None:
    """Return a file with its bytes for the desk, once the history says who opened it; None where
    there is no such file, or nothing of it can be shown yet."""
    with office.database.reading() as session:
        found = find_attachment(session, id, file_id)
    if found is None or found.file.condition is not Condition.CLEAN:
        return None
    data = unlock_file(office, found.file)
    with office.database.writing() as session:
        submissions.lock_submission(session, id)
        _write_line(session, id, Event.FILE_OPENED, by, file_id, arrived_at)
    return found.file, data


def _hold_with_room(session: Session, id: UUID, at: datetime) -> Submission:
    submission, most = _hold(session, id, at)
    if len(list_attachments(session, id)) >= most:
        raise SubmissionRefused(TooManyAttachments(most))
    return submission


def _hold(session: Session, id: UUID, at: datetime) -> tuple[Submission, int]:
    """Hold the submission and return it with how many files its call takes."""
    submissions.lock_submission(session, id)
    submission = find_submission(session, id)
    if submission is None or submission.erased_at is not None:
        raise SubmissionRefused(UnknownSubmission())
    call = get_meeting(session, submission.meeting_id).find_call(submission.call)
    if call is None:
        raise SubmissionRefused(UnknownCall())
    if submission.stand not in TAKES_FILES:
        raise SubmissionRefused(DeedNotPermitted(Deed.SUBMIT, submission.stand))
    told = Told(deed=Deed.SUBMIT, by=DELEGATE, arrived_at=at)
    late = refuse_date(call, told, submission.stand)
    if late is not None:
        raise SubmissionRefused(late)
    return submission, call.attachments


def _write_line(
    session: Session, id: UUID, event: Event, by: By, file_id: FileId, at: datetime
) -> None:
    history.append_line(
        session,
        chain=chain_of_submission(id),
        event=event,
        by=by,
        at=at,
        facts={"file": str(file_id)},
        details={},
    )
