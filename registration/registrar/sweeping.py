"""What the clock does: entries lapse after 48 hours, and what nobody kept is destroyed."""

from datetime import datetime, timedelta

from registration.domain.deadline import CONFIRMATION_TIME, KEPT_FILE_TIME
from registration.registrar.confirming import lapse
from registration.registrar.office import Moved, Office
from registration.registrar.submitting import lapse_submissions_due
from registration.store import reading
from registration.store.writing import papers

# A blob is stored before the transaction that names it. No request lives as long as this.
ORPHAN_TIME = timedelta(hours=6)


def lapse_due(office: Office, *, now: datetime) -> int:
    """Let every entry lapse, and all that was sent to a call, whose address was not confirmed in
    time; return how many did."""
    with office.database.reading() as session:
        due = reading.list_unconfirmed_before(session, now - CONFIRMATION_TIME)
    results = [lapse(office, each.id, arrived_at=now) for each in due]
    lapsed = sum(isinstance(result, Moved) for result in results)
    return lapsed + lapse_submissions_due(office, now=now)


def sweep_files(office: Office, *, now: datetime) -> int:
    """Destroy the files that waited for two hours and were not kept; return how many."""
    with office.database.reading() as session:
        waiting = reading.list_files_to_sweep(session, now - KEPT_FILE_TIME)
    swept = 0
    for file in waiting:
        with office.database.writing() as session:
            is_forgotten = papers.forget_file(session, file.id)
        if is_forgotten:
            office.vault.destroy(file.blob)
            swept += 1
    return swept


def sweep_orphans(office: Office, *, now: datetime) -> int:
    """Destroy old blobs that no row names (a race lost, a process killed); return how many."""
    stored = [each for each in office.vault.blobs() if each.stored_at <= now - ORPHAN_TIME]
    with office.database.reading() as session:
        known = reading.list_blobs(session)
    orphans = [each for each in stored if each.name not in known]
    for each in orphans:
        office.vault.destroy(each.name)
    return len(orphans)
