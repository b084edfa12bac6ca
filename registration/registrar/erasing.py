"""Erasing personal data: of a meeting on its dates, of one person on request.

In this order: keys and columns in one short transaction for each entry, then the blobs, then what
the database's own files still hold, and at last the record, which says so because it was looked
for and not found (`proving`). A kill between any two of them is taken up by the next round.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import CLOCK, By, Event
from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.refusals import Refusal, UnknownRegistration
from registration.domain.registrations import Registration
from registration.domain.retention import (
    OF_PASSPORTS,
    Kind,
    Reason,
    Scope,
    find_due,
    refuse_erasure,
)
from registration.meetings.reading import get_meeting, list_meetings
from registration.registrar.office import Office
from registration.registrar.proving import destroy_blobs, prove
from registration.registrar.steps import Refused, settle, write_line
from registration.store import reading
from registration.store.reading import holdings
from registration.store.reading.submissions import chain_of_submission, get_submission
from registration.store.writing import erasing, history, registrations, submissions
from registration.vault.erasures import list_noted, note_erased

#: What a meeting's date asks for; a line written since about an erased entry is no reason.
_DUE_KINDS = {Scope.PASSPORTS: OF_PASSPORTS, Scope.MEETING: frozenset(Kind) - {Kind.HISTORY}}


@dataclass(frozen=True)
class DataGone:
    """The entry's data are erased. erasure: whose record the next round makes."""

    erasure: UUID


def run_due(office: Office, *, now: datetime) -> int:
    """Erase what the meetings' dates ask for, and finish what was begun; return how many erasures
    were finished. Safe to kill, to run again, and to be run by two at once."""
    with office.database.reading() as session:
        meetings = list_meetings(session)
    for meeting in meetings:
        scope = find_due(meeting, now=now)
        if scope is not None:
            _erase_meeting(office, meeting.id, scope, now)
    _erase_restored(office, now)
    return finish_begun(office)


def finish_begun(office: Office) -> int:
    """Take up every erasure that has no record yet; return how many have one now."""
    with office.database.reading() as session:
        begun = holdings.list_unfinished(session)
    return sum(prove(office, each) for each in begun)


def erase_entry(
    office: Office, id: RegistrationId, *, reason: Reason, by: By, at: datetime
) -> DataGone | Refusal:
    """Erase one person's data; of two at once one wins, and the other learns that it is done.

    Raises StorageFailed where the storage does not answer: the keys are gone even so, and the next
    round destroys the files.
    """

    def work(session: Session) -> DataGone:
        registration = _hold(session, id)
        meeting = get_meeting(session, registration.meeting_id)
        refusal = refuse_erasure(registration, meeting, now=at)
        if refusal is not None:
            raise Refused(refusal)
        return DataGone(_erase_one(session, registration, reason, by, at))

    result = settle(office, work)
    if isinstance(result, DataGone):
        note_erased(office.vault, id)
        destroy_blobs(office)
    return result


def _hold(session: Session, id: RegistrationId) -> Registration:
    if reading.find_registration(session, id) is None:
        raise Refused(UnknownRegistration())
    registrations.lock_registration(session, id)
    return reading.get_registration(session, id)


def _erase_one(
    session: Session, registration: Registration, reason: Reason, by: By, at: datetime
) -> UUID:
    """Erase one entry, with the papers for many that may name the person. The row is held."""
    id, meeting_id = registration.id, registration.meeting_id
    erasure = erasing.open_erasure(
        session,
        meeting_id,
        scope=Scope.ENTRY,
        reason=reason,
        at=at,
        asked_by=by.staff_id,
        registration_id=id,
    )
    counts = holdings.count_held(session, meeting_id, id)
    erasing.erase_person(session, id, chain=reading.chain_of_registration(id), at=at)
    erasing.erase_collections(session, meeting_id)
    erasing.add_counts(session, erasure, counts)
    _write_line(session, id, Scope.ENTRY, reason, erasure, by, at)
    return erasure


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
    for entry in entries:
        with office.database.writing() as session:
            _erase_for_date(session, _hold(session, entry), scope, erasure, now)
    if scope is Scope.MEETING:
        _erase_submissions(office, id, erasure, now)
        with office.database.writing() as session:
            held = holdings.count_held(session, id)
            erasing.erase_collections(session, id)
            erasing.erase_notes_verbales(session, id)
            erasing.forget_staff(session, id)
            left = (Kind.COLLECTION, Kind.NOMINATION, Kind.HISTORY)
            counts = {kind: held[kind] for kind in left}
            erasing.add_counts(session, erasure, counts)


def _erase_submissions(office: Office, id: MeetingId, erasure: UUID, now: datetime) -> None:
    """Erase what was sent to the meeting's calls, each in a transaction of its own."""
    with office.database.reading() as session:
        sent = holdings.list_held_submissions(session, id)
    for each in sent:
        with office.database.writing() as session:
            submissions.lock_submission(session, each)
            if get_submission(session, each).erased_at is not None:
                continue  # another worker was faster
            chain = chain_of_submission(each)
            counts = erasing.erase_submission(session, each, chain=chain, at=now)
            erasing.add_counts(session, erasure, counts)
            history.append_line(
                session,
                chain=chain,
                event=Event.ERASED,
                by=CLOCK,
                at=now,
                facts={"scope": Scope.MEETING.value, "reason": Reason.DATE.value},
                details={},
            )


def _erase_for_date(
    session: Session, registration: Registration, scope: Scope, erasure: UUID, now: datetime
) -> None:
    id = registration.id
    kinds = _DUE_KINDS[scope] - {Kind.COLLECTION}
    held = holdings.count_held(session, registration.meeting_id, id)
    if not _sum(held, kinds):
        return
    if scope is Scope.PASSPORTS:
        erasing.erase_passports(session, id)
    else:
        erasing.erase_person(session, id, chain=reading.chain_of_registration(id), at=now)
        kinds |= {Kind.HISTORY}
    erasing.add_counts(session, erasure, {kind: held[kind] for kind in kinds})
    _write_line(session, id, scope, Reason.DATE, erasure, CLOCK, now)


def _erase_restored(office: Office, now: datetime) -> None:
    """Erase again who was erased before and came back with a backup of the database (T53)."""
    noted = list_noted(office.vault)
    with office.database.reading() as session:
        back = [
            found
            for id in sorted(noted)
            if (found := reading.find_registration(session, RegistrationId(id))) is not None
            and found.erased_at is None
        ]
    for each in back:
        with office.database.writing() as session:
            registration = _hold(session, each.id)
            if registration.erased_at is None:
                _erase_one(session, registration, Reason.RESTORED, CLOCK, now)


def _write_line(
    session: Session,
    id: RegistrationId,
    scope: Scope,
    reason: Reason,
    erasure: UUID,
    by: By,
    at: datetime,
) -> None:
    # The account's number and not its name, which would be a personal fact of the line.
    write_line(
        session,
        id,
        event=Event.ERASED,
        by=By(actor=by.actor, staff_id=by.staff_id),
        at=at,
        facts={"scope": scope.value, "reason": reason.value, "erasure": str(erasure)},
    )


def _sum(held: Mapping[Kind, int], kinds: frozenset[Kind]) -> int:
    return sum(held[kind] for kind in kinds)
