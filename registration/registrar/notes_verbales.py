"""Notes verbales: the delegation's own word for one or several of its people, with its scan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.desk_refusals import NobodyChosen
from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.nominations import NominatedBy
from registration.domain.papers import FileRole
from registration.domain.refusals import FileMissing, NotPermitted, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import LIVE, MoveName
from registration.registrar.office import Office
from registration.registrar.steps import Refused, settle, write_line
from registration.registrar.vouching import hold
from registration.store import reading
from registration.store.writing import nominations, papers, registrations


@dataclass(frozen=True, kw_only=True)
class NoteVerbale:
    """A note verbale as the desk records it. id: of its form, under which its scan waits."""

    id: UUID
    number: str
    dated: date


def record(
    office: Office,
    ids: Collection[RegistrationId],
    note: NoteVerbale,
    *,
    by: By,
    arrived_at: datetime,
) -> list[Registration] | Refusal:
    """Let the entries rest on the note verbale; return them. They are live and of one delegation.

    It outweighs an earlier "not ours". A double click finds the first one's work.
    """

    def work(session: Session) -> list[Registration]:
        # In one order, whoever records: two of them never wait for each other.
        entries = [hold(session, id) for id in sorted(ids)]
        _refuse_unfit(entries)
        if reading.find_nomination(session, note.id) is None:
            _add(session, entries, note, by, arrived_at)
            for each in entries:
                _rest(session, each, note, by, arrived_at)
        return [reading.get_registration(session, each.id) for each in entries]

    return settle(office, work)


def take_back(
    office: Office, id: RegistrationId, *, by: By, arrived_at: datetime
) -> Registration | Refusal:
    """Let the entry rest on no note verbale any more: it was another person's. The note stays for
    the others that it names."""

    def work(session: Session) -> Registration:
        seen = hold(session, id)
        nomination = reading.find_nomination(session, seen.nomination_id)
        if nomination is not None and nomination.how is NominatedBy.NOTE_VERBALE:
            registrations.touch(session, id, nomination_id=None)
            write_line(
                session,
                id,
                event=Event.NOTE_VERBALE_TAKEN_BACK,
                by=by,
                at=arrived_at,
                facts={"nomination": str(nomination.id)},
            )
        return reading.get_registration(session, id)

    return settle(office, work)


def _refuse_unfit(entries: list[Registration]) -> None:
    if not entries:
        raise Refused(NobodyChosen())
    for each in entries:
        if each.state not in LIVE or each.delegation_id != entries[0].delegation_id:
            raise Refused(NotPermitted(move=MoveName.NOMINATE, state=each.state))


def _add(
    session: Session, entries: list[Registration], note: NoteVerbale, by: By, at: datetime
) -> None:
    scan = reading.find_waiting_file(session, RegistrationId(note.id), FileRole.NOMINATION)
    if scan is None or not papers.keep_file(session, scan.id):
        raise Refused(FileMissing())
    nominations.add_nomination(
        session,
        id=note.id,
        delegation_id=entries[0].delegation_id,
        how=NominatedBy.NOTE_VERBALE,
        at=at,
        staff_id=by.staff_id,
        number=note.number,
        dated=note.dated,
        file_id=scan.id,
    )


def _rest(session: Session, entry: Registration, note: NoteVerbale, by: By, at: datetime) -> None:
    registrations.touch(session, entry.id, nomination_id=note.id, disowned_at_utc=None)
    write_line(
        session,
        entry.id,
        event=Event.NOTE_VERBALE_RECORDED,
        by=by,
        at=at,
        facts={"nomination": str(note.id), "dated": note.dated.isoformat()},
    )
