"""Recording a note verbale that names one or several people of a delegation."""

from http import HTTPStatus

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.domain.states import LIVE, State
from registration.language.refusals import file_sentence
from registration.registrar import notes_verbales
from registration.registrar.notes_verbales import NoteVerbale
from registration.registrar.receiving import find_received
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import NoteVerbaleForm
from registration.store import reading
from registration.store.database import db
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.uploading import take_upload
from registration.web.words import gettext, ngettext

_LIVE = [state for state in State if state in LIVE]


@blueprint.get("/entry/<reference>/note-verbale")
def note_verbale(reference: str) -> ResponseReturnValue:
    """Show the form, this person ticked."""
    registration = get_entry(reference)
    if registration.state not in LIVE:
        abort(404)
    form = NoteVerbaleForm(formdata=None, entry=make_entry_id(), people=[reference])
    return _show(registration, form, None)


@blueprint.post("/entry/<reference>/note-verbale")
def save_note_verbale(reference: str) -> ResponseReturnValue:
    """Record the note verbale."""
    registration = get_entry(reference)
    form = NoteVerbaleForm()
    found = _list_people(registration)
    form.offer(found)
    id = find_entry_id(form.entry.data or "")
    if id is None:
        abort(400)
    is_good = form.validate()
    if not all([_take_scan(id, form), is_good]):
        return _show(registration, form, id, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = notes_verbales.record(
        current_office(),
        [each.id for each in found if each.reference in form.people.data],
        NoteVerbale(id=id, number=form.number.data, dated=form.dated.data),
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, list):
        return _show(registration, form, id, refusal=result)
    sentence = ngettext(
        "The note verbale is recorded for one person.",
        "The note verbale is recorded for %(num)d people.",
        len(result),
    )
    return done(sentence, reference)


@blueprint.post("/entry/<reference>/note-verbale/undo")
def undo_note_verbale(reference: str) -> ResponseReturnValue:
    """Take the note verbale back for this person."""
    registration = get_entry(reference)
    result = notes_verbales.take_back(
        current_office(), registration.id, by=staff_by(), arrived_at=g.arrived_at
    )
    if not isinstance(result, Registration):
        return show_entry(registration, refusal=result)
    return done(gettext("The note verbale counts no more for this person."), reference)


def _list_people(registration: Registration) -> list[Registration]:
    return reading.list_of_delegation(db.session(), registration.delegation_id, states=_LIVE)


def _take_scan(id: RegistrationId, form: NoteVerbaleForm) -> bool:
    """Take the scan, which must come. Returns whether nothing was wrong with it."""
    taken = take_upload("scan", id, FileRole.NOMINATION)
    if isinstance(taken, LockedFile):
        return True
    form.scan.errors = [file_sentence(taken, current_words())]
    return False


def _show(
    registration: Registration,
    form: NoteVerbaleForm,
    id: RegistrationId | None,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    form.offer(_list_people(registration))
    page = render_template(
        "secretariat/note_verbale.html",
        registration=registration,
        form=form,
        refusal=refusal,
        received=id and find_received(current_office(), id, FileRole.NOMINATION),
    )
    return page, code if refusal is None else code_of(refusal)
