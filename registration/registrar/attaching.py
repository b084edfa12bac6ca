"""Files beside what is written for a call or was sent to it, and the desk's look at any of them.

A form takes no files, so that it stays light and an unconfirmed stranger stores nothing here: they
come through the private link, for as long as the call is open.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.call_refusals import (
    CallRefusal,
    TooManyAttachments,
    UnknownSubmission,
)
from registration.domain.calls import Call
from registration.domain.events import DELEGATE, By, Event
from registration.domain.ids import FileId
from registration.domain.papers import Condition, LockedFile
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import WRITABLE, Stand, Submission
from registration.registrar.office import Office
from registration.registrar.receiving import unlock_file
from registration.registrar.submission_steps import (
    SubmissionRefused,
    hold_submission,
    require_open,
    settle_submission,
)
from registration.store.reading.submissions import (
    chain_of_submission,
    find_attachment,
    list_attachments,
)
from registration.store.writing import history, papers, submissions

#: Stands in which its sender may put files beside what was sent by a form, or take them away.
TAKES_FILES = frozenset({Stand.SUBMITTED, Stand.RETURNED})


def attach(
    office: Office, id: UUID, file_id: FileId, *, writer: str, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Put a file that waits under the submission's id beside it. writer: the name that whoever
    writes in a draft gave; what was sent by a form has its sender alone."""

    def work(session: Session) -> Submission:
        submission, call = _hold_with_room(session, id, arrived_at)
        if not papers.keep_file(session, file_id):
            raise SubmissionRefused(UnknownSubmission())
        name = writer if call.is_drafted else submission.sender.name
        submissions.add_attachment(session, id, file_id, writer=name, at=arrived_at)
        details = _name_writer(call, writer)
        _write_line(session, id, Event.FILE_ATTACHED, DELEGATE, file_id, arrived_at, details)
        return submission

    return settle_submission(office, work)


def refuse_file(
    office: Office, id: UUID, *, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Return why no file is taken now, or the submission: asked before one is made anew and stored,
    for nothing of what is refused is to lie about."""
    return settle_submission(office, lambda session: _hold_with_room(session, id, arrived_at)[0])


def detach(
    office: Office, id: UUID, file_id: FileId, *, writer: str, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Take a file away; it is swept like one that no form kept. writer: as of `attach`."""

    def work(session: Session) -> Submission:
        submission, call = _hold(session, id, arrived_at)
        if not submissions.remove_attachment(session, id, file_id):
            raise SubmissionRefused(UnknownSubmission())
        papers.release_file(session, file_id)
        details = _name_writer(call, writer)
        _write_line(session, id, Event.FILE_REMOVED, DELEGATE, file_id, arrived_at, details)
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
        _write_line(session, id, Event.FILE_OPENED, by, file_id, arrived_at, {})
    return found.file, data


def _hold_with_room(session: Session, id: UUID, at: datetime) -> tuple[Submission, Call]:
    submission, call = _hold(session, id, at)
    if len(list_attachments(session, id)) >= call.attachments:
        raise SubmissionRefused(TooManyAttachments(call.attachments))
    return submission, call


def _hold(session: Session, id: UUID, at: datetime) -> tuple[Submission, Call]:
    submission, _, call = hold_submission(session, id)
    require_open(submission, call, WRITABLE if call.is_drafted else TAKES_FILES, at=at)
    return submission, call


def _name_writer(call: Call, writer: str) -> dict[str, str]:
    """Return what the line says of who did it: several write in a draft."""
    return {"writer": writer} if call.is_drafted else {}


def _write_line(
    session: Session,
    id: UUID,
    event: Event,
    by: By,
    file_id: FileId,
    at: datetime,
    details: dict[str, str],
) -> None:
    history.append_line(
        session,
        chain=chain_of_submission(id),
        event=event,
        by=by,
        at=at,
        facts={"file": str(file_id)},
        details=details,
    )
