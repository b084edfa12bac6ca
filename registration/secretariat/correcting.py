"""Correcting an entry at the desk: what the delegate could not mend."""

from dataclasses import asdict
from http import HTTPStatus

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.papers import FileRole
from registration.domain.refusals import CameSecond, FileMissing, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import FINAL
from registration.language.refusals import file_sentence
from registration.registrar import correcting
from registration.registrar.office import Moved
from registration.registrar.receiving import find_received
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import AmendForm
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.uploading import take_upload
from registration.web.words import gettext


@blueprint.get("/entry/<reference>/correct")
def amend(reference: str) -> ResponseReturnValue:
    """Show the particulars for correction."""
    registration = get_entry(reference)
    if registration.state in FINAL:
        abort(404)
    form = AmendForm(
        formdata=None, version=registration.version, **asdict(registration.particulars)
    )
    return _show(registration, form)


@blueprint.post("/entry/<reference>/correct")
def save_amendment(reference: str) -> ResponseReturnValue:
    """Correct the entry; a letter whose words change is issued anew."""
    registration = get_entry(reference)
    form = AmendForm()
    form.offer(get_current_meeting(), current_words().language)
    form.ask_of(get_current_meeting().find_delegation(registration.delegation_key))
    is_good = form.validate()
    if not _take_passport(registration, form) or not is_good:
        return _show(registration, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = correcting.amend(
        current_office(),
        registration.id,
        form.to_particulars(),
        version=form.seen_version,
        by=staff_by(),
        reason=form.reason.data,
        arrived_at=g.arrived_at,
    )
    if isinstance(result, CameSecond):
        return show_entry(get_entry(reference), refusal=result)
    if not isinstance(result, Moved):
        return _show(registration, form, refusal=result)
    return done(gettext("Corrected: %(name)s.", name=result.registration.full_name), reference)


def _take_passport(registration: Registration, form: AmendForm) -> bool:
    """Take the better copy, if one came. Returns whether nothing was wrong with it."""
    taken = take_upload("passport", registration.id, FileRole.PASSPORT)
    if isinstance(taken, FileMissing) or hasattr(taken, "id"):
        return True
    form.passport.errors = [file_sentence(taken, current_words())]
    return False


def _show(
    registration: Registration,
    form: AmendForm,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    form.offer(get_current_meeting(), current_words().language)
    form.ask_of(get_current_meeting().find_delegation(registration.delegation_key))
    page = render_template(
        "secretariat/correct.html",
        registration=registration,
        form=form,
        refusal=refusal,
        received=find_received(current_office(), registration.id, FileRole.PASSPORT),
    )
    return page, code if refusal is None else code_of(refusal)
