"""The end of an erasure: blobs destroyed, the database's files scrubbed, all looked for again, and
the record of it, drawn, sealed and locked. Nothing of this is within a transaction of the erasure:
each step can be killed and is done again.
"""

import logging
from dataclasses import replace

from sqlalchemy.orm import Session

from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole
from registration.domain.refusals import DataErased
from registration.domain.retention import OF_PASSPORTS, Erasure, Kind, Remaining, Scope
from registration.language.translator import get_translator
from registration.letters.erasure import compose_erasure_record, draw_erasure_record
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.receiving import ReceivedFile, lock_file
from registration.registrar.steps import Refused, settle
from registration.store.personal import DELETED, EMPTIED
from registration.store.reading import holdings
from registration.store.scrubbing import scrub
from registration.store.writing import erasing, papers
from registration.vault.erasures import note_erased

_log = logging.getLogger("registration.registrar")

# A line of history may be written about an entry that is erased; it names who of the staff did it.
_NOT_LOOKED_FOR = {
    Scope.PASSPORTS: frozenset(Kind) - OF_PASSPORTS,
    Scope.MEETING: frozenset({Kind.HISTORY}),
    Scope.ENTRY: frozenset({Kind.HISTORY, Kind.COLLECTION}),
    Scope.SUBMISSION: frozenset({Kind.HISTORY}),
}


def destroy_blobs(office: Office) -> set[str]:
    """Destroy what is left of the blobs whose keys are deleted; return their names."""
    left = _list_left(office)
    for blob in sorted(left):
        office.vault.destroy(blob)
    return left


def prove(office: Office, erasure: Erasure) -> bool:
    """Finish the erasure and return whether it was this call that made its record, or, where none
    is made, that ended it.

    Raises StorageFailed or OperationalError where storage or database do not let it: the next
    round takes it up again.
    """
    if erasure.one is not None:
        note_erased(office.vault, erasure.one)
    destroy_blobs(office)
    scrub(office.database, {*DELETED, *EMPTIED})
    if erasure.scope is Scope.UNNEEDED:
        return _forget(office, erasure)
    found = _look_for(office, erasure)
    if found or _list_left(office):
        _log.warning("erasure %s: not everything is gone yet; the next round", erasure.id)
        return False
    return _record(office, erasure)


def _forget(office: Office, erasure: Erasure) -> bool:
    """End an erasure of which no record is made: what it erased has a line of history each."""
    if _list_left(office):
        return False
    with office.database.writing() as session:
        return erasing.forget_erasure(session, erasure)


def _list_left(office: Office) -> set[str]:
    with office.database.reading() as session:
        erased = holdings.list_erased_blobs(session)
    return erased & {each.name for each in office.vault.blobs()}


def _look_for(office: Office, erasure: Erasure) -> int:
    """Return how much is still there of what was to be erased."""
    with office.database.reading() as session:
        held = holdings.count_held(session, erasure.meeting_id, erasure.one)
    return sum(n for kind, n in held.items() if kind not in _NOT_LOOKED_FOR[erasure.scope])


def _record(office: Office, erasure: Erasure) -> bool:
    remains = _count_remaining(office, erasure)
    drawn = _draw(office, replace(erasure, remains=remains))
    # Bound to the erasure, which stands where an entry stands for other papers.
    owner = RegistrationId(erasure.id)
    file = ReceivedFile(name="erasure.pdf", media_type="application/pdf", pages=1, data=drawn)
    locked = lock_file(office, owner, FileRole.ERASURE_RECORD, file, at=erasure.erased_at)

    def close(session: Session) -> bool:
        papers.add_file(session, locked, kept=True)
        if not erasing.close_erasure(session, erasure.id, remains=remains, record=locked.id):
            raise Refused(DataErased())  # another worker's record was faster
        return True

    is_ours = settle(office, close) is True
    if not is_ours:
        office.vault.destroy(locked.blob)
    return is_ours


def _count_remaining(office: Office, erasure: Erasure) -> dict[Remaining, int]:
    with office.database.reading() as session:
        return holdings.count_remaining(session, erasure.meeting_id, erasure.one)


def _draw(office: Office, erasure: Erasure) -> bytes:
    with office.database.reading() as session:
        meeting = get_meeting(session, erasure.meeting_id)
        reference = holdings.find_erased_reference(session, erasure)
    languages = [get_translator(each) for each in meeting.languages]
    drawn = draw_erasure_record(compose_erasure_record(meeting, erasure, reference, languages))
    return office.seal.seal(drawn, at=erasure.erased_at)
