"""What personal data is still held, counted by kind, and what was erased."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from registration.domain.events import Event
from registration.domain.ids import FileId, MeetingId, RegistrationId
from registration.domain.journeys import Box
from registration.domain.papers import Condition, FileRole, MailStatus
from registration.domain.retention import Erasure, Kind, Reason, Remaining, Scope
from registration.domain.submissions import Stand
from registration.store.reading.history import chain_of_registration
from registration.store.reading.submissions import chain_of_submission
from registration.store.reading.travel import TABLES
from registration.store.tables.arrivals import DbArrival
from registration.store.tables.batches import DbBatch
from registration.store.tables.calls import DbSubmission
from registration.store.tables.desk import DbMessage, DbNote, DbText
from registration.store.tables.erasures import DbErasure
from registration.store.tables.files import DbLockedFile, DbPassportReading
from registration.store.tables.history import DbHistoryDetail, DbHistoryLine
from registration.store.tables.letters import DbAcceptance, DbLetter
from registration.store.tables.mail import DbMail
from registration.store.tables.meetings import DbDelegation
from registration.store.tables.nominations import DbNomination
from registration.store.tables.registrations import DbRegistration

_KINDS_OF_BOXES = {
    Box.TRAVEL: Kind.TRAVEL,
    Box.TICKET: Kind.TICKET,
    Box.STAY: Kind.STAY,
    Box.NEEDS: Kind.NEEDS,
}
_KINDS_OF_FILES = {
    FileRole.PASSPORT: Kind.PASSPORT,
    FileRole.TICKET: Kind.TICKET_FILE,
    FileRole.SIGNATURE: Kind.SIGNATURE,
    FileRole.SIGNED_LETTER: Kind.SIGNED_LETTER,
    FileRole.LETTER: Kind.LETTER,
    FileRole.RECORD: Kind.RECORD,
    FileRole.CERTIFICATE: Kind.RECORD,
    FileRole.COLLECTION: Kind.COLLECTION,
    FileRole.REQUEST: Kind.REQUEST,
    FileRole.NOMINATION: Kind.NOMINATION,
    FileRole.ATTACHMENT: Kind.SUBMISSION,
}


def count_held(session: Session, meeting_id: MeetingId, one: UUID | None = None) -> dict[Kind, int]:
    """Return how much of each kind is held of the meeting, or of one entry or submission of it (ids
    are random, so that one names either); 0 is told too.

    Papers made for many count as the meeting's, and as everybody's whom they may name; the scan of
    a note verbale as everybody's who rests on it.
    """
    entries, sent = _entries(meeting_id, one), _submissions(meeting_id, one)
    is_of_them = or_(
        DbLockedFile.entry_id.in_(entries),
        DbLockedFile.entry_id.in_(_batches(meeting_id, one)),
        DbLockedFile.entry_id.in_(_nominations(meeting_id, one)),
        DbLockedFile.entry_id.in_(sent),
    )
    is_held = DbLockedFile.condition != Condition.ERASED
    counts = dict.fromkeys(Kind, 0)
    query = select(DbLockedFile.role, func.count()).where(is_of_them, is_held)
    for role, number in session.execute(query.group_by(DbLockedFile.role)):
        counts[_KINDS_OF_FILES[FileRole(role)]] += number
    readings = select(DbLockedFile.id).where(DbLockedFile.entry_id.in_(entries))
    counts[Kind.READING] = _count(session, DbPassportReading.file_id.in_(readings))
    for box, table in TABLES.items():
        counts[_KINDS_OF_BOXES[box]] += _count(
            session,
            table.registration_id.in_(entries),  # type: ignore[attr-defined]  # all four have it
        )
    counts[Kind.PERSON] = _count(
        session, DbRegistration.id.in_(entries), DbRegistration.erased_at_utc.is_(None)
    )
    counts[Kind.ACCEPTANCE] = _count(
        session, DbAcceptance.registration_id.in_(entries), DbAcceptance.typed_name != ""
    )
    counts[Kind.NOTE] = _count(session, DbNote.registration_id.in_(entries))
    counts[Kind.MAIL] = _count(
        session, or_(DbMail.registration_id.in_(entries), DbMail.submission_id.in_(sent))
    )
    counts[Kind.SUBMISSION] += _count(
        session, DbSubmission.id.in_(sent), DbSubmission.erased_at_utc.is_(None)
    )
    counts[Kind.HISTORY] = _count(
        session, DbHistoryDetail.line_id.in_(_lines(session, meeting_id, one))
    )
    return counts


def count_remaining(
    session: Session, meeting_id: MeetingId, one: UUID | None = None
) -> dict[Remaining, int]:
    """Return how much there is that an erasure leaves: numbers, digests and moments."""
    entries, lines = _entries(meeting_id, one), _lines(session, meeting_id, one)
    return {
        Remaining.REGISTRATION: _count(session, DbRegistration.id.in_(entries)),
        Remaining.LETTER: _count(session, DbLetter.registration_id.in_(entries)),
        Remaining.ACCEPTANCE: _count(session, DbAcceptance.registration_id.in_(entries)),
        Remaining.HISTORY: _count(session, DbHistoryLine.id.in_(lines)),
        Remaining.ARRIVAL: _count(session, DbArrival.registration_id.in_(entries)),
        Remaining.SUBMISSION: _count(session, DbSubmission.id.in_(_submissions(meeting_id, one))),
    }


def names_anybody(session: Session, meeting_id: MeetingId) -> bool:
    """Return whether rows of the meeting that belong to no entry name somebody: who speaks for a
    delegation, what was written to them, and who of the staff did what. A meeting nobody came to
    has them too."""
    delegations = select(DbDelegation.id).where(DbDelegation.meeting_id == meeting_id)
    named = [DbDelegation.meeting_id == meeting_id, DbDelegation.focal_email.is_not(None)]
    found = _count(session, *named) + _count(session, DbMail.delegation_id.in_(delegations))
    return bool(found) or any(
        _count(session, table.meeting_id == meeting_id, table.staff_name != "")
        for table in (DbBatch, DbMessage, DbText)
    )


def list_entries(session: Session, meeting_id: MeetingId) -> list[RegistrationId]:
    """Return the ids of the meeting's registrations, erased ones too, the oldest first."""
    query = _entries(meeting_id, None).order_by(DbRegistration.created_at_utc, DbRegistration.id)
    return [RegistrationId(id) for id in session.scalars(query)]


def list_held_submissions(session: Session, meeting_id: MeetingId) -> list[UUID]:
    """Return the ids of what was sent to the meeting's calls and is still held, the oldest
    first."""
    query = _submissions(meeting_id, None).where(DbSubmission.erased_at_utc.is_(None))
    return list(session.scalars(query.order_by(DbSubmission.created_at_utc, DbSubmission.id)))


def is_being_told(session: Session, submission_id: UUID) -> bool:
    """Return whether a message about what was sent is still on its way."""
    mails = (DbMail.submission_id == submission_id, DbMail.status == MailStatus.DUE)
    return bool(_count(session, *mails))


def count_unneeded(session: Session, meeting_id: MeetingId) -> int:
    """Return how much of what was sent to the meeting's calls the site has erased by itself because
    nobody needed it. Each has a line of history that says so, and no record."""
    ended = _submissions(meeting_id, None).where(
        DbSubmission.stand.in_([Stand.LAPSED, Stand.WITHDRAWN]),
        DbSubmission.erased_at_utc.is_not(None),
    )
    return _count(
        session,
        DbHistoryLine.chain.in_([chain_of_submission(id) for id in session.scalars(ended)]),
        DbHistoryLine.event == Event.ERASED,
        DbHistoryLine.facts["reason"].as_string() == Reason.UNNEEDED,
    )


def is_back(session: Session, id: UUID) -> bool:
    """Return whether the entry or the submission, erased once, is there as if it never was."""
    return any(
        _count(session, table.id == id, table.erased_at_utc.is_(None))
        for table in (DbRegistration, DbSubmission)
    )


def list_erased_blobs(session: Session) -> set[str]:
    """Return the names of the blobs that are to be destroyed, or are."""
    is_erased = DbLockedFile.condition == Condition.ERASED
    return set(session.scalars(select(DbLockedFile.blob).where(is_erased)))


def list_erasures(session: Session, meeting_id: MeetingId) -> list[Erasure]:
    """Return the meeting's erasures, the newest first."""
    return _erasures(session, DbErasure.meeting_id == meeting_id)


def list_unfinished(session: Session) -> list[Erasure]:
    """Return the erasures that have no record yet, of all meetings, the newest first."""
    return _erasures(session, DbErasure.record_id.is_(None))


def find_erasure(session: Session, id: UUID) -> Erasure | None:
    """Return the erasure, or None."""
    return next(iter(_erasures(session, DbErasure.id == id)), None)


def find_erased_reference(session: Session, erasure: Erasure) -> str | None:
    """Return the number of the entry or the submission that the erasure is of, or None."""
    for table in (DbRegistration, DbSubmission):
        found = session.scalar(select(table.reference).where(table.id == erasure.one))
        if found is not None:
            return found
    return None


def _erasures(session: Session, which: ColumnElement[bool]) -> list[Erasure]:
    query = select(DbErasure).where(which).order_by(DbErasure.erased_at_utc.desc(), DbErasure.id)
    rows = session.scalars(query.execution_options(populate_existing=True))
    return [_erasure(row) for row in rows]


def _erasure(row: DbErasure) -> Erasure:
    erased: Mapping[str, int] = row.erased
    remains: Mapping[str, int] = row.remains
    return Erasure(
        id=row.id,
        meeting_id=MeetingId(row.meeting_id),
        registration_id=None
        if row.registration_id is None
        else RegistrationId(row.registration_id),
        submission_id=row.submission_id,
        scope=Scope(row.scope),
        reason=Reason(row.reason),
        asked_by=row.asked_by,
        erased={kind: erased[kind] for kind in Kind if erased.get(kind)},
        remains={each: remains[each] for each in Remaining if remains.get(each)},
        erased_at=row.erased_at_utc,
        record=None if row.record_id is None else FileId(row.record_id),
    )


def _entries(meeting_id: MeetingId, one: UUID | None) -> Select[UUID]:
    query = select(DbRegistration.id).where(DbRegistration.meeting_id == meeting_id)
    return query if one is None else query.where(DbRegistration.id == one)


def _submissions(meeting_id: MeetingId, one: UUID | None) -> Select[UUID]:
    """What was sent to the meeting's calls."""
    query = select(DbSubmission.id).where(DbSubmission.meeting_id == meeting_id)
    return query if one is None else query.where(DbSubmission.id == one)


def _batches(meeting_id: MeetingId, one: UUID | None) -> Select[UUID]:
    """Papers made for many. They name entries, and nobody who sent something to a call."""
    query = select(DbBatch.id).where(DbBatch.meeting_id == meeting_id)
    return query if one is None else query.where(_entries(meeting_id, one).exists())


def _nominations(meeting_id: MeetingId, one: UUID | None) -> Select[UUID | None]:
    if one is not None:
        return select(DbRegistration.nomination_id).where(DbRegistration.id == one)
    return select(DbNomination.id).join(DbDelegation).where(DbDelegation.meeting_id == meeting_id)


def _lines(session: Session, meeting_id: MeetingId, one: UUID | None) -> Select[UUID]:
    """The lines of the one's chain, or of all chains of the meeting and its own."""
    entries = session.scalars(_entries(meeting_id, one))
    sent = session.scalars(_submissions(meeting_id, one))
    chains = [chain_of_registration(RegistrationId(id)) for id in entries]
    chains += [chain_of_submission(id) for id in sent]
    if one is None:
        chains.append(f"meeting:{meeting_id}")
    return select(DbHistoryLine.id).where(DbHistoryLine.chain.in_(chains))


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*where)) or 0
