"""The machine's reading of passports: each counted, in the history before a byte is opened, and its
two lines kept locked. Nothing follows from it but what the desk is shown."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from registration.domain.events import CLOCK, Event
from registration.domain.ids import FileId
from registration.domain.mrz import Lines
from registration.domain.openings import Why
from registration.domain.papers import LockedFile, ReadingStatus
from registration.registrar.office import Office
from registration.registrar.receiving import unlock_file
from registration.registrar.steps import write_line
from registration.store import reading
from registration.store.reading import PassportReading
from registration.store.writing import passports
from registration.uploads.decoder import DecoderFailed
from registration.uploads.kinds import FileKind
from registration.uploads.mrz_reader import MrzReader, ReaderFailed, draw_for_reading
from registration.vault.boxes import BoxWillNotOpen
from registration.vault.storage import BlobMissing, StorageFailed

_log = logging.getLogger("registration.registrar")

#: A reading that failed is tried again after so long; no try takes longer.
RETRY_AFTER = timedelta(minutes=15)
#: Files of one round: mails wait meanwhile.
FILES_PER_ROUND = 20


def read_passports(
    office: Office,
    reader: MrzReader,
    now: Callable[[], datetime],
    *,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Read the passports that wait for it, one after the other; return how many were tried.

    now: the clock, aware. should_stop: asked before each file. What is wrong with one file is told
    in its row and never raised. Raises StorageFailed, after which the files wait for another round.
    """
    with office.database.reading() as session:
        waiting = reading.list_passports_to_read(
            session, failed_before=now() - RETRY_AFTER, most=FILES_PER_ROUND
        )
    tried = 0
    for id in waiting:
        if should_stop() or not _is_ready(reader):
            break
        tried += _read_passport(office, reader, id, at=now())
    return tried


def open_reading(office: Office, found: PassportReading) -> Lines | None:
    """Return the two lines of a reading; None where there are none, or none that can be opened."""
    if found.locked_bytes is None or found.wrapped_key is None:
        return None
    try:
        data = office.vault.unlock(
            found.locked_bytes, found.wrapped_key, bound_to=binding(found.file_id)
        )
    except BoxWillNotOpen:
        _log.warning("the lines read in file %s do not open", found.file_id)
        return None
    return Lines(**json.loads(data))


def binding(file_id: FileId) -> str:
    """Return what the lines of a file are bound to in the vault."""
    return f"mrz:{file_id}"


def _is_ready(reader: MrzReader) -> bool:
    """A room that does not open is no fault of a file, so no try is counted."""
    try:
        reader.start()
    except ReaderFailed as fault:
        _log.warning("passports are not read: %s", fault)
        return False
    return True


def _read_passport(office: Office, reader: MrzReader, id: FileId, *, at: datetime) -> bool:
    file = _claim(office, id, at=at)
    if file is None:
        return False
    try:
        data = unlock_file(office, file)
        lines = reader.read(draw_for_reading(data, FileKind.of(file.media_type)))
    except (BoxWillNotOpen, BlobMissing, DecoderFailed, ReaderFailed, ValueError) as fault:
        # Its row says "failed" since it was claimed.
        _log.warning("file %s could not be read (%s)", id, type(fault).__name__)
        return True
    except StorageFailed:
        with office.database.writing() as session:
            passports.release_passport(session, id)
        raise
    _write(office, id, lines)
    return True


def _claim(office: Office, id: FileId, *, at: datetime) -> LockedFile | None:
    """Count the try and write the opening into the history; None where another worker has it."""
    try:
        with office.database.writing() as session:
            file = reading.find_file(session, id)
            if file is None or reading.find_registration(session, file.entry_id) is None:
                return None
            if not passports.claim_passport(session, id, at=at, failed_before=at - RETRY_AFTER):
                return None
            write_line(
                session,
                file.entry_id,
                event=Event.FILE_OPENED,
                by=CLOCK,
                at=at,
                facts={"role": file.role.value, "why": Why.READING.value, "file": str(file.id)},
            )
    except IntegrityError:
        return None
    return file


def _write(office: Office, id: FileId, lines: Lines | None) -> None:
    if lines is None:
        with office.database.writing() as session:
            passports.set_passport_reading(session, id, ReadingStatus.NOTHING)
        return
    locked = office.vault.lock(json.dumps(vars(lines)).encode(), bound_to=binding(id))
    with office.database.writing() as session:
        passports.set_passport_reading(
            session,
            id,
            ReadingStatus.READ,
            locked_bytes=locked.ciphertext,
            wrapped_key=locked.wrapped_key,
        )
