"""The other moves of the desk: withdraw an entry, take one off the reserve list, mail again."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.refusals import ReasonMissing, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import FINAL
from registration.registrar import reserving, sending_again, withdrawing
from registration.registrar.office import Moved
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import ReasonForm, VersionForm
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext


@blueprint.get("/entry/<reference>/withdraw")
def withdraw(reference: str) -> ResponseReturnValue:
    """Ask for the reason of a withdrawal."""
    registration = get_entry(reference)
    if registration.state in FINAL:
        abort(404)
    form = ReasonForm(formdata=None, version=registration.version)
    return _show_withdrawal(registration, form)


@blueprint.post("/entry/<reference>/withdraw")
def save_withdrawal(reference: str) -> ResponseReturnValue:
    """Withdraw the entry."""
    registration = get_entry(reference)
    form = ReasonForm()
    if not form.validate():
        return _show_withdrawal(registration, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.reason.data:
        return _show_withdrawal(registration, form, refusal=ReasonMissing())
    result = withdrawing.withdraw(
        current_office(),
        registration.id,
        version=form.seen_version,
        by=staff_by(),
        arrived_at=g.arrived_at,
        reason=form.reason.data,
    )
    if not isinstance(result, Moved):
        return show_entry(get_entry(reference), refusal=result)
    name = registration.full_name
    return done(gettext("Withdrawn: %(name)s. The seat is free.", name=name), reference)


@blueprint.post("/entry/<reference>/promote")
def promote(reference: str) -> ResponseReturnValue:
    """Give a person of the reserve list a free seat."""
    registration = get_entry(reference)
    form = VersionForm()
    result = reserving.promote(
        current_office(),
        registration.id,
        by=staff_by(),
        arrived_at=g.arrived_at,
        version=form.seen_version,
    )
    if not isinstance(result, Moved):
        return show_entry(get_entry(reference), refusal=result)
    name = registration.full_name
    return done(gettext("%(name)s now has a seat and waits for a decision.", name=name), reference)


@blueprint.post("/entry/<reference>/mail/<uuid:mail_id>")
def send_again(reference: str, mail_id: UUID) -> ResponseReturnValue:
    """Send a mail of the entry once more."""
    registration = get_entry(reference)
    is_due = sending_again.send_again(
        current_office(), mail_id, by=staff_by(), at=g.arrived_at, entry=registration.id
    )
    if not is_due:
        abort(404)
    return done(gettext("The message is on its way again."), reference)


def _show_withdrawal(
    registration: Registration,
    form: ReasonForm,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    page = render_template(
        "secretariat/withdraw.html", registration=registration, form=form, refusal=refusal
    )
    return page, code if refusal is None else code_of(refusal)
