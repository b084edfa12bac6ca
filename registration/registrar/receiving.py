"""Files on their way in: locked and stored before any transaction, until a form keeps them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from registration.domain.ids import FileId, RegistrationId
from registration.domain.papers import FileRole, LockedFile, bind
from registration.registrar.office import Office
from registration.store import reading
from registration.store.wrapping import KeyRetired
from registration.store.writing import papers
from registration.vault.storage import StorageFailed


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """A file that was judged good. name: the sender's, cleaned. pages: 1 for pictures."""

    name: str
    media_type: str
    pages: int
    data: bytes = field(repr=False)


def receive_file(
    office: Office,
    entry: RegistrationId,
    role: FileRole,
    file: ReceivedFile,
    *,
    arrived_at: datetime,
) -> LockedFile:
    """Lock the file under the entry's id and keep it for two hours, or until a form is taken.

    entry: the id of the form, which becomes the registration's. Raises StorageFailed.
    """
    locked = lock_file(office, entry, role, file, at=arrived_at)
    try:
        with office.database.writing() as session:
            papers.add_file(session, locked, kept=False)
    except KeyRetired as fault:
        office.vault.destroy(locked.blob)
        raise StorageFailed("a key that was retired locks nothing") from fault
    return locked


def lock_file(
    office: Office, entry: RegistrationId, role: FileRole, file: ReceivedFile, *, at: datetime
) -> LockedFile:
    """Put the file into the vault, bound to its entry, and return the row that is still to be
    written. Whoever does not write it destroys the blob."""
    box = office.vault.put(file.data, bound_to=bind(role, entry))
    return LockedFile(
        id=FileId(uuid4()),
        entry_id=entry,
        role=role,
        blob=box.blob,
        wrapped_key=box.wrapped_key,
        media_type=file.media_type,
        name=file.name,
        size=box.size,
        pages=file.pages,
        received_at=at,
    )


def unlock_file(office: Office, file: LockedFile) -> bytes:
    """Return the bytes in clear. Raises BoxWillNotOpen, BlobMissing or StorageFailed."""
    return office.vault.open(file.blob, file.wrapped_key, bound_to=file.binding)


def find_received(office: Office, entry: RegistrationId, role: FileRole) -> LockedFile | None:
    """Return the newest file that waits under this entry's id, or None."""
    with office.database.reading() as session:
        return reading.find_waiting_file(session, entry, role)
