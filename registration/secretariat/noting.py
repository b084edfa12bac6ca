"""Notes among staff about an entry."""

from http import HTTPStatus

from flask import abort, g
from flask.typing import ResponseReturnValue

from registration.registrar.noting import write_note
from registration.secretariat import blueprint
from registration.secretariat.answering import done
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import NoteForm
from registration.web.entry_ids import find_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext


@blueprint.post("/entry/<reference>/notes")
def save_note(reference: str) -> ResponseReturnValue:
    """Write a note down."""
    registration = get_entry(reference)
    form = NoteForm()
    note_id = find_entry_id(form.note_id.data or "")
    if note_id is None:
        abort(400)
    if not form.validate():
        return show_entry(registration, note=form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = write_note(
        current_office(),
        registration.id,
        form.note.data,
        note_id=note_id,
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, list):
        return show_entry(get_entry(reference), refusal=result)
    return done(gettext("The note is kept."), reference)
