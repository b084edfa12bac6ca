"""Notes among staff about an entry: written down, never shown to its person, erased with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.notes import Note
from registration.domain.refusals import Refusal
from registration.registrar.office import Office
from registration.registrar.steps import settle, write_line
from registration.registrar.vouching import hold
from registration.store import reading
from registration.store.writing import notes


def write_note(
    office: Office,
    id: RegistrationId,
    words: str,
    *,
    note_id: UUID,
    by: By,
    arrived_at: datetime,
) -> list[Note] | Refusal:
    """Write the note down and return the entry's notes, the newest first.

    words: cleaned, not empty. note_id: of the form; its double click writes nothing more. The
    history says that somebody wrote, not what: the words are erased with the note alone.
    """

    def work(session: Session) -> list[Note]:
        hold(session, id)
        if not notes.has_note(session, note_id):
            notes.add_note(
                session,
                id,
                id=note_id,
                words=words,
                staff_id=by.staff_id,
                staff_name=by.name or "",
                at=arrived_at,
            )
            write_line(session, id, event=Event.NOTED, by=by, at=arrived_at)
        return reading.list_notes(session, id)

    return settle(office, work)
