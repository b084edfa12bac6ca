"""Erasing personal data: of a meeting on its dates, and whatever else the clock asks for.

In this order: keys and columns in one short transaction for each entry, then the blobs, then what
the database's own files still hold, and at last the record, which says so because it was looked
for and not found (`proving`). A kill between any two of them is taken up by the next round.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import CLOCK
from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.retention import (
    OF_PASSPORTS,
    Kind,
    Reason,
    Scope,
    find_due,
    is_unneeded,
)
from registration.domain.submissions import Submission
from registration.meetings.reading import list_meetings
from registration.registrar.erasing_one import (
    Cause,
    empty_submission,
    erase_restored,
    hold_entry,
    hold_submission,
    write_erased,
)
from registration.registrar.office import Office
from registration.registrar.proving import prove
from registration.store import reading
from registration.store.reading import holdings
from registration.store.reading.submissions import list_ended
from registration.store.writing import erasing

#: What a meeting's date asks for; a line written since about an erased entry is no reason.
_DUE_KINDS = {Scope.PASSPORTS: OF_PASSPORTS, Scope.MEETING: frozenset(Kind) - {Kind.HISTORY}}


def run_due(office: Office, *, now: datetime) -> int:
    """Erase what the meetings' dates ask for and what nobody needs any longer, and finish what was
    begun; return how many erasures were finished. Safe to kill, to run again, and to be run by two
    at once."""
    with office.database.reading() as session:
        meetings = list_meetings(session)
    for meeting in meetings:
        scope = find_due(meeting, now=now)
        if scope is not None:
            _erase_meeting(office, meeting.id, scope, now)
        _erase_unneeded(office, meeting, now)
    erase_restored(office, now)
    return finish_begun(office)


def finish_begun(office: Office) -> int:
    """Take up every erasure that is not finished; return how many are now."""
    with office.database.reading() as session:
        begun = holdings.list_unfinished(session)
    return sum(prove(office, each) for each in begun)


def _erase_meeting(office: Office, id: MeetingId, scope: Scope, now: datetime) -> None:
    with office.database.reading() as session:
        is_due = _sum(holdings.count_held(session, id), _DUE_KINDS[scope]) or (
            scope is Scope.MEETING and holdings.names_anybody(session, id)
        )
        if not is_due:
            return
        entries = holdings.list_entries(session, id)
    with office.database.writing() as session:
        erasure = erasing.open_erasure(session, id, scope=scope, reason=Reason.DATE, at=now)
    cause = Cause(scope=scope, reason=Reason.DATE, by=CLOCK, at=now)
    for entry in entries:
        with office.database.writing() as session:
            _erase_for_date(session, hold_entry(session, entry), cause, erasure)
    if scope is Scope.MEETING:
        _erase_submissions(office, id, cause, erasure)
        with office.database.writing() as session:
            held = holdings.count_held(session, id)
            erasing.erase_collections(session, id)
            erasing.erase_notes_verbales(session, id)
            erasing.forget_staff(session, id)
            left = (Kind.COLLECTION, Kind.NOMINATION, Kind.HISTORY)
            counts = {kind: held[kind] for kind in left}
            erasing.add_counts(session, erasure, counts)


def _erase_submissions(office: Office, id: MeetingId, cause: Cause, erasure: UUID) -> None:
    """Erase what was sent to the meeting's calls, each in a transaction of its own."""
    with office.database.reading() as session:
        sent = holdings.list_held_submissions(session, id)
    for each in sent:
        with office.database.writing() as session:
            submission = hold_submission(session, each)
            if submission.erased_at is None:  # else another worker was faster
                empty_submission(session, submission, cause, erasure)


def _erase_for_date(
    session: Session, registration: Registration, cause: Cause, erasure: UUID
) -> None:
    id, chain = registration.id, reading.chain_of_registration(registration.id)
    kinds = _DUE_KINDS[cause.scope] - {Kind.COLLECTION}
    held = holdings.count_held(session, registration.meeting_id, id)
    if not _sum(held, kinds):
        return
    if cause.scope is Scope.PASSPORTS:
        erasing.erase_passports(session, id)
    else:
        erasing.erase_person(session, id, chain=chain, at=cause.at)
        kinds |= {Kind.HISTORY}
    erasing.add_counts(session, erasure, {kind: held[kind] for kind in kinds})
    write_erased(session, chain, cause, erasure)


def _erase_unneeded(office: Office, meeting: Meeting, now: datetime) -> None:
    """Erase what nobody confirmed, and what people left who had asked for news, each in a
    transaction of its own with the erasure that is to finish it."""
    with office.database.reading() as session:
        ended = list_ended(session, meeting.id)
        due = [each.id for each in ended if _is_unneeded(session, each, meeting, now)]
    cause = Cause(scope=Scope.UNNEEDED, reason=Reason.UNNEEDED, by=CLOCK, at=now)
    for each in due:
        with office.database.writing() as session:
            submission = hold_submission(session, each)
            if _is_unneeded(session, submission, meeting, now):  # else another worker was faster
                # Not once before the loop: another worker may have finished it meanwhile.
                erasure = erasing.open_erasure(
                    session, meeting.id, scope=cause.scope, reason=cause.reason, at=now
                )
                empty_submission(session, submission, cause, erasure)


def _is_unneeded(session: Session, submission: Submission, meeting: Meeting, now: datetime) -> bool:
    is_being_told = holdings.is_being_told(session, submission.id)
    return is_unneeded(submission, meeting, is_being_told=is_being_told, now=now)


def _sum(held: Mapping[Kind, int], kinds: frozenset[Kind]) -> int:
    return sum(held[kind] for kind in kinds)
