"""Files on their way in: made anew, locked and stored before any transaction, until a form keeps
them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from registration.domain.ids import FileId, RegistrationId
from registration.domain.papers import Condition, FileRole, LockedFile, bind
from registration.domain.refusals import FileFault
from registration.registrar.office import Office
from registration.store import reading
from registration.store.wrapping import KeyRetired
from registration.store.writing import papers
from registration.uploads.cleaning import IN_A_FORM, Cleaned, clean
from registration.uploads.decoder import DecoderFailed, Patience
from registration.uploads.kinds import recognise
from registration.uploads.names import rename
from registration.vault.storage import StorageFailed


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """A file for the vault. name: the sender's, cleaned, with the ending of what the file is now.

    pages: 1 for pictures, and for a file that waits to be made anew.
    """

    name: str
    media_type: str
    pages: int
    data: bytes = field(repr=False)
    condition: Condition = Condition.CLEAN


def make_anew(
    name: str, data: bytes, *, patience: Patience = IN_A_FORM
) -> ReceivedFile | FileFault:
    """Return the file made anew by us, or why it is not taken. name: the sender's, cleaned.

    What takes longer than a form can wait, or meets a busy machine, is returned as it came: the
    worker makes it anew (`registrar.cleaning`).
    """
    try:
        made = clean(data, patience=patience)
    except DecoderFailed:
        kind = recognise(data)
        assert kind is not None  # asked before any decoding
        return ReceivedFile(
            name=rename(name, kind.media_type),
            media_type=kind.media_type,
            pages=1,
            data=data,
            condition=Condition.WAITING,
        )
    return to_received(name, made) if isinstance(made, Cleaned) else made


def to_received(name: str, made: Cleaned) -> ReceivedFile:
    """Return what was made anew under the sender's name for it."""
    return ReceivedFile(
        name=rename(name, made.media_type),
        media_type=made.media_type,
        pages=made.pages,
        data=made.data,
    )


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
    if locked.condition is Condition.WAITING:
        office.ring()
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
        condition=file.condition,
    )


def unlock_file(office: Office, file: LockedFile) -> bytes:
    """Return the bytes in clear. Raises BoxWillNotOpen, BlobMissing or StorageFailed."""
    return office.vault.open(file.blob, file.wrapped_key, bound_to=file.binding)


def find_received(office: Office, entry: RegistrationId, role: FileRole) -> LockedFile | None:
    """Return the newest file that waits under this entry's id, or None where nothing is left of
    it."""
    newest = find_newest(office, entry, role)
    return None if newest is None or newest.condition is Condition.FAILED else newest


def find_newest(office: Office, entry: RegistrationId, role: FileRole) -> LockedFile | None:
    """Return the row of the newest file that waits under this entry's id, or None. It may say that
    the file failed since it came."""
    with office.database.reading() as session:
        return reading.find_waiting_file(session, entry, role)
