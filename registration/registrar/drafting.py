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
    UnknownAnswer,
)
from registration.domain.events import DELEGATE, By, Event, Occasion
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import WRITABLE, Deed, Submission
from registration.registrar.office import Office
from registration.registrar.submission_steps import (
    SubmissionRefused,
    SubmissionStep,
    Told,
    hold_submission,
    move_submission,
    require_open,
)
from registration.registrar.telling_submissions import add_submission_mail, tell_office
from registration.store.reading.submissions import (
    chain_of_submission,
    get_submission,
)
from registration.store.violations import Violated, find_violated
from registration.store.writing import history, submissions


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


def _save_answers(
    session: Session, id: UUID, typed: Mapping[str, Typed], writer: str, at: datetime
) -> Saved:
    submission, _, call = hold_submission(session, id)
    require_open(submission, call, WRITABLE, at=at)
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
        history.append_line(
            session,
            chain=chain_of_submission(submission.id),
            event=Event.ANSWERS_WRITTEN,
            by=DELEGATE,
            at=at,
            facts={},
            details={"writer": writer},
        )
