"""Making anew what was too slow for its form, or came before files were made anew: the worker's.

No lease is needed: the row changes on the condition that it still names the bytes that were read.
Of two workers one wins and the other destroys its own blob; one that is killed leaves the row as it
was, and a blob for the sweep.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from registration.domain.ids import RegistrationId
from registration.domain.papers import LockedFile
from registration.registrar.failing import fail
from registration.registrar.office import Office
from registration.registrar.receiving import lock_file, to_received, unlock_file
from registration.store import reading
from registration.store.wrapping import KeyRetired
from registration.store.writing import papers
from registration.uploads.cleaning import IN_A_JOB, Cleaned, clean
from registration.uploads.decoder import DecoderFailed, DecoderGaveUp, Patience
from registration.vault.boxes import BoxWillNotOpen
from registration.vault.storage import BlobMissing, StorageFailed

_log = logging.getLogger("registration.cleaning")

#: Tries that came to no end after which a file has failed: one a minute.
MOST_ATTEMPTS = 10


def clean_waiting(
    office: Office,
    now: Callable[[], datetime],
    *,
    should_stop: Callable[[], bool] = lambda: False,
    patience: Patience = IN_A_JOB,
) -> int:
    """Make the waiting files anew, one after the other; return how many are clean or failed now.

    Raises StorageFailed; what was done until then stands.
    """
    with office.database.reading() as session:
        waiting = reading.list_unclean_files(session)
    ended = 0
    for file in waiting:
        if should_stop():
            break
        ended += _clean(office, file, now, patience)
    return ended


def _clean(
    office: Office, file: LockedFile, now: Callable[[], datetime], patience: Patience
) -> bool:
    """Return whether the file came to an end."""
    try:
        return _clean_or_fail(office, file, now, patience)
    except KeyRetired as fault:
        raise StorageFailed("a key that was retired locks nothing") from fault


def _clean_or_fail(
    office: Office, file: LockedFile, now: Callable[[], datetime], patience: Patience
) -> bool:
    try:
        made = clean(unlock_file(office, file), patience=patience)
    except (DecoderGaveUp, BlobMissing):
        return _count(office, file, now())
    except (DecoderFailed, BoxWillNotOpen) as fault:
        # A machine too busy, a key that is not there: nothing of the file's doing, so it waits.
        _log.warning("a file waits to be made anew (%s)", type(fault).__name__)
        return False
    if not isinstance(made, Cleaned):
        return fail(office, file, at=now())
    return _exchange(office, file, made)


def _exchange(office: Office, file: LockedFile, made: Cleaned) -> bool:
    """Let the row name our file, and destroy the bytes that it named before."""
    received = to_received(file.name, made)
    entry = RegistrationId(file.entry_id)
    ours = lock_file(office, entry, file.role, received, at=file.received_at)
    try:
        with office.database.writing() as session:
            is_exchanged = papers.replace_file(session, file, replace(ours, id=file.id))
    except KeyRetired:
        office.vault.destroy(ours.blob)
        raise
    office.vault.destroy(file.blob if is_exchanged else ours.blob)
    return is_exchanged


def _count(office: Office, file: LockedFile, at: datetime) -> bool:
    with office.database.writing() as session:
        attempts = papers.count_attempt(session, file)
    return attempts >= MOST_ATTEMPTS and fail(office, file, at=at)
