"""Rows of locked files, letters, acceptances and mails."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.orm import Session

from registration.domain.events import Occasion
from registration.domain.ids import DelegationId, FileId, LetterId, RegistrationId
from registration.domain.papers import Condition, LockedFile
from registration.store.tables.files import DbLockedFile
from registration.store.tables.letters import DbAcceptance, DbLetter
from registration.store.tables.mail import DbMail


def add_file(session: Session, file: LockedFile, *, kept: bool) -> None:
    """Add the row of a blob that lies in the vault already."""
    session.execute(
        insert(DbLockedFile).values(
            id=file.id,
            entry_id=file.entry_id,
            role=file.role,
            kept=kept,
            blob=file.blob,
            wrapped_key=file.wrapped_key,
            media_type=file.media_type,
            name=file.name,
            size=file.size,
            pages=file.pages,
            received_at_utc=file.received_at,
            condition=file.condition,
        )
    )


def keep_file(session: Session, id: FileId) -> bool:
    """Keep a waiting file; returns False where the sweep was faster, or where nothing is left."""
    result = session.execute(
        update(DbLockedFile)
        .where(DbLockedFile.id == id, DbLockedFile.condition != Condition.FAILED)
        .values(kept=True)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def release_file(session: Session, id: FileId) -> None:
    """Keep a file no longer: it is swept like one that no form kept."""
    session.execute(update(DbLockedFile).where(DbLockedFile.id == id).values(kept=False))


def forget_file(session: Session, id: FileId) -> bool:
    """Remove the row of a file that was never kept. Returns whether it was still there so."""
    result = session.execute(
        delete(DbLockedFile).where(DbLockedFile.id == id, DbLockedFile.kept.is_(False))
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def replace_file(session: Session, seen: LockedFile, by: LockedFile) -> bool:
    """Let the row name another blob, if it is still as it was seen and not clean yet.

    Returns whether it was: of two that made the same file anew one wins.
    """
    return _change_unclean(
        session,
        seen,
        blob=by.blob,
        wrapped_key=by.wrapped_key,
        media_type=by.media_type,
        name=by.name,
        size=by.size,
        pages=by.pages,
        condition=by.condition,
    )


def empty_file(session: Session, seen: LockedFile) -> bool:
    """Say that the file failed and forget the key of its bytes, if it is still as it was seen.

    The blob has a name of no blob from now on, so that the sweep finds what a fault left behind.
    """
    gone = {"blob": f"destroyed {seen.id}", "wrapped_key": b"", "size": 0}
    return _change_unclean(session, seen, **gone, condition=Condition.FAILED)


def count_attempt(session: Session, seen: LockedFile) -> int:
    """Count a try that came to no end; return how many there were, or 0 where the file is not any
    more as it was seen."""
    if not _change_unclean(session, seen, attempts=DbLockedFile.attempts + 1):
        return 0
    query = select(DbLockedFile.attempts).where(DbLockedFile.id == seen.id)
    return session.scalars(query).one()


def _change_unclean(session: Session, seen: LockedFile, **columns: object) -> bool:
    result = session.execute(
        update(DbLockedFile)
        .where(
            DbLockedFile.id == seen.id,
            DbLockedFile.blob == seen.blob,
            DbLockedFile.condition == Condition.WAITING,
        )
        .values(**columns)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def add_letter(session: Session, **columns: object) -> None:
    """Add a letter. Raises IntegrityError where this issue exists."""
    session.execute(insert(DbLetter).values(**columns))


def withdraw_letters(session: Session, registration_id: RegistrationId, *, at: datetime) -> None:
    """Say of the registration's letters that they are withdrawn since the moment."""
    session.execute(
        update(DbLetter)
        .where(DbLetter.registration_id == registration_id, DbLetter.withdrawn_at_utc.is_(None))
        .values(withdrawn_at_utc=at)
    )


def add_acceptance(session: Session, **columns: object) -> None:
    """Add an acceptance. Raises IntegrityError where the letter is accepted already."""
    session.execute(insert(DbAcceptance).values(**columns))


def add_mail(
    session: Session,
    *,
    cause_id: UUID,
    occasion: Occasion,
    recipient: str,
    language: str,
    at: datetime,
    registration_id: RegistrationId | None,
    letter_id: LetterId | None = None,
    acceptance_id: UUID | None = None,
    facts: Mapping[str, str] | None = None,
    facts_wrapped_key: bytes | None = None,
    delegation_id: DelegationId | None = None,
    submission_id: UUID | None = None,
    words_id: UUID | None = None,
) -> None:
    """Put a mail into the outbox, due at once. The same one twice is refused by the schema.

    delegation_id: of a mail to its focal point. submission_id: of one about what was sent to a
    call.
    """
    session.execute(
        insert(DbMail).values(
            id=uuid4(),
            cause_id=cause_id,
            occasion=occasion,
            recipient=recipient,
            language=language,
            registration_id=registration_id,
            delegation_id=delegation_id,
            submission_id=submission_id,
            letter_id=letter_id,
            acceptance_id=acceptance_id,
            facts=dict(facts or {}),
            facts_wrapped_key=facts_wrapped_key,
            words_id=words_id,
            made_at_utc=at,
            due_at_utc=at,
        )
    )
