"""Opening a locked file: who, when and why is in the history before the first byte leaves."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.batches import Batch
from registration.domain.events import By, Event
from registration.domain.ids import FileId, RegistrationId
from registration.domain.openings import Why
from registration.domain.papers import Condition, FileRole, LockedFile
from registration.domain.registrations import Registration
from registration.domain.travel import is_traveller
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.receiving import unlock_file
from registration.registrar.steps import write_line
from registration.store import reading
from registration.store.writing import history


@dataclass(frozen=True)
class OpenedFile:
    """A file in clear. data: never written to disk."""

    file: LockedFile
    data: bytes = field(repr=False)


def open_file(
    office: Office, id: FileId, *, of: RegistrationId, by: By, why: Why, arrived_at: datetime
) -> OpenedFile:
    """Record the opening of a registration's file and return it.

    of: whose file it is taken for. why: the rule that allows it. Raises LookupError where there is
    no such file of this registration, its form was never taken, it is not made anew by us yet, or
    the rule says no; BoxWillNotOpen, BlobMissing or StorageFailed, after which the line of history
    stands even so.
    """
    with office.database.writing() as session:
        file = _get_own_file(session, id, of)
        if file.condition is not Condition.CLEAN:
            raise LookupError("not made anew")
        registration = reading.get_registration(session, of)
        if why is Why.FLIGHT:
            # The desk asked before; the entry may have been withdrawn since.
            _check_flight(session, registration, file)
        is_letter = file.role in {FileRole.LETTER, FileRole.RECORD}
        write_line(
            session,
            of,
            event=Event.LETTER_OPENED if is_letter else Event.FILE_OPENED,
            by=by,
            at=arrived_at,
            facts={"role": file.role.value, "why": why.value, "file": str(file.id)},
        )
    return OpenedFile(file, unlock_file(office, file))


def open_collection(office: Office, batch: Batch, *, by: By, arrived_at: datetime) -> OpenedFile:
    """Record in the meeting's history that a batch's paper leaves the house, and return it.

    Raises LookupError where it was not made yet, and what `unlock_file` raises.
    """
    if batch.file_id is None:
        raise LookupError("the paper is not made yet")
    with office.database.writing() as session:
        file = reading.get_file(session, batch.file_id)
        history.append_line(
            session,
            chain=reading.chain_of_meeting(batch.meeting_id),
            event=Event.COLLECTION_OPENED,
            by=by,
            at=arrived_at,
            facts={"kind": batch.kind.value, "batch": str(batch.id), "file": str(file.id)},
            details={},
        )
    return OpenedFile(file, unlock_file(office, file))


def read_erasure_record(office: Office, id: FileId) -> OpenedFile:
    """Return the record of an erasure, without a line: it is about nobody. Raises LookupError for
    any other kind of file, and what `unlock_file` raises."""
    with office.database.reading() as session:
        file = reading.get_file(session, id)
    if file.role is not FileRole.ERASURE_RECORD:
        raise LookupError("not a record of an erasure")
    return OpenedFile(file, unlock_file(office, file))


def read_own_paper(office: Office, id: FileId, *, of: RegistrationId) -> OpenedFile:
    """Return a letter, a record or a ticket to the person it is for, without a line: they have it
    by mail. Raises LookupError for any other file, and what `unlock_file` raises."""
    with office.database.reading() as session:
        file = _get_own_file(session, id, of)
    if file.role not in {FileRole.LETTER, FileRole.RECORD, FileRole.TICKET}:
        raise LookupError("not a paper of ours")
    if file.condition is not Condition.CLEAN:
        raise LookupError("not made anew")
    return OpenedFile(file, unlock_file(office, file))


def _get_own_file(session: Session, id: FileId, of: RegistrationId) -> LockedFile:
    """A row that points at another entry's file does not make it this one's; the scan of the note
    verbale that the entry rests on is everybody's whom it names."""
    file = reading.get_file(session, id)
    if file.role is FileRole.NOMINATION:
        if file.entry_id != reading.get_registration(session, of).nomination_id:
            raise LookupError("a note verbale that names others")
    elif file.entry_id != of:
        raise LookupError("a file of another entry")
    return file


def _check_flight(session: Session, registration: Registration, file: LockedFile) -> None:
    meeting = get_meeting(session, registration.meeting_id)
    if file.role is not FileRole.PASSPORT or not is_traveller(meeting, registration):
        raise LookupError("not for the travel desk")
