"""Locked files, letters, acceptances and mails."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registration.domain.ids import FileId, LetterId, RegistrationId
from registration.domain.papers import (
    Acceptance,
    Condition,
    FileRole,
    IssuedLetter,
    LockedFile,
    MailNotice,
    MailStatus,
)
from registration.domain.states import Actor
from registration.store.tables.files import DbLockedFile
from registration.store.tables.letters import DbAcceptance, DbLetter
from registration.store.tables.mail import DbMail


def find_file(session: Session, id: FileId) -> LockedFile | None:
    """Return the locked file, or None; of one that was erased nothing is left to open."""
    row = session.get(DbLockedFile, id)
    return None if row is None or row.condition == Condition.ERASED else to_file(row)


def get_file(session: Session, id: FileId) -> LockedFile:
    """Return the locked file. Raises LookupError."""
    found = find_file(session, id)
    if found is None:
        raise LookupError("no such file")
    return found


def find_waiting_file(
    session: Session, entry_id: RegistrationId, role: FileRole
) -> LockedFile | None:
    """Return the newest file that was sent with a form of this entry and is not kept yet."""
    query = (
        select(DbLockedFile)
        .where(
            DbLockedFile.entry_id == entry_id,
            DbLockedFile.role == role,
            DbLockedFile.kept.is_(False),
            DbLockedFile.condition != Condition.ERASED,
        )
        .order_by(DbLockedFile.received_at_utc.desc(), DbLockedFile.id)
    )
    row = session.scalars(query.limit(1)).first()
    return None if row is None else to_file(row)


def find_kept_file(session: Session, entry_id: RegistrationId, role: FileRole) -> LockedFile | None:
    """Return the newest file of this role that is kept with the entry, or None."""
    query = (
        select(DbLockedFile)
        .where(
            DbLockedFile.entry_id == entry_id,
            DbLockedFile.role == role,
            DbLockedFile.kept.is_(True),
            DbLockedFile.condition != Condition.ERASED,
        )
        .order_by(DbLockedFile.received_at_utc.desc(), DbLockedFile.id)
    )
    row = session.scalars(query.limit(1)).first()
    return None if row is None else to_file(row)


def list_files_to_sweep(session: Session, before: datetime) -> list[LockedFile]:
    """Return the files that wait since before the moment and were never kept."""
    query = select(DbLockedFile).where(
        DbLockedFile.kept.is_(False), DbLockedFile.received_at_utc <= before
    )
    return [to_file(row) for row in session.scalars(query)]


def list_unclean_files(session: Session) -> list[LockedFile]:
    """Return the files that are still as they came, the least tried and then the oldest first."""
    query = select(DbLockedFile).where(DbLockedFile.condition == Condition.WAITING)
    ordered = query.order_by(DbLockedFile.attempts, DbLockedFile.received_at_utc, DbLockedFile.id)
    return [to_file(row) for row in session.scalars(ordered)]


def list_blobs(session: Session) -> set[str]:
    """Return the names of all blobs that a row knows and that are to be there.

    Of a file that failed or was erased there is none.
    """
    is_there = DbLockedFile.condition.not_in([Condition.FAILED, Condition.ERASED])
    return set(session.scalars(select(DbLockedFile.blob).where(is_there)))


def list_letters(session: Session, registration_id: RegistrationId) -> list[IssuedLetter]:
    """Return the registration's letters, the newest first."""
    query = _letters().where(DbLetter.registration_id == registration_id)
    return [_letter(*row) for row in session.execute(query.order_by(DbLetter.issue.desc()))]


def find_newest_letter(session: Session, registration_id: RegistrationId) -> IssuedLetter | None:
    """Return the registration's newest letter, or None."""
    letters = list_letters(session, registration_id)
    return letters[0] if letters else None


def get_letter(session: Session, id: LetterId) -> IssuedLetter:
    """Return the letter. Raises LookupError."""
    row = session.execute(_letters().where(DbLetter.id == id)).first()
    if row is None:
        raise LookupError("no such letter")
    return _letter(*row)


def find_letter_by_code(session: Session, digest: bytes) -> IssuedLetter | None:
    """Return the letter whose QR bears the code with this digest (`links.tokens`)."""
    row = session.execute(_letters().where(DbLetter.code_digest == digest)).first()
    return None if row is None else _letter(*row)


def find_letter_by_sha256(session: Session, sha256: str) -> IssuedLetter | None:
    """Return the letter whose sealed file has this SHA-256 (hexadecimal), or None."""
    row = session.execute(_letters().where(DbLetter.sha256 == sha256)).first()
    return None if row is None else _letter(*row)


def find_letter_by_number(session: Session, number: str) -> IssuedLetter | None:
    """Return the letter with this number, or None."""
    row = session.execute(_letters().where(DbLetter.number == number)).first()
    return None if row is None else _letter(*row)


def find_acceptance(session: Session, registration_id: RegistrationId) -> Acceptance | None:
    """Return the acceptance of the registration's newest accepted letter, or None."""
    query = (
        select(DbAcceptance, DbLetter.number)
        .join(DbLetter, DbLetter.id == DbAcceptance.letter_id)
        .where(DbAcceptance.registration_id == registration_id)
        .order_by(DbLetter.issue.desc())
    )
    row = session.execute(query.limit(1)).first()
    return None if row is None else _acceptance(row[0], row[1])


def get_acceptance(session: Session, id: UUID) -> Acceptance:
    """Return the acceptance. Raises LookupError."""
    query = (
        select(DbAcceptance, DbLetter.number)
        .join(DbLetter, DbLetter.id == DbAcceptance.letter_id)
        .where(DbAcceptance.id == id)
    )
    row = session.execute(query).first()
    if row is None:
        raise LookupError("no such acceptance")
    return _acceptance(row[0], row[1])


def list_mails(session: Session, registration_id: RegistrationId) -> list[MailNotice]:
    """Return the entry's mails, the newest first."""
    query = select(DbMail).where(DbMail.registration_id == registration_id)
    ordered = query.order_by(DbMail.made_at_utc.desc(), DbMail.occasion, DbMail.recipient)
    return [
        to_notice(row) for row in session.scalars(ordered.execution_options(populate_existing=True))
    ]


def list_mails_of_submission(session: Session, submission_id: UUID) -> list[MailNotice]:
    """Return the mails about what was sent to a call, the newest first."""
    query = select(DbMail).where(DbMail.submission_id == submission_id)
    ordered = query.order_by(DbMail.made_at_utc.desc(), DbMail.occasion, DbMail.recipient)
    return [to_notice(row) for row in session.scalars(ordered)]


def _letters() -> Select[DbLetter, str, datetime | None]:
    newest, following = (DbLetter.__table__.alias(each) for each in ("newest", "following"))
    number = (
        select(newest.c.number)
        .where(newest.c.registration_id == DbLetter.registration_id)
        .order_by(newest.c.issue.desc())
        .limit(1)
        .scalar_subquery()
    )
    replaced_at = (
        select(following.c.issued_at_utc)
        .where(
            following.c.registration_id == DbLetter.registration_id,
            following.c.issue > DbLetter.issue,
        )
        .order_by(following.c.issue)
        .limit(1)
        .scalar_subquery()
    )
    return select(DbLetter, number, replaced_at)


def _letter(row: DbLetter, newest_number: str, replaced_at: datetime | None) -> IssuedLetter:
    return IssuedLetter(
        id=LetterId(row.id),
        registration_id=RegistrationId(row.registration_id),
        issue=row.issue,
        number=row.number,
        language=row.language,
        full_name=row.full_name,
        file_id=FileId(row.file_id),
        sha256=row.sha256,
        issued_at=row.issued_at_utc,
        withdrawn_at=row.withdrawn_at_utc,
        newest_number=newest_number,
        replaced_at=replaced_at,
        words_sha256=row.words_sha256,
    )


def to_file(row: DbLockedFile) -> LockedFile:
    """Return the row as a value."""
    return LockedFile(
        id=FileId(row.id),
        entry_id=RegistrationId(row.entry_id),
        role=FileRole(row.role),
        blob=row.blob,
        wrapped_key=row.wrapped_key,
        media_type=row.media_type,
        name=row.name,
        size=row.size,
        pages=row.pages,
        received_at=row.received_at_utc,
        condition=Condition(row.condition),
    )


def _acceptance(row: DbAcceptance, letter_number: str) -> Acceptance:
    return Acceptance(
        id=row.id,
        letter_id=LetterId(row.letter_id),
        letter_number=letter_number,
        typed_name=row.typed_name,
        accepted_at=row.accepted_at_utc,
        by=Actor(row.by),
        entered_by=row.entered_by,
        record_id=FileId(row.record_id),
        signed_letter_id=None if row.signed_letter_id is None else FileId(row.signed_letter_id),
    )


def to_notice(row: DbMail) -> MailNotice:
    """Return what the desk and the commands are told of a mail: never its words."""
    return MailNotice(
        id=row.id,
        occasion=row.occasion,
        recipient=row.recipient,
        language=row.language,
        status=MailStatus(row.status),
        attempts=row.attempts,
        made_at=row.made_at_utc,
        sent_at=row.sent_at_utc,
        last_error=row.last_error,
    )
