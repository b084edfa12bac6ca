"""What was sent to calls, as values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationId, FileId, MeetingId
from registration.domain.names import canonical_email
from registration.domain.papers import LockedFile
from registration.domain.submissions import CURRENT, Answer, Sender, Stand, Submission
from registration.store.reading.papers import to_file
from registration.store.tables.calls import DbAnswer, DbAttachment, DbChoice, DbSubmission
from registration.store.tables.files import DbLockedFile
from registration.store.tables.meetings import DbDelegation


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One of those who were chosen. number: from 1."""

    number: int
    region: str
    submission_id: UUID
    staff_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file beside the answers, with the name that whoever added it gave."""

    file: LockedFile
    writer: str
    added_at: datetime


def chain_of_submission(id: UUID) -> str:
    """Return the name of the submission's chain."""
    return f"submission:{id}"


def find_submission(session: Session, id: UUID) -> Submission | None:
    """Return the submission with its answers, or None."""
    return _find(session, _all().where(DbSubmission.id == id))


def get_submission(session: Session, id: UUID) -> Submission:
    """Return the submission with its answers. Raises LookupError."""
    found = find_submission(session, id)
    if found is None:
        raise LookupError("no such submission")
    return found


def find_submission_by_reference(session: Session, reference: str) -> Submission | None:
    """Return the submission with this reference, or None."""
    return _find(session, _all().where(DbSubmission.reference == reference))


def find_submission_by_link(session: Session, digest: bytes) -> Submission | None:
    """Return the submission whose private link has this digest (`links.tokens.digest`)."""
    return _find(session, _all().where(DbSubmission.link_digest == digest))


def find_of_address(
    session: Session,
    meeting_id: MeetingId,
    call: str,
    email: str,
    *,
    delegation: str | None = None,
) -> Submission | None:
    """Return the current submission of an address in canonical form to the call: a person's own,
    or with delegation, by its key, the one sent for it."""
    whose = (
        DbSubmission.delegation_id.is_(None)
        if delegation is None
        else DbDelegation.key == delegation
    )
    return _find(
        session,
        _all().where(
            DbSubmission.meeting_id == meeting_id,
            DbSubmission.call == call,
            whose,
            DbSubmission.canonical_email == canonical_email(email),
            DbSubmission.stand.in_(list(CURRENT)),
        ),
    )


def list_of_delegation_in_call(
    session: Session, call: str, delegation_id: DelegationId
) -> list[Submission]:
    """Return the delegation's current submissions to the call, the first one first."""
    query = _all().where(
        DbSubmission.call == call,
        DbSubmission.delegation_id == delegation_id,
        DbSubmission.stand.in_(list(CURRENT)),
    )
    return _list(session, query.order_by(DbSubmission.created_at_utc, DbSubmission.id))


def list_submission_ids(session: Session, meeting_id: MeetingId) -> list[UUID]:
    """Return the ids of all that was sent to the meeting's calls, erased ones too, the oldest
    first."""
    query = select(DbSubmission.id).where(DbSubmission.meeting_id == meeting_id)
    return list(session.scalars(query.order_by(DbSubmission.created_at_utc, DbSubmission.id)))


def list_unconfirmed_before(session: Session, before: datetime) -> list[UUID]:
    """Return what was sent until then and not confirmed, the oldest first."""
    query = select(DbSubmission.id).where(
        DbSubmission.stand == Stand.UNCONFIRMED, DbSubmission.created_at_utc <= before
    )
    return list(session.scalars(query.order_by(DbSubmission.created_at_utc, DbSubmission.id)))


def list_ended(session: Session, meeting_id: MeetingId) -> list[Submission]:
    """Return what lapsed or was withdrawn of what was sent to the meeting's calls, and is not
    erased, the oldest first."""
    query = _all().where(
        DbSubmission.meeting_id == meeting_id,
        DbSubmission.stand.not_in(list(CURRENT)),
        DbSubmission.erased_at_utc.is_(None),
    )
    return _list(session, query.order_by(DbSubmission.created_at_utc, DbSubmission.id))


def list_submissions(
    session: Session, meeting_id: MeetingId, call: str, *, stands: Collection[Stand] = CURRENT
) -> list[Submission]:
    """Return the call's submissions with their answers: by delegation in the order of the file,
    then persons by the time they sent."""
    query = _all().where(
        DbSubmission.meeting_id == meeting_id,
        DbSubmission.call == call,
        DbSubmission.stand.in_(list(stands)),
    )
    return _list(
        session,
        query.order_by(
            DbDelegation.position.is_(None),
            DbDelegation.position,
            DbSubmission.created_at_utc,
            DbSubmission.id,
        ),
    )


def count_stands(session: Session, meeting_id: MeetingId) -> dict[tuple[str, Stand], int]:
    """Return how many submissions stand how, by (call's key, stand)."""
    query = (
        select(DbSubmission.call, DbSubmission.stand, func.count())
        .where(DbSubmission.meeting_id == meeting_id)
        .group_by(DbSubmission.call, DbSubmission.stand)
    )
    return {(call, Stand(stand)): number for call, stand, number in session.execute(query)}


def list_chosen(session: Session, meeting_id: MeetingId, call: str) -> list[Chosen]:
    """Return who was chosen, by number."""
    query = (
        select(DbChoice)
        .where(DbChoice.meeting_id == meeting_id, DbChoice.call == call)
        .order_by(DbChoice.number)
    )
    return [
        Chosen(
            number=row.number,
            region=row.region,
            submission_id=row.submission_id,
            staff_id=row.staff_id,
            at=row.chosen_at_utc,
        )
        for row in session.scalars(query)
    ]


def list_attachments(session: Session, submission_id: UUID) -> list[Attachment]:
    """Return the submission's files, the first one first."""
    query = (
        select(DbAttachment, DbLockedFile)
        .join(DbLockedFile, DbLockedFile.id == DbAttachment.file_id)
        .where(DbAttachment.submission_id == submission_id)
        .order_by(DbAttachment.added_at_utc, DbAttachment.file_id)
    )
    return [
        Attachment(file=to_file(file), writer=row.writer, added_at=row.added_at_utc)
        for row, file in session.execute(query)
    ]


def find_attachment(session: Session, submission_id: UUID, file_id: FileId) -> Attachment | None:
    """Return this file of the submission, or None."""
    found = list_attachments(session, submission_id)
    return next((each for each in found if each.file.id == file_id), None)


def _all() -> Select[DbSubmission, str]:
    return select(DbSubmission, DbDelegation.key).outerjoin(
        DbDelegation, DbDelegation.id == DbSubmission.delegation_id
    )


def _find(session: Session, query: Select[DbSubmission, str]) -> Submission | None:
    return next(iter(_list(session, query)), None)


def _list(session: Session, query: Select[DbSubmission, str]) -> list[Submission]:
    # Another transaction may have changed the rows since this session first saw them.
    rows = session.execute(query.execution_options(populate_existing=True))
    return list(_with_answers(session, [_to_submission(row, key) for row, key in rows]))


def _with_answers(session: Session, found: list[Submission]) -> Iterable[Submission]:
    """Give each submission its answers: one query for all of them."""
    if not found:
        return
    answers: dict[UUID, dict[str, Answer]] = {each.id: {} for each in found}
    query = select(DbAnswer).where(DbAnswer.submission_id.in_(list(answers)))
    for row in session.scalars(query.execution_options(populate_existing=True)):
        answers[row.submission_id][row.question] = Answer(
            question=row.question,
            words=row.words,
            version=row.version,
            writer=row.writer,
            changed_at=row.changed_at_utc,
        )
    for each in found:
        yield replace(each, answers=answers[each.id])


def _to_submission(row: DbSubmission, key: str | None) -> Submission:
    return Submission(
        id=row.id,
        meeting_id=MeetingId(row.meeting_id),
        call=row.call,
        delegation_id=None if row.delegation_id is None else DelegationId(row.delegation_id),
        delegation_key=key,
        region=row.region,
        reference=row.reference,
        stand=Stand(row.stand),
        version=row.version,
        sender=Sender(
            name=row.name,
            institution=row.institution,
            position=row.position,
            email=row.email,
            language=row.language,
        ),
        link_generation=row.link_generation,
        reason=row.reason,
        created_at=row.created_at_utc,
        changed_at=row.changed_at_utc,
        confirmed_at=row.confirmed_at_utc,
        submitted_at=row.submitted_at_utc,
        decided_at=row.decided_at_utc,
        published_at=row.published_at_utc,
        erased_at=row.erased_at_utc,
    )
