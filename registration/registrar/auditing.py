"""Holding the histories against themselves, their sealed lines, and the papers that they bind."""

import hashlib
from collections.abc import Collection

from registration.domain.ids import FileId
from registration.letters.sealing import is_signed
from registration.registrar.office import Office
from registration.registrar.receiving import unlock_file
from registration.store import reading
from registration.store.reading import audit, seals
from registration.store.reading.flaws import Flaw, FlawedLine, FlawedSeal
from registration.store.reading.papers_audit import BoundFile, list_bound_files
from registration.vault.boxes import BoxWillNotOpen
from registration.vault.storage import BlobMissing


def list_flaws(
    office: Office, names: Collection[str] | None = None, *, with_files: bool = True
) -> list[FlawedLine]:
    """Return what is wrong with the chains of these names, or with all. with_files: whether each
    letter, record and signature is opened. Raises StorageFailed."""
    with office.database.reading() as session:
        flaws = audit.list_flaws(session, names)
        flaws += seals.list_lines_sealed_otherwise(session, names)
    return flaws + (list_swapped_files(office, names) if with_files else [])


def list_broken_seals(office: Office, former: Collection[bytes] = ()) -> list[FlawedSeal]:
    """Return what is wrong with the sealed lines. former: certificates that the site had before the
    one it has now, DER."""
    with office.database.reading() as session:
        return seals.list_broken_seals(session, is_signed, {office.seal.certificate, *former})


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
