"""A file that could not be made anew: its bytes destroyed, and everybody told who waits for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import CLOCK, Event, Occasion
from registration.domain.ids import FileId, RegistrationId
from registration.domain.papers import Condition, FileRole, LockedFile
from registration.domain.registrations import Registration
from registration.domain.states import FINAL, Actor
from registration.registrar.office import Office
from registration.registrar.steps import write_line
from registration.store import reading
from registration.store.writing import papers, registrations


def fail(office: Office, file: LockedFile, *, at: datetime) -> bool:
    """Say that the file failed and destroy what came; returns False where it changed meanwhile.

    The registration's row is held before the file's, as by all moves, and asked for once more
    after: a form that was just taken may have kept the file while this waited for it.
    """
    with office.database.writing() as session:
        _hold(session, file.entry_id)
        is_emptied = papers.empty_file(session, file)
        registration = _hold(session, file.entry_id) if is_emptied else None
        if registration is not None:
            _tell(session, registration, file, at)
    if is_emptied:
        office.vault.destroy(file.blob)
        office.ring()
    return is_emptied


def tell_of_passport(
    session: Session, registration: Registration, *, cause_id: UUID, at: datetime
) -> None:
    """Put the mail that asks for another copy into the outbox, if the entry's copy failed."""
    if has_failed(session, registration.passport):
        _mail(session, registration, Occasion.PASSPORT_FAILED, cause_id=cause_id, at=at)


def has_failed(session: Session, id: FileId | None) -> bool:
    """Return whether there is such a file, and nothing left of it."""
    file = None if id is None else reading.find_file(session, id)
    return file is not None and file.condition is Condition.FAILED


def _hold(session: Session, id: RegistrationId) -> Registration | None:
    if reading.find_registration(session, id) is None:
        return None
    registrations.lock_registration(session, id)
    return reading.get_registration(session, id)


def _tell(session: Session, registration: Registration, file: LockedFile, at: datetime) -> None:
    """Write the line, and the mail where the file is the one that counts.

    An address that was never confirmed is not written to: it hears of it once it is (`confirming`).
    """
    line = write_line(
        session,
        registration.id,
        event=Event.FILE_FAILED,
        by=CLOCK,
        at=at,
        facts={"role": file.role.value, "file": str(file.id)},
    )
    occasion = _occasion(session, registration, file)
    may_be_told = registration.confirmed_at is not None and registration.state not in FINAL
    if occasion is not None and may_be_told:
        _mail(session, registration, occasion, cause_id=line, at=at)


def _occasion(session: Session, registration: Registration, file: LockedFile) -> Occasion | None:
    """Return what the delegate is told, or None of a file that another one has replaced."""
    if file.role is FileRole.PASSPORT:
        return Occasion.PASSPORT_FAILED if registration.passport == file.id else None
    if file.role is not FileRole.SIGNED_LETTER:
        return None
    acceptance = reading.find_acceptance(session, registration.id)
    # What the Secretariat recorded is its own affair: its desk shows it.
    is_own = (
        acceptance is not None
        and acceptance.signed_letter_id == file.id
        and acceptance.by is Actor.DELEGATE
    )
    return Occasion.SCAN_FAILED if is_own else None


def _mail(
    session: Session,
    registration: Registration,
    occasion: Occasion,
    *,
    cause_id: UUID,
    at: datetime,
) -> None:
    papers.add_mail(
        session,
        cause_id=cause_id,
        occasion=occasion,
        recipient=registration.particulars.email,
        language=registration.particulars.language,
        at=at,
        registration_id=registration.id,
    )
