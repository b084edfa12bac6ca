"""The form of a call, sent: "check your e-mail", or the same page with what is to be mended."""

from http import HTTPStatus
from uuid import UUID, uuid4

from flask import g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from registration.calls import blueprint
from registration.calls.current import get_call
from registration.calls.forms import PREFIX, SendForm
from registration.calls.showing import REMEMBERED, make_form, show
from registration.domain import call_refusals
from registration.domain.call_refusals import CallRefusal
from registration.domain.calls import Call
from registration.domain.ids import RegistrationId
from registration.domain.names import canonical_email
from registration.domain.refusals import ReasonMissing
from registration.registrar import sending
from registration.registrar.office import CheckYourEmail
from registration.store.database import db
from registration.store.reading.submissions import find_submission
from registration.web import limits
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, sign_entry_id
from registration.web.office import current_office
from registration.web.patience import has_expired, leave_tokens_to_views
from registration.web.templates import refusal_sentence

_KEPT = ("name", "institution", "position", "email")
#: What a field can mend; everything else came too late or second.
_OF_THE_FORM = (
    call_refusals.AnswerTooLong,
    call_refusals.AnswersMissing,
    call_refusals.UnknownAnswer,
    call_refusals.UnknownCall,
)


@blueprint.post("/<meeting>/calls/<call>/")
@leave_tokens_to_views(blueprint)
def send(call: str) -> ResponseReturnValue:
    """Take the form. What came too late is shown as it was typed, and nothing of it is sent."""
    found = get_call(call)
    if found.is_drafted:
        return show(found, None, HTTPStatus.CONFLICT)
    form = make_form(found)
    entry = _read_entry(form)
    if has_expired(form):
        return show(found, form, HTTPStatus.BAD_REQUEST)
    is_good = form.validate()
    closed = _refuse_date(found)
    if closed is not None:
        return _refuse(found, form, closed)
    if not is_good:
        return show(found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    # A stranger's mailbox is not to be filled, nor a thousand strangers' with one mail each.
    limits.guard(limits.FORM_SOURCE)
    limits.guard(limits.SEND_ADDRESS, canonical_email(form.email.data))
    result = sending.send(
        current_office(), _to_sending(found, form, entry), arrived_at=g.arrived_at
    )
    if isinstance(result, CheckYourEmail):
        session[REMEMBERED] = {name: form[name].data or "" for name in _KEPT}
        return redirect(url_for("calls.sent", call=found.key), HTTPStatus.SEE_OTHER)
    return _refuse(found, form, result)


@blueprint.get("/<meeting>/calls/<call>/sent")
def sent(call: str) -> str:
    """Say what to do next. The address is that of this browser's own last form."""
    email = session.get(REMEMBERED, {}).get("email")
    return render_template("calls/sent.html", call=get_call(call), email=email)


def code_of(refusal: CallRefusal | ReasonMissing) -> HTTPStatus:
    """Return 422 for what a field can mend, 409 for the rest."""
    if isinstance(refusal, _OF_THE_FORM):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT


def _refuse_date(call: Call) -> CallRefusal | None:
    if call.opens is not None and call.is_early(g.arrived_at):
        return call_refusals.CallNotOpen(call.opens)
    if call.closes is not None and call.is_late(g.arrived_at):
        return call_refusals.CallClosed(call.closes)
    return None


def _refuse(
    call: Call, form: SendForm, refusal: CallRefusal | ReasonMissing
) -> ResponseReturnValue:
    sentence = refusal_sentence(refusal)
    question = getattr(refusal, "question", None)
    if question is not None and PREFIX + question in form:
        field = form[PREFIX + question]
        field.errors = [*field.errors, sentence]
    else:
        form.form_errors.append(sentence)
    return show(call, form, code_of(refusal))


def _read_entry(form: SendForm) -> UUID:
    """Return the id of the form; a new one where its own is not ours, or is another address's.

    Whoever goes back after sending and types a second person's data sends the first one's id.
    """
    entry = find_entry_id(form.entry.data or "")
    known = None if entry is None else find_submission(db.session(), entry)
    is_other = known is not None and canonical_email(known.sender.email) != canonical_email(
        form.email.data or ""
    )
    if entry is None or is_other:
        entry = RegistrationId(uuid4())
        form.entry.data = sign_entry_id(entry)
    return entry


def _to_sending(call: Call, form: SendForm, entry: UUID) -> sending.Sending:
    return sending.Sending(
        id=entry,
        meeting_id=get_current_meeting().id,
        call=call.key,
        sender=form.to_sender(),
        answers=form.answers,
        delegation=form.delegation.data or "",
    )
