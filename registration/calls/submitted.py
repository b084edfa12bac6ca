"""The sender's own page: what was sent, where it stands, and what can be done with it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registration.calls import blueprint
from registration.calls.current import current_call, current_submission, to_submission
from registration.calls.forms import PREFIX, AnswersForm, make_answers_form, to_data
from registration.calls.sending import code_of
from registration.domain.call_refusals import CallRefusal
from registration.domain.calls import Call
from registration.domain.events import DELEGATE, Event
from registration.domain.papers import HistoryLine
from registration.domain.refusals import ReasonMissing
from registration.domain.states import Actor
from registration.domain.submissions import (
    CURRENT,
    Deed,
    Stand,
    Submission,
    may,
    shown_to_sender,
)
from registration.language.answers import list_answered
from registration.registrar import submitting
from registration.registrar.attaching import TAKES_FILES
from registration.store import reading
from registration.store.database import db
from registration.store.reading.submissions import (
    chain_of_submission,
    get_submission,
    list_attachments,
)
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.patience import has_expired, leave_tokens_to_views
from registration.web.templates import refusal_sentence
from registration.web.words import gettext

_keeps_typing = leave_tokens_to_views(blueprint)


@dataclass(frozen=True)
class ToldLine:
    """One line of the timeline, as its macro reads it."""

    text: str
    at: datetime
    kind: str = ""
    who: str = ""


@blueprint.get("/submission/<submission>/")
def submission() -> ResponseReturnValue:
    """Show it."""
    found = current_submission()
    if current_call().is_drafted:
        there = url_for("calls.answers", submission=found.reference)
        return redirect(there, HTTPStatus.SEE_OTHER)
    return show_submitted(found)


@blueprint.post("/submission/<submission>/confirm")
def confirm() -> ResponseReturnValue:
    """Confirm the address: from now on it counts."""
    form = AnswersForm()
    result = submitting.confirm_submission(
        current_office(),
        current_submission().id,
        version=form.seen_version,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Submission):
        return _refuse(result)
    flash(gettext("Your address is confirmed."), "done")
    return to_submission()


@blueprint.get("/submission/<submission>/correct")
def correct() -> ResponseReturnValue:
    """Show the answers to be corrected."""
    found = current_submission()
    if found.stand is not Stand.RETURNED or current_call().is_drafted:
        abort(HTTPStatus.NOT_FOUND)
    answers = {key: each.words for key, each in found.answers.items()}
    data = {**to_data(current_call(), answers), "version": str(found.version)}
    return _show_correction(make_answers_form(current_call(), g.language, data))


@blueprint.post("/submission/<submission>/correct")
@_keeps_typing
def save_correction() -> ResponseReturnValue:
    """Send the corrected answers."""
    form = make_answers_form(current_call(), g.language, None)
    if has_expired(form):
        return _show_correction(form, HTTPStatus.BAD_REQUEST)
    if not form.validate():
        return _show_correction(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = submitting.send_corrected(
        current_office(),
        current_submission().id,
        form.answers,
        version=form.seen_version,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Submission):
        question = PREFIX + getattr(result, "question", "")
        errors = form[question].errors if question in form else form.form_errors
        errors.append(refusal_sentence(result))
        return _show_correction(form, code_of(result))
    flash(gettext("Sent again."), "done")
    return to_submission()


@blueprint.get("/submission/<submission>/withdraw")
def withdraw() -> ResponseReturnValue:
    """Say what withdrawing does, and ask."""
    found = current_submission()
    if not may(Deed.WITHDRAW, source=found.stand, actor=Actor.DELEGATE) or found.erased_at:
        abort(HTTPStatus.NOT_FOUND)
    form = AnswersForm(formdata=None, version=str(found.version))
    return render_template("calls/withdraw.html", form=form, submission=found, call=current_call())


@blueprint.post("/submission/<submission>/withdraw")
def save_withdrawal() -> ResponseReturnValue:
    """Withdraw it."""
    result = submitting.withdraw_submission(
        current_office(),
        current_submission().id,
        by=DELEGATE,
        arrived_at=g.arrived_at,
        version=AnswersForm().seen_version,
    )
    if not isinstance(result, Submission):
        return _refuse(result)
    flash(gettext("It is withdrawn."), "done")
    return to_submission()


def show_submitted(
    found: Submission, status: int = HTTPStatus.OK, fault: str = ""
) -> ResponseReturnValue:
    """Show the page. fault: why what was asked for was not done."""
    call, meeting = current_call(), get_current_meeting()
    lines = reading.list_history(db.session(), chain_of_submission(found.id))
    page = render_template(
        "calls/submission.html",
        submission=found,
        call=call,
        delegation=meeting.find_delegation(found.delegation_key or ""),
        answered=list_answered(call, found, g.language),
        form=AnswersForm(formdata=None, version=str(found.version)),
        fault=fault,
        # As a registration that is over: a link that lies about tells nobody whose it was.
        is_over=found.stand not in CURRENT,
        attachments=list_attachments(db.session(), found.id),
        takes_files=_takes_files(call, found),
        may_withdraw=may(Deed.WITHDRAW, source=found.stand, actor=Actor.DELEGATE),
        stand=shown_to_sender(found.stand, is_told=found.decided_at is not None),
        lines=_tell(lines, is_told=found.decided_at is not None),
    )
    return page, status


def _takes_files(call: Call, found: Submission) -> bool:
    """Return whether another file may be put beside it: also after the closing date where the desk
    has given it back."""
    if found.stand not in TAKES_FILES or found.erased_at is not None:
        return False
    return found.stand is Stand.RETURNED or not call.is_late(g.arrived_at)


def _show_correction(form: AnswersForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    found = current_submission()
    form.version.data = form.version.data or str(found.version)
    page = render_template("calls/correct.html", form=form, submission=found, call=current_call())
    return page, status


def _refuse(refusal: CallRefusal | ReasonMissing) -> ResponseReturnValue:
    """Show why nothing was changed, with how things stand now."""
    g.submission = get_submission(db.session(), current_submission().id)
    return show_submitted(current_submission(), code_of(refusal), refusal_sentence(refusal))


def _tell(lines: Iterable[HistoryLine], *, is_told: bool) -> list[ToldLine]:
    """Return the lines that tell the sender something. What the desk decides is told when everybody
    is told, and who at the desk did something never."""
    sentences = {
        Event.SUBMISSION_SENT: gettext("Form sent"),
        Event.CONFIRMED: gettext("E-mail address confirmed"),
        Event.SUBMITTED: gettext("Sent again"),
        Event.RETURNED: gettext("Returned for correction"),
        Event.RECEIVED: gettext("Read by the Secretariat"),
        Event.LINK_ASKED: gettext("Private link sent again"),
        Event.DECISION_TOLD: gettext("Decision told"),
        Event.WITHDRAWN: gettext("Withdrawn"),
        Event.LAPSED: gettext("Lapsed: the address was not confirmed in time"),
    }
    kinds = {Event.RETURNED: "attention", Event.DECISION_TOLD: "done" if is_told else ""}
    return [
        ToldLine(sentences[each.event], each.at, kinds.get(each.event, ""))
        for each in lines
        if each.event in sentences
    ]
