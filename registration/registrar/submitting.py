"""What senders do with what they sent by a form: confirm the address, send again what the desk
returned, withdraw; and what the clock does with what nobody confirmed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from registration.domain.answers import refuse_answers
from registration.domain.call_refusals import CallRefusal, DeedNotPermitted
from registration.domain.calls import Answering
from registration.domain.deadline import CONFIRMATION_TIME, has_lapsed
from registration.domain.events import CLOCK, DELEGATE, By, Occasion
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import CURRENT, Deed, Stand, Submission
from registration.registrar.office import Office
from registration.registrar.submission_steps import (
    SubmissionRefused,
    SubmissionStep,
    Told,
    move_submission,
)
from registration.registrar.telling_submissions import add_submission_mail, tell_office
from registration.store.reading.submissions import find_submission, list_unconfirmed_before
from registration.store.writing import submissions


def confirm_submission(
    office: Office, id: UUID, *, version: int, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Confirm the address: from now on it counts, and it is its delegation's one voice where the
    call takes no second. A second confirmation is answered like the first."""
    with office.database.reading() as session:
        seen = find_submission(session, id)
    if seen is not None and seen.stand is Stand.UNCONFIRMED:
        if has_lapsed(seen.created_at, now=arrived_at):
            lapse_submission(office, id, arrived_at=arrived_at)
            return DeedNotPermitted(Deed.CONFIRM, Stand.LAPSED)
    elif seen is not None and seen.confirmed_at is not None and seen.stand in CURRENT:
        return seen
    told = Told(deed=Deed.CONFIRM, by=DELEGATE, arrived_at=arrived_at, version=version)
    return move_submission(office, id, told, _confirm)


def _confirm(step: SubmissionStep) -> Submission:
    at, call = step.told.arrived_at, step.call
    is_sole = call.is_sole and call.answering is Answering.DELEGATION
    submission, line = step.move(confirmed_at_utc=at, submitted_at_utc=at, is_sole=is_sole)
    add_submission_mail(
        step.session, submission, Occasion.SUBMISSION_SUBMITTED, cause_id=line, at=at
    )
    tell_office(step.session, step.meeting, call, submission, cause_id=line, at=at)
    return submission


def send_corrected(
    office: Office,
    id: UUID,
    answers: Mapping[str, str],
    *,
    version: int,
    arrived_at: datetime,
) -> Submission | CallRefusal | ReasonMissing:
    """Send again what the desk returned. answers: all of them, cleaned. The closing date does not
    bind what the desk itself gave back."""
    told = Told(deed=Deed.SUBMIT, by=DELEGATE, arrived_at=arrived_at, version=version)
    return move_submission(office, id, told, lambda step: _send_corrected(step, answers))


def _send_corrected(step: SubmissionStep, answers: Mapping[str, str]) -> Submission:
    refusal = refuse_answers(step.call, answers)
    if refusal is not None:
        raise SubmissionRefused(refusal)
    at, before = step.told.arrived_at, step.submission
    for question, words in answers.items():
        there = before.answers.get(question)
        if words != ("" if there is None else there.words):
            submissions.write_answer(
                step.session,
                before.id,
                question,
                words,
                seen=0 if there is None else there.version,
                writer=before.sender.name,
                at=at,
            )
    submission, line = step.move(submitted_at_utc=at, reason=None)
    add_submission_mail(
        step.session, submission, Occasion.SUBMISSION_SUBMITTED, cause_id=line, at=at
    )
    tell_office(step.session, step.meeting, step.call, submission, cause_id=line, at=at)
    return submission


def withdraw_submission(
    office: Office,
    id: UUID,
    *,
    by: By,
    arrived_at: datetime,
    version: int | None = None,
    reason: str = "",
) -> Submission | CallRefusal | ReasonMissing:
    """Withdraw it, or leave the news. Whoever was chosen is chosen no more, and the place is free.

    The person is told, once the address is known to be the person's.
    """
    told = Told(deed=Deed.WITHDRAW, by=by, arrived_at=arrived_at, version=version, reason=reason)
    return move_submission(office, id, told, _withdraw)


def _withdraw(step: SubmissionStep) -> Submission:
    before, at = step.submission, step.told.arrived_at
    submissions.remove_choice(step.session, before.id)
    submission, line = step.move(published_at_utc=None)
    if before.confirmed_at is not None:
        add_submission_mail(
            step.session, submission, Occasion.SUBMISSION_WITHDRAWN, cause_id=line, at=at
        )
        tell_office(step.session, step.meeting, step.call, submission, cause_id=line, at=at)
    return submission


def lapse_submission(
    office: Office, id: UUID, *, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Let what nobody confirmed lapse: the clock's move, also made at a late confirmation."""
    told = Told(deed=Deed.LAPSE, by=CLOCK, arrived_at=arrived_at)
    return move_submission(office, id, told, lambda step: step.move()[0])


def lapse_submissions_due(office: Office, *, now: datetime) -> int:
    """Let everything lapse whose address was not confirmed in time; return how many did."""
    with office.database.reading() as session:
        due = list_unconfirmed_before(session, now - CONFIRMATION_TIME)
    results = [lapse_submission(office, each, arrived_at=now) for each in due]
    return sum(isinstance(result, Submission) for result in results)
