"""Replacing a delegate by another at the desk: one transaction, the seat never free in between."""

from http import HTTPStatus

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.ids import RegistrationId
from registration.domain.refusals import CameSecond, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import Actor, MoveName, is_permitted
from registration.registrar import replacing
from registration.registrar.entering import Application
from registration.registrar.office import Moved
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.entering import find_files, take_files
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import ReplaceForm
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.words import gettext


@blueprint.get("/entry/<reference>/replace")
def replace(reference: str) -> ResponseReturnValue:
    """Ask who takes the seat; what the two have in common is filled in."""
    registration = get_entry(reference)
    if not is_permitted(MoveName.REPLACE, source=registration.state, actor=Actor.SECRETARIAT):
        abort(404)
    person = registration.particulars
    form = ReplaceForm(
        formdata=None,
        entry=make_entry_id(),
        version=registration.version,
        institution=person.institution,
        language=person.language,
    )
    return _show(registration, form, None)


@blueprint.post("/entry/<reference>/replace")
def save_replacement(reference: str) -> ResponseReturnValue:
    """Replace the person; both are told."""
    registration = get_entry(reference)
    form = ReplaceForm()
    form.offer(get_current_meeting(), current_words().language)
    form.ask_of(get_current_meeting().find_delegation(registration.delegation_key))
    entry = find_entry_id(form.entry.data or "")
    if entry is None:
        abort(400)
    is_good = form.validate()
    if not all([take_files(entry, form), is_good]):
        return _show(registration, form, entry, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = replacing.replace(
        current_office(),
        registration.id,
        _application(registration, entry, form),
        version=form.seen_version,
        by=staff_by(),
        arrived_at=g.arrived_at,
        reason=form.reason.data,
    )
    if isinstance(result, CameSecond):
        return show_entry(get_entry(reference), refusal=result)
    if not isinstance(result, Moved):
        return _show(registration, form, entry, refusal=result)
    sentence = gettext(
        "Replaced: %(newcomer)s has the seat of %(name)s. Both are told.",
        newcomer=result.registration.full_name,
        name=registration.full_name,
    )
    return done(sentence, result.registration.reference)


def _application(
    registration: Registration, entry: RegistrationId, form: ReplaceForm
) -> Application:
    return Application(
        entry=entry,
        meeting_id=registration.meeting_id,
        delegation_key=registration.delegation_key,
        particulars=form.to_particulars(),
    )


def _show(
    registration: Registration,
    form: ReplaceForm,
    entry: RegistrationId | None,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    form.offer(get_current_meeting(), current_words().language)
    form.ask_of(get_current_meeting().find_delegation(registration.delegation_key))
    page = render_template(
        "secretariat/replace.html",
        registration=registration,
        form=form,
        refusal=refusal,
        received=find_files(entry),
    )
    return page, code if refusal is None else code_of(refusal)
