"""Erasing one person's data on request: an entry, or what was sent to a call."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.call_refusals import CallRefusal, UnknownSubmission
from registration.domain.events import CLOCK, By, Event
from registration.domain.ids import RegistrationId
from registration.domain.refusals import ReasonMissing, Refusal, UnknownRegistration
from registration.domain.registrations import Registration
from registration.domain.retention import (
    Reason,
    Scope,
    refuse_erasure,
    refuse_submission_erasure,
)
from registration.domain.submissions import Submission
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.proving import destroy_blobs
from registration.registrar.steps import Refused, settle
from registration.registrar.submission_steps import SubmissionRefused, settle_submission
from registration.store import reading
from registration.store.reading import holdings
from registration.store.reading.submissions import chain_of_submission, find_submission
from registration.store.writing import erasing, history, registrations, submissions
from registration.vault.erasures import list_noted, note_erased

T = TypeVar("T")


@dataclass(frozen=True)
class DataGone:
    """The data are erased. erasure: whose record the next round makes."""

    erasure: UUID


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why something is erased, by whom and when."""

    scope: Scope
    reason: Reason
    by: By
    at: datetime


def erase_entry(
    office: Office, id: RegistrationId, *, reason: Reason, by: By, at: datetime
) -> DataGone | Refusal:
    """Erase one person's data; of two at once one wins, and the other learns that it is done.

    Raises StorageFailed where the storage does not answer: the keys are gone even so, and the next
    round destroys the files.
    """

    def work(session: Session) -> DataGone:
        registration = hold_entry(session, id)
        meeting = get_meeting(session, registration.meeting_id)
        refusal = refuse_erasure(registration, meeting, now=at)
        if refusal is not None:
            raise Refused(refusal)
        return _erase_entry(session, registration, reason, by, at)

    return _destroy(office, id, settle(office, work))


def erase_submission(
    office: Office, id: UUID, *, reason: Reason, by: By, at: datetime
) -> DataGone | CallRefusal | ReasonMissing:
    """Erase what one person or delegation sent to a call, as `erase_entry` does an entry."""

    def work(session: Session) -> DataGone:
        submission = hold_submission(session, id)
        meeting = get_meeting(session, submission.meeting_id)
        refusal = refuse_submission_erasure(submission, meeting, now=at)
        if refusal is not None:
            raise SubmissionRefused(refusal)
        return _erase_submission(session, submission, reason, by, at)

    return _destroy(office, id, settle_submission(office, work))


def erase_restored(office: Office, now: datetime) -> None:
    """Erase again who was erased before and came back with a backup of the database (T53)."""
    noted = sorted(list_noted(office.vault))
    with office.database.reading() as session:
        back = [id for id in noted if holdings.is_back(session, id)]
    for id in back:
        with office.database.writing() as session:
            _erase_again(session, id, now)


def hold_entry(session: Session, id: RegistrationId) -> Registration:
    """Hold the entry's row and return it as it is then. Raises Refused."""
    if reading.find_registration(session, id) is None:
        raise Refused(UnknownRegistration())
    registrations.lock_registration(session, id)
    return reading.get_registration(session, id)


def hold_submission(session: Session, id: UUID) -> Submission:
    """Hold the submission's row and return it as it is then. Raises SubmissionRefused."""
    submissions.lock_submission(session, id)
    found = find_submission(session, id)
    if found is None:
        raise SubmissionRefused(UnknownSubmission())
    return found


def empty_submission(session: Session, submission: Submission, cause: Cause, erasure: UUID) -> None:
    """Erase what was sent, add it to what the erasure has erased, and say so in its history."""
    chain = chain_of_submission(submission.id)
    counts = erasing.erase_submission(session, submission.id, chain=chain, at=cause.at)
    erasing.add_counts(session, erasure, counts)
    write_erased(session, chain, cause, erasure)


def write_erased(session: Session, chain: str, cause: Cause, erasure: UUID) -> None:
    """Write the line of an erasure. The row that the chain is of is held."""
    facts = {"scope": cause.scope.value, "reason": cause.reason.value}
    if cause.scope is not Scope.UNNEEDED:  # its row goes
        facts["erasure"] = str(erasure)
    # The account's number and not its name, which would be a personal fact of the line.
    by = By(actor=cause.by.actor, staff_id=cause.by.staff_id)
    history.append_line(
        session, chain=chain, event=Event.ERASED, by=by, at=cause.at, facts=facts, details={}
    )


def _destroy(office: Office, id: UUID, result: T) -> T:
    """Destroy the files of what is erased, and note it beside them."""
    if isinstance(result, DataGone):
        note_erased(office.vault, id)
        destroy_blobs(office)
    return result


def _erase_entry(
    session: Session, registration: Registration, reason: Reason, by: By, at: datetime
) -> DataGone:
    """Erase one entry, with the papers for many that may name the person. The row is held."""
    id, meeting_id = registration.id, registration.meeting_id
    chain = reading.chain_of_registration(id)
    erasure = erasing.open_erasure(
        session,
        meeting_id,
        scope=Scope.ENTRY,
        reason=reason,
        at=at,
        asked_by=by.staff_id,
        registration_id=id,
    )
    counts = holdings.count_held(session, meeting_id, id)
    erasing.erase_person(session, id, chain=chain, at=at)
    erasing.erase_collections(session, meeting_id)
    erasing.add_counts(session, erasure, counts)
    write_erased(session, chain, Cause(scope=Scope.ENTRY, reason=reason, by=by, at=at), erasure)
    return DataGone(erasure)


def _erase_submission(
    session: Session, submission: Submission, reason: Reason, by: By, at: datetime
) -> DataGone:
    """Erase one submission. The row is held."""
    erasure = erasing.open_erasure(
        session,
        submission.meeting_id,
        scope=Scope.SUBMISSION,
        reason=reason,
        at=at,
        asked_by=by.staff_id,
        submission_id=submission.id,
    )
    cause = Cause(scope=Scope.SUBMISSION, reason=reason, by=by, at=at)
    empty_submission(session, submission, cause, erasure)
    return DataGone(erasure)


def _erase_again(session: Session, id: UUID, now: datetime) -> None:
    if find_submission(session, id) is not None:
        submission = hold_submission(session, id)
        if submission.erased_at is None:
            _erase_submission(session, submission, Reason.RESTORED, CLOCK, now)
        return
    registration = hold_entry(session, RegistrationId(id))
    if registration.erased_at is None:
        _erase_entry(session, registration, Reason.RESTORED, CLOCK, now)
