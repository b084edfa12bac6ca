"""An arrival at the desk: recorded from the entry's page, and taken back with a reason."""

from http import HTTPStatus

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registration.domain.refusals import ReasonMissing, Refusal
from registration.domain.registrations import Registration
from registration.registrar import arriving
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.door import told
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import ReasonForm
from registration.store import reading
from registration.store.database import db
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext


@blueprint.post("/entry/<reference>/arrival")
def record_arrival(reference: str) -> ResponseReturnValue:
    """Record that the person came."""
    registration = get_entry(reference)
    result = arriving.record_arrival(
        current_office(), registration.id, by=staff_by(), arrived_at=g.arrived_at
    )
    if not isinstance(result, arriving.Arrived):
        return show_entry(registration, refusal=result)
    flash(*told(result, registration))
    return redirect(url_for("secretariat.entry", reference=reference), HTTPStatus.SEE_OTHER)


@blueprint.get("/entry/<reference>/arrival/undo")
def undo_arrival(reference: str) -> ResponseReturnValue:
    """Ask why an arrival is taken back."""
    registration = get_entry(reference)
    if reading.find_arrival(db.session(), registration.id) is None:
        abort(404)
    form = ReasonForm(formdata=None, version=registration.version)
    return ask_to_undo(registration, form, back=_page_of(registration))


@blueprint.post("/entry/<reference>/arrival/undo")
def save_undo(reference: str) -> ResponseReturnValue:
    """Take the arrival back."""
    registration = get_entry(reference)
    form = ReasonForm()
    if not form.validate():
        return ask_to_undo(
            registration,
            form,
            back=_page_of(registration),
            code=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    result = arriving.undo_arrival(
        current_office(), registration.id, by=staff_by(), reason=form.reason.data, at=g.arrived_at
    )
    if isinstance(result, ReasonMissing):
        return ask_to_undo(registration, form, back=_page_of(registration), refusal=result)
    if not isinstance(result, Registration):
        return show_entry(registration, refusal=result)
    sentence = gettext("The arrival of %(name)s was taken back.", name=registration.full_name)
    return done(sentence, reference)


def ask_to_undo(
    registration: Registration,
    form: ReasonForm,
    *,
    back: str,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    """Return the page that asks why an arrival is taken back. back: where its way back leads."""
    page = render_template(
        "secretariat/undo_arrival.html",
        registration=registration,
        form=form,
        refusal=refusal,
        came_at=reading.find_arrival(db.session(), registration.id),
        back=back,
    )
    return page, code if refusal is None else code_of(refusal)


def _page_of(registration: Registration) -> str:
    return url_for("secretariat.entry", reference=registration.reference)
