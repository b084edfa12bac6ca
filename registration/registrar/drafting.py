"""What a delegation writes over days, by several people with one private link.

Every question is saved for itself, on the condition that it is still as its writer had read it: so
two who write to different questions never meet, and of two at the same question the second is told
and shown both texts. Nobody's words are written over unread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.answers import find_missing, tidy_answer
from registration.domain.call_refusals import (
    AnswerChanged,
    AnswerTooLong,
    CallRefusal,
    DeedNotPermitted,
    TooManyAttachments,
    UnknownAnswer,
    UnknownCall,
    UnknownSubmission,
)
from registration.domain.calls import Call
from registration.domain.events import DELEGATE, By, Event, Occasion
from registration.domain.ids import FileId
from registration.domain.refusals import ReasonMissing
from registration.domain.states import Actor
from registration.domain.submissions import WRITABLE, Deed, Submission
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.submission_steps import (
    SubmissionRefused,
    SubmissionStep,
    Told,
    move_submission,
    refuse_date,
    settle_submission,
)
from registration.registrar.telling_submissions import add_submission_mail, tell_office
from registration.store.reading.submissions import (
    chain_of_submission,
    find_submission,
    get_submission,
    list_attachments,
)
from registration.store.violations import Violated, find_violated
from registration.store.writing import history, papers, submissions


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of saving: the submission as it is now, and what was not written, by question.

    versions: of each question that was asked about, as it stands now. A question whose text was the
    same already counts as written.
    """

    submission: Submission
    versions: Mapping[str, int]
    refused: Mapping[str, AnswerChanged | AnswerTooLong | UnknownAnswer]


@dataclass(frozen=True)
class Typed:
    """One answer as it came. seen: the version that its writer had read, 0 for none."""

    words: str
    seen: int


def save_answers(
    office: Office,
    id: UUID,
    typed: Mapping[str, Typed],
    *,
    writer: str,
    arrived_at: datetime,
) -> Saved | CallRefusal | ReasonMissing:
    """Save what is good of the answers, each for itself, and say of the others why not.

    writer: the name that whoever writes gave. Once the call has closed, or the submission is
    submitted, nothing is written: the page shows what was typed.
    """
    for is_last in (False, True):
        try:
            with office.database.writing() as session:
                return _save_answers(session, id, typed, writer, arrived_at)
        except SubmissionRefused as refused:
            return refused.refusal
        except IntegrityError as error:
            # Two answered the same question for the first time at once: the second reads anew.
            if is_last or find_violated(error) is not Violated.ANSWER_WRITTEN:
                raise
    raise AssertionError("the schema refused the same answer twice")


def submit(
    office: Office, id: UUID, *, version: int, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Submit the draft to the desk. AnswersMissing: a required question has no answer."""
    told = Told(deed=Deed.SUBMIT, by=by, arrived_at=arrived_at, version=version)

    def work(step: SubmissionStep) -> Submission:
        words = {key: each.words for key, each in step.submission.answers.items()}
        missing = find_missing(step.call, words)
        if missing is not None:
            raise SubmissionRefused(missing)
        submission, line = step.move(submitted_at_utc=arrived_at, reason=None)
        session = step.session
        add_submission_mail(
            session, submission, Occasion.SUBMISSION_SUBMITTED, cause_id=line, at=arrived_at
        )
        tell_office(session, step.meeting, step.call, submission, cause_id=line, at=arrived_at)
        return submission

    return move_submission(office, id, told, work)


def attach(
    office: Office, id: UUID, file_id: FileId, *, writer: str, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Put a file that waits under the submission's id beside its answers."""

    def work(session: Session) -> Submission:
        submission = _open_with_room(session, id, arrived_at)
        if not papers.keep_file(session, file_id):
            raise SubmissionRefused(UnknownSubmission())
        submissions.add_attachment(session, id, file_id, writer=writer, at=arrived_at)
        _write_line(session, id, Event.FILE_ATTACHED, arrived_at, {"file": str(file_id)}, writer)
        return submission

    return settle_submission(office, work)


def refuse_file(
    office: Office, id: UUID, *, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Return why no file is taken now, or the submission: asked before one is made anew and stored,
    for nothing of what is refused is to lie about."""
    return settle_submission(office, lambda session: _open_with_room(session, id, arrived_at))


def detach(
    office: Office, id: UUID, file_id: FileId, *, writer: str, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Take a file away; it is swept like one that no form kept."""

    def work(session: Session) -> Submission:
        submission, _ = _open_draft(session, id, arrived_at)
        if not submissions.remove_attachment(session, id, file_id):
            raise SubmissionRefused(UnknownSubmission())
        papers.release_file(session, file_id)
        _write_line(session, id, Event.FILE_REMOVED, arrived_at, {"file": str(file_id)}, writer)
        return submission

    return settle_submission(office, work)


def _save_answers(
    session: Session, id: UUID, typed: Mapping[str, Typed], writer: str, at: datetime
) -> Saved:
    submission, call = _open_draft(session, id, at)
    refused: dict[str, AnswerChanged | AnswerTooLong | UnknownAnswer] = {}
    written: list[str] = []
    for key, each in typed.items():
        question = call.find_question(key)
        tidied = UnknownAnswer(key) if question is None else tidy_answer(question, each.words)
        if not isinstance(tidied, str):
            refused[key] = tidied
            continue
        there = submission.answers.get(key)
        if tidied == (there.words if there is not None else ""):
            continue
        # Where nothing stands nothing can be written over, whatever version somebody claims.
        seen = 0 if there is None else each.seen
        if submissions.write_answer(session, id, key, tidied, seen=seen, writer=writer, at=at):
            written.append(key)
        elif there is not None:
            refused[key] = AnswerChanged(
                question=key, theirs=there.words, writer=there.writer, version=there.version
            )
    if written:
        _tell_once(session, submission, writer, at)
        submissions.touch_submission(session, id, changed_at_utc=at)
    after = get_submission(session, id)
    return Saved(
        submission=after,
        versions={key: after.answers[key].version for key in typed if key in after.answers},
        refused=refused,
    )


def _tell_once(session: Session, submission: Submission, writer: str, at: datetime) -> None:
    """Write a line of history when another person begins to write: not one for every pause."""
    latest = max(submission.answers.values(), key=lambda each: each.changed_at, default=None)
    if latest is None or latest.writer != writer:
        _write_line(session, submission.id, Event.ANSWERS_WRITTEN, at, {}, writer)


def _open_with_room(session: Session, id: UUID, at: datetime) -> Submission:
    submission, call = _open_draft(session, id, at)
    if len(list_attachments(session, id)) >= call.attachments:
        raise SubmissionRefused(TooManyAttachments(call.attachments))
    return submission


def _open_draft(session: Session, id: UUID, at: datetime) -> tuple[Submission, Call]:
    """Hold the submission and return it with its call. Raises SubmissionRefused where nobody may
    write in it any more."""
    submissions.lock_submission(session, id)
    submission = find_submission(session, id)
    if submission is None or submission.erased_at is not None:
        raise SubmissionRefused(UnknownSubmission())
    call = get_meeting(session, submission.meeting_id).find_call(submission.call)
    if call is None:
        raise SubmissionRefused(UnknownCall())
    if submission.stand not in WRITABLE:
        raise SubmissionRefused(DeedNotPermitted(Deed.SUBMIT, submission.stand))
    told = Told(deed=Deed.SUBMIT, by=DELEGATE, arrived_at=at)
    late = refuse_date(call, told, submission.stand)
    if late is not None:
        raise SubmissionRefused(late)
    return submission, call


def _write_line(
    session: Session, id: UUID, event: Event, at: datetime, facts: dict[str, str], writer: str
) -> None:
    history.append_line(
        session,
        chain=chain_of_submission(id),
        event=event,
        by=By(actor=Actor.DELEGATE),
        at=at,
        facts=facts,
        details={"writer": writer},
    )
