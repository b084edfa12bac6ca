"""Holding stored papers against the history: opened, hashed, compared with what a line binds."""

import hashlib
from collections.abc import Collection

from registration.domain.ids import FileId
from registration.registrar.office import Office
from registration.registrar.receiving import unlock_file
from registration.store import reading
from registration.store.reading.flaws import Flaw, FlawedLine
from registration.store.reading.papers_audit import BoundFile, list_bound_files
from registration.vault.boxes import BoxWillNotOpen
from registration.vault.storage import BlobMissing


def list_swapped_files(office: Office, names: Collection[str] | None = None) -> list[FlawedLine]:
    """Return the lines of these chains, or of all, whose letter, record or signature is not the
    file that they bind. Opens each one. Raises StorageFailed."""
    with office.database.reading() as session:
        bound = list_bound_files(session, names)
    return [
        FlawedLine(each.chain, each.number, Flaw.FILE_DIFFERS)
        for each in bound
        if not _is_there(office, each)
    ]


def _is_there(office: Office, bound: BoundFile) -> bool:
    found = _find_digest(office, bound)
    return found == bound.sha256 or (found is None and bound.is_erased)


def _find_digest(office: Office, bound: BoundFile) -> str | None:
    """Return the SHA-256 of the file as it is stored, or None where it cannot be opened."""
    with office.database.reading() as session:
        file = reading.find_file(session, FileId(bound.id))
    if file is None:
        return None
    try:
        return hashlib.sha256(unlock_file(office, file)).hexdigest()
    except (BoxWillNotOpen, BlobMissing):
        return None
