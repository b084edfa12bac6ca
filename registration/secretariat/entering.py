"""Entering a registration on somebody's behalf."""

from http import HTTPStatus

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.ids import DelegationKey, RegistrationId
from registration.domain.papers import FileRole
from registration.domain.refusals import FileMissing, Refusal
from registration.language.refusals import file_sentence
from registration.registrar import entering
from registration.registrar.entering import Application
from registration.registrar.office import Moved
from registration.registrar.receiving import find_received
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.forms import EnterForm
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.uploading import take_upload
from registration.web.words import gettext


@blueprint.get("/<meeting>/enter")
def enter() -> ResponseReturnValue:
    """Show the empty form."""
    form = EnterForm(formdata=None, entry=make_entry_id(), language=current_words().language)
    return _show(form, None)


@blueprint.post("/<meeting>/enter")
def save_entry() -> ResponseReturnValue:
    """Enter the registration: it takes its seat at once and waits for the decision."""
    form = EnterForm()
    form.offer(get_current_meeting(), current_words().language)
    entry = find_entry_id(form.entry.data or "")
    if entry is None:
        abort(400)
    is_good = form.validate()
    if not _take_passport(entry, form) or not is_good:
        return _show(form, entry, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = entering.enter(
        current_office(),
        _application(entry, form),
        by=staff_by(),
        reason=form.reason.data,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Moved):
        return _show(form, entry, refusal=result)
    registration = result.registration
    return done(gettext("Entered: %(name)s.", name=registration.full_name), registration.reference)


def _application(entry: RegistrationId, form: EnterForm) -> Application:
    return Application(
        entry=entry,
        meeting_id=get_current_meeting().id,
        delegation_key=DelegationKey(form.delegation.data),
        particulars=form.to_particulars(),
        seat_label=form.seat.data or None,
    )


def _take_passport(entry: RegistrationId, form: EnterForm) -> bool:
    """Take the copy of the passport, if one came. Returns whether nothing was wrong with it."""
    taken = take_upload("passport", entry, FileRole.PASSPORT)
    if isinstance(taken, FileMissing) or hasattr(taken, "id"):
        return True
    form.passport.errors = [file_sentence(taken, current_words())]
    return False


def _show(
    form: EnterForm,
    entry: RegistrationId | None,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    form.offer(get_current_meeting(), current_words().language)
    received = find_received(current_office(), entry, FileRole.PASSPORT) if entry else None
    page = render_template("secretariat/enter.html", form=form, refusal=refusal, received=received)
    return page, code if refusal is None else code_of(refusal)
