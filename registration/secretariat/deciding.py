"""Deciding about a submitted entry: approve, return for correction, decline."""

from http import HTTPStatus

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from registration.domain.refusals import ReasonMissing, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import Actor, MoveName, is_permitted
from registration.language.translator import get_translator
from registration.registrar import deciding
from registration.registrar.office import Moved
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.entry import find_queue, show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import DecisionForm, ReasonForm, VersionForm
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.words import gettext


@blueprint.post("/entry/<reference>/")
def decide(reference: str) -> ResponseReturnValue:
    """Carry out the decision; declining is asked about once more, on a page of its own."""
    registration = get_entry(reference)
    form = DecisionForm()
    to = get_translator(registration.particulars.language)
    form.offer(to=to, by=current_words())
    is_good = form.validate()
    if form.decision.data != "approve" and not form.ready.errors:
        form.take_ready_sentence(to)
    if not is_good:
        return show_entry(registration, decision=form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.decision.data == "decline":
        return _ask_once_more(registration, form)
    following = find_queue(registration).next
    result = _carry_out(registration, form)
    if not isinstance(result, Moved):
        return show_entry(get_entry(reference), decision=form, refusal=result)
    return _go_on(_sentence(form, registration), reference, following)


@blueprint.post("/entry/<reference>/take-back")
def take_back(reference: str) -> ResponseReturnValue:
    """Take a return for correction back."""
    registration = get_entry(reference)
    result = deciding.take_back(
        current_office(),
        registration.id,
        version=VersionForm().seen_version,
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Moved):
        return show_entry(get_entry(reference), refusal=result)
    name = registration.full_name
    return done(gettext("Taken back: %(name)s waits for a decision again.", name=name), reference)


@blueprint.get("/entry/<reference>/decline")
def decline(reference: str) -> ResponseReturnValue:
    """Ask whether the entry is to be declined, and why."""
    registration = get_entry(reference)
    if not is_permitted(MoveName.DECLINE, source=registration.state, actor=Actor.SECRETARIAT):
        abort(404)
    return _show_decline(registration, ReasonForm(formdata=None, version=registration.version))


@blueprint.post("/entry/<reference>/decline")
def save_decline(reference: str) -> ResponseReturnValue:
    """Decline the entry, after it was asked twice."""
    registration = get_entry(reference)
    form = ReasonForm()
    if not form.validate():
        return _show_decline(registration, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.reason.data:
        return _show_decline(registration, form, refusal=ReasonMissing())
    following = find_queue(registration).next
    result = deciding.decline(
        current_office(),
        registration.id,
        version=form.seen_version,
        by=staff_by(),
        reason=form.reason.data,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Moved):
        return show_entry(get_entry(reference), refusal=result)
    sentence = gettext("Declined: %(name)s. The seat is free.", name=registration.full_name)
    return _go_on(sentence, reference, following)


def _carry_out(registration: Registration, form: DecisionForm) -> Moved | Refusal:
    if form.decision.data == "approve":
        return deciding.approve(
            current_office(),
            registration.id,
            version=form.seen_version,
            by=staff_by(),
            arrived_at=g.arrived_at,
        )
    return deciding.return_(
        current_office(),
        registration.id,
        version=form.seen_version,
        by=staff_by(),
        reason=form.reason.data,
        arrived_at=g.arrived_at,
    )


def _ask_once_more(registration: Registration, form: DecisionForm) -> ResponseReturnValue:
    if not form.reason.data:
        return show_entry(registration, decision=form, refusal=ReasonMissing())
    again = ReasonForm(formdata=None, version=form.version.data, reason=form.reason.data)
    return _show_decline(registration, again)


def _show_decline(
    registration: Registration,
    form: ReasonForm,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    page = render_template(
        "secretariat/decline.html",
        registration=registration,
        form=form,
        refusal=refusal,
        follow=_follows(),
    )
    return page, code if refusal is None else code_of(refusal)


def _follows() -> str:
    """Return the value of the button that was pressed: whether the next entry is to follow."""
    return "next" if request.form.get("then") == "next" else "stay"


def _go_on(sentence: str, reference: str, following: str | None) -> ResponseReturnValue:
    if _follows() == "stay":
        return done(sentence, reference)
    # The page of the decision is left now: this is the way back to it.
    back = url_for("secretariat.entry", reference=reference, _anchor="undo")
    said = Markup('%s <a href="%s">%s</a>') % (sentence, back, gettext("See it, or undo it"))
    if following is None:
        nothing = gettext("Nothing more waits for a decision.")
        return done(Markup("%s %s") % (said, nothing))
    return done(said, following)


def _sentence(form: DecisionForm, registration: Registration) -> str:
    name = registration.full_name
    group = get_current_meeting().find_delegation(registration.delegation_key)
    if form.decision.data == "approve" and group is not None and not group.asks_letter:
        return gettext("Approved: %(name)s. The person is told.", name=name)
    if form.decision.data == "approve":
        return gettext("Approved: %(name)s. The letter is on its way.", name=name)
    return gettext("Returned for correction: %(name)s.", name=name)
