"""Erasing one person's data on request: asked once more, with a reason that is chosen."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from registration.domain.call_refusals import CallRefusal
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.domain.retention import CHOSEN_REASONS, Reason, refuse_erasure
from registration.language.retention import kind_words, reason_words
from registration.registrar.erasing_one import DataGone, erase_entry
from registration.secretariat import blueprint
from registration.secretariat.answering import done
from registration.secretariat.finding import get_entry
from registration.store.database import db
from registration.store.reading import holdings
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.words import gettext


class ErasureForm(FlaskForm):
    """A reason is chosen and not typed: it stays in the record, which holds nothing personal."""

    reason = RadioField(
        lazy_gettext("Why"),
        validators=[InputRequired(lazy_gettext("Choose why the data are erased."))],
        invalid_choice_message=lazy_gettext("Choose why the data are erased."),
    )
    sure = BooleanField(
        lazy_gettext("I know that this cannot be undone"),
        validators=[InputRequired(lazy_gettext("Tick the box: nobody can bring the data back."))],
    )

    @classmethod
    def blank(cls) -> "ErasureForm":
        """Return the form as it is shown first."""
        form = cls(formdata=None)
        form.offer()
        return form

    def offer(self) -> None:
        """Fill the list in the language of the page."""
        words = current_words()
        self.reason.choices = [
            SelectChoice(each.value, reason_words(each, words)) for each in CHOSEN_REASONS
        ]


@blueprint.get("/entry/<reference>/erase")
def erase(reference: str) -> ResponseReturnValue:
    """Ask for the reason, and say what will be gone."""
    registration = get_entry(reference)
    if registration.erased_at is not None:
        abort(404)
    return _show(registration, ErasureForm.blank(), code=HTTPStatus.OK)


@blueprint.post("/entry/<reference>/erase")
def save_erasure(reference: str) -> ResponseReturnValue:
    """Erase the person's data."""
    registration = get_entry(reference)
    form = ErasureForm()
    form.offer()
    if not form.validate():
        return _show(registration, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    # Nothing is read any more by this request while the registrar writes.
    db.session.rollback()
    result = erase_entry(
        current_office(),
        registration.id,
        reason=Reason(form.reason.data),
        by=staff_by(),
        at=g.arrived_at,
    )
    if not isinstance(result, DataGone):
        return _show(get_entry(reference), form, refusal=result, code=HTTPStatus.CONFLICT)
    sentence = gettext(
        "The personal data of %(reference)s are erased. The record follows in some minutes.",
        reference=reference,
    )
    return done(sentence, reference)


def show_erasure(
    template: str,
    one: UUID,
    form: ErasureForm,
    refusal: Refusal | CallRefusal | None,
    **names: object,
) -> str:
    """Return the page that asks once more, with what will be gone. one: the entry, or what was sent
    to a call. names: what the template needs besides."""
    counts = holdings.count_held(db.session(), get_current_meeting().id, one)
    return render_template(
        template,
        form=form,
        refusal=refusal,
        held=[(kind_words(kind, current_words()), n) for kind, n in counts.items() if n],
        **names,
    )


def _show(
    registration: Registration,
    form: ErasureForm,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus,
) -> ResponseReturnValue:
    meeting, reference = get_current_meeting(), registration.reference
    page = show_erasure(
        "secretariat/erase.html",
        registration.id,
        form,
        refusal or refuse_erasure(registration, meeting, now=g.arrived_at),
        reference=reference,
        name=registration.full_name,
        action=url_for("secretariat.save_erasure", reference=reference),
        back=url_for("secretariat.entry", reference=reference),
    )
    return page, code
