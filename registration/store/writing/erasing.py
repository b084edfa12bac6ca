"""Emptying what is personal (`store.personal` lists it), and the rows of erasures."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, CursorResult, delete, insert, select, update
from sqlalchemy.orm import Session

from registration.domain.ids import FileId, MeetingId, RegistrationId
from registration.domain.journeys import Box
from registration.domain.papers import Condition, FileRole
from registration.domain.retention import Erasure, Kind, Reason, Remaining, Scope
from registration.store.personal import EMPTIED, MADE_UNIQUE
from registration.store.tables.batches import DbBatch
from registration.store.tables.calls import DbAnswer, DbAttachment, DbSubmission
from registration.store.tables.desk import DbMessage, DbNote, DbText
from registration.store.tables.erasures import DbErasure
from registration.store.tables.files import DbLockedFile, DbPassportReading
from registration.store.tables.history import DbHistoryDetail, DbHistoryLine
from registration.store.tables.letters import DbAcceptance, DbLetter
from registration.store.tables.mail import DbMail
from registration.store.tables.meetings import DbDelegation, DbMeeting
from registration.store.tables.nominations import DbNomination
from registration.store.tables.registrations import DbRegistration
from registration.store.writing.travel import remove_box


def erase_passports(session: Session, id: RegistrationId) -> None:
    """Delete the keys of the entry's passports and tickets, what was read in them, and what was
    told and arranged for the journey."""
    roles = [FileRole.PASSPORT, FileRole.TICKET]
    _erase_files(session, DbLockedFile.entry_id == id, DbLockedFile.role.in_(roles))
    _erase_journey(session, id)
    session.execute(update(DbRegistration).where(DbRegistration.id == id).values(passport_id=None))


def erase_person(session: Session, id: RegistrationId, *, chain: str, at: datetime) -> None:
    """Delete the keys of all files of the entry, and empty whatever is personal in its rows.

    The scan of the note verbale that it rests on goes too: it names the person. chain: the entry's
    own. The row is held. Number, state, seat and digests stay.
    """
    rests_on = select(DbRegistration.nomination_id).where(DbRegistration.id == id)
    _erase_files(session, DbLockedFile.entry_id == id)
    _erase_files(session, DbLockedFile.entry_id.in_(rests_on))
    session.execute(delete(DbNote).where(DbNote.registration_id == id))
    _erase_journey(session, id)
    session.execute(delete(DbMail).where(DbMail.registration_id == id))
    erase_details(session, chain)
    for table in (DbLetter, DbAcceptance):
        session.execute(
            update(table).where(table.registration_id == id).values(**EMPTIED[table.__tablename__])
        )
    own = dict.fromkeys(MADE_UNIQUE["registration"], f"erased {id}")
    session.execute(
        update(DbRegistration)
        .where(DbRegistration.id == id)
        .values(**EMPTIED["registration"], **own, erased_at_utc=at)
    )


def erase_submission(session: Session, id: UUID, *, chain: str, at: datetime) -> dict[Kind, int]:
    """Delete the answers, files and mails of what was sent to a call, and empty whatever is
    personal in its row; return how much there was. Number, call, stand and moments stay."""
    files = _erase_files(session, DbLockedFile.entry_id == id)
    for table in (DbAnswer, DbAttachment):
        session.execute(delete(table).where(table.submission_id == id))
    mails = session.execute(delete(DbMail).where(DbMail.submission_id == id))
    told = erase_details(session, chain)
    own = dict.fromkeys(MADE_UNIQUE["submission"], f"erased {id}")
    session.execute(
        update(DbSubmission)
        .where(DbSubmission.id == id)
        .values(**EMPTIED["submission"], **own, erased_at_utc=at)
    )
    assert isinstance(mails, CursorResult)
    return {Kind.SUBMISSION: 1 + files, Kind.MAIL: mails.rowcount, Kind.HISTORY: told}


def erase_collections(session: Session, meeting_id: MeetingId) -> None:
    """Delete the keys of the papers that the meeting's batches made for many."""
    batches = select(DbBatch.id).where(DbBatch.meeting_id == meeting_id)
    session.execute(update(DbBatch).where(DbBatch.meeting_id == meeting_id).values(file_id=None))
    _erase_files(session, DbLockedFile.entry_id.in_(batches))


def erase_notes_verbales(session: Session, meeting_id: MeetingId) -> None:
    """Delete the keys of the scans that nobody rests on any more."""
    of_meeting = (
        select(DbNomination.id).join(DbDelegation).where(DbDelegation.meeting_id == meeting_id)
    )
    _erase_files(session, DbLockedFile.entry_id.in_(of_meeting))


def forget_staff(session: Session, meeting_id: MeetingId) -> None:
    """Forget who of the staff asked for the meeting's papers and worded its texts, what they wrote
    to its people, and who spoke for its delegations with what was written to them; the accounts'
    numbers stay."""
    for table in (DbBatch, DbMessage, DbText):
        session.execute(
            update(table)
            .where(table.meeting_id == meeting_id)
            .values(**EMPTIED[table.__tablename__])
        )
    delegations = select(DbDelegation.id).where(DbDelegation.meeting_id == meeting_id)
    session.execute(delete(DbMail).where(DbMail.delegation_id.in_(delegations)))
    session.execute(
        update(DbDelegation)
        .where(DbDelegation.meeting_id == meeting_id)
        .values(**EMPTIED["delegation"])
    )
    erase_details(session, f"meeting:{meeting_id}")


def erase_details(session: Session, chain: str) -> int:
    """Delete the personal facts of a chain and return of how many lines; their digests stay, so
    that it holds together."""
    lines = select(DbHistoryLine.id).where(DbHistoryLine.chain == chain)
    result = session.execute(delete(DbHistoryDetail).where(DbHistoryDetail.line_id.in_(lines)))
    assert isinstance(result, CursorResult)
    return result.rowcount


def open_erasure(
    session: Session,
    meeting_id: MeetingId,
    *,
    scope: Scope,
    reason: Reason,
    at: datetime,
    asked_by: int | None = None,
    registration_id: RegistrationId | None = None,
    submission_id: UUID | None = None,
) -> UUID:
    """Return the id of the meeting's erasure that a kill left unfinished, or of a new one. One of
    a single entry or submission is always new."""
    # Two workers at the same moment make one of it.
    session.execute(select(DbMeeting.id).where(DbMeeting.id == meeting_id).with_for_update())
    query = select(DbErasure.id).where(
        DbErasure.meeting_id == meeting_id,
        DbErasure.scope == scope,
        DbErasure.record_id.is_(None),
        DbErasure.registration_id.is_(None),
        DbErasure.submission_id.is_(None),
    )
    is_of_one = registration_id is not None or submission_id is not None
    begun = None if is_of_one else session.scalar(query)
    if begun is not None:
        return begun
    id = uuid4()
    session.execute(
        insert(DbErasure).values(
            id=id,
            meeting_id=meeting_id,
            registration_id=registration_id,
            submission_id=submission_id,
            scope=scope,
            reason=reason,
            asked_by=asked_by,
            erased={},
            remains={},
            erased_at_utc=at,
        )
    )
    return id


def add_counts(session: Session, id: UUID, counts: Mapping[Kind, int]) -> None:
    """Add to what the erasure has erased."""
    row = session.get_one(DbErasure, id, with_for_update=True)
    row.erased = {
        kind.value: number
        for kind in Kind
        if (number := row.erased.get(kind, 0) + counts.get(kind, 0))
    }
    session.flush()


def close_erasure(
    session: Session, id: UUID, *, remains: Mapping[Remaining, int], record: FileId
) -> bool:
    """Say what remains and which record says so; returns False where that was done before."""
    result = session.execute(
        update(DbErasure)
        .where(DbErasure.id == id, DbErasure.record_id.is_(None))
        .values(remains={each.value: remains[each] for each in remains}, record_id=record)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def forget_erasure(session: Session, erasure: Erasure) -> bool:
    """Delete the row of an erasure that is finished and of which no record is made. Returns False
    where more was erased since it was read, or another worker was faster."""
    row = session.get(DbErasure, erasure.id, with_for_update=True)
    if row is None or row.erased != {kind.value: n for kind, n in erasure.erased.items()}:
        return False
    session.delete(row)
    return True


def _erase_journey(session: Session, id: RegistrationId) -> None:
    for box in Box:
        remove_box(session, box, id)


def _erase_files(session: Session, *which: ColumnElement[bool]) -> int:
    found = select(DbLockedFile.id).where(*which)
    session.execute(delete(DbPassportReading).where(DbPassportReading.file_id.in_(found)))
    result = session.execute(
        update(DbLockedFile)
        .where(*which, DbLockedFile.condition != Condition.ERASED)
        .values(**EMPTIED["locked_file"], condition=Condition.ERASED)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount
