"""One submission to a call at the desk: read it, and receive, return, choose or pass over."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import Length

from registration.domain.call_refusals import CallRefusal
from registration.domain.calls import Call
from registration.domain.ids import FileId
from registration.domain.names import canonical_email, clean_block
from registration.domain.papers import MailNotice
from registration.domain.refusals import ReasonMissing
from registration.domain.states import Actor
from registration.domain.submissions import Deed, Stand, Submission, may
from registration.language import refusals
from registration.language.answers import Answered, list_answered
from registration.registrar import selecting
from registration.registrar.attaching import open_attachment
from registration.registrar.submitting import withdraw_submission
from registration.secretariat import blueprint
from registration.secretariat.call_words import tell
from registration.secretariat.calls import get_call, name_of, region_names
from registration.secretariat.forms import VersionForm
from registration.store import reading
from registration.store.database import db
from registration.store.reading.papers import list_mails_of_submission
from registration.store.reading.submissions import (
    chain_of_submission,
    find_submission_by_reference,
    list_attachments,
)
from registration.uploads.names import attachment as as_attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.words import gettext

#: Characters of a reason.
LONGEST_REASON = 2000
_DEEDS = {
    Deed.RECEIVE: selecting.receive,
    Deed.CHOOSE: selecting.choose,
    Deed.UNCHOOSE: selecting.take_back,
    Deed.PASS_OVER: selecting.pass_over,
}
_OFFERED = (*_DEEDS, Deed.RETURN, Deed.WITHDRAW)


class ReasonForm(VersionForm):
    """The reason of a return, which the sender reads."""

    reason = TextAreaField(
        lazy_gettext("What is to be corrected"),
        filters=[lambda text: clean_block(text or "")],
        validators=[
            Length(
                max=LONGEST_REASON,
                message=lazy_gettext(
                    "Shorten this to %(max)d characters or fewer.", max=LONGEST_REASON
                ),
            )
        ],
    )


@blueprint.get("/<meeting>/calls/<call>/<submission>/")
def submission(call: str, submission: str) -> ResponseReturnValue:
    """Show it."""
    return show_submission(get_call(call), get_submission(call, submission))


@blueprint.post("/<meeting>/calls/<call>/<submission>/")
def decide_submission(call: str, submission: str) -> ResponseReturnValue:
    """Make the move that was asked for."""
    found_call, found = get_call(call), get_submission(call, submission)
    asked = request.form.get("deed", "")
    if asked not in {each.value for each in _OFFERED}:
        abort(HTTPStatus.BAD_REQUEST)
    deed = Deed(asked)
    form = ReasonForm()
    if not form.validate():
        return show_submission(found_call, found, form=form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = _make(deed, found, form)
    if not isinstance(result, Submission):
        fresh = get_submission(call, submission)
        return show_submission(found_call, fresh, form=form, refusal=result)
    flash(_done(deed, result), "done")
    there = url_for("secretariat.submission", call=call, submission=submission)
    return redirect(there, HTTPStatus.SEE_OTHER)


@blueprint.get("/<meeting>/calls/<call>/<submission>/files/<uuid:file>")
def submission_file(call: str, submission: str, file: UUID) -> Response:
    """Answer with a file that lies beside it. The history says who opened it."""
    found = get_submission(call, submission)
    if found.stand is Stand.DRAFT:
        abort(HTTPStatus.NOT_FOUND)
    opened = open_attachment(
        current_office(), found.id, FileId(file), by=staff_by(), arrived_at=g.arrived_at
    )
    if opened is None:
        abort(HTTPStatus.NOT_FOUND)
    kept, data = opened
    answer = Response(data, mimetype=kept.media_type)
    answer.headers["Content-Disposition"] = as_attachment(kept.name, kept.media_type)
    return answer


def get_submission(call: str, reference: str) -> Submission:
    """Return what was sent to this call of the current meeting; anything else answers 404."""
    found = find_submission_by_reference(db.session(), reference)
    meeting = get_current_meeting()
    if found is None or (found.meeting_id, found.call) != (meeting.id, call):
        abort(HTTPStatus.NOT_FOUND)
    return found


def show_submission(
    call: Call,
    found: Submission,
    *,
    form: ReasonForm | None = None,
    refusal: CallRefusal | ReasonMissing | None = None,
    code: HTTPStatus | None = None,
) -> ResponseReturnValue:
    """Show the page. form: as it was sent, where it was not good."""
    if code is None:
        code = HTTPStatus.OK if refusal is None else _code_of(refusal)
    form = form or ReasonForm(formdata=None)
    form.version.data = str(found.version)
    meeting = get_current_meeting()
    lines = reading.list_history(db.session(), chain_of_submission(found.id))
    page = render_template(
        "secretariat/submission.html",
        call=call,
        submission=found,
        name=name_of(found),
        delegation=meeting.find_delegation(found.delegation_key or ""),
        region=region_names().get(found.region, ""),
        focal=_compare_address(found),
        answered=list_readable(call, found),
        # A draft is its writers' own.
        is_draft=found.stand is Stand.DRAFT,
        attachments=list_attachments(db.session(), found.id),
        deeds=list_deeds(call, found),
        form=form,
        refusal="" if refusal is None else refusal_words(refusal),
        lines=tell(lines),
        mails=_list_mails(found),
    )
    return page, code


def list_deeds(call: Call, found: Submission) -> set[str]:
    """Return the moves that the table leaves to the desk."""
    if found.erased_at is not None:
        return set()
    choosing = {Deed.CHOOSE, Deed.UNCHOOSE, Deed.PASS_OVER}
    is_final = found.stand is Stand.CHOSEN and found.decided_at is not None
    return {
        deed.value
        for deed in _OFFERED
        if may(deed, source=found.stand, actor=Actor.SECRETARIAT)
        and (call.choose or deed not in choosing)
        and not (deed is Deed.UNCHOOSE and is_final)
        and not (call.leaves and deed is not Deed.WITHDRAW)
    }


def list_readable(call: Call, found: Submission) -> list[Answered]:
    """Return every question of the call with the answer; of a draft, which is its writers' own,
    with none."""
    shown = replace(found, answers={}) if found.stand is Stand.DRAFT else found
    return list_answered(call, shown, g.language)


def refusal_words(refusal: CallRefusal | ReasonMissing) -> str:
    """Return the refusal with the names that the desk may read."""
    if isinstance(refusal, ReasonMissing):
        return gettext("Write what is to be corrected; the sender reads it.")
    meeting = get_current_meeting()
    names = {("region", key): name for key, name in region_names().items()}
    names |= {("delegation", each.key): each.name[g.language] for each in meeting.delegations}
    return refusals.sentence(refusal, current_words(), zone=meeting.zone, names=names)


def _make(
    deed: Deed, found: Submission, form: ReasonForm
) -> Submission | CallRefusal | ReasonMissing:
    office, by, at = current_office(), staff_by(), g.arrived_at
    version = form.seen_version
    if deed is Deed.RETURN:
        return selecting.return_submission(
            office, found.id, version=version, by=by, reason=form.reason.data, arrived_at=at
        )
    if deed is Deed.WITHDRAW:
        return withdraw_submission(
            office, found.id, by=by, arrived_at=at, version=version, reason=form.reason.data
        )
    make: Callable[..., Submission | CallRefusal | ReasonMissing] = _DEEDS[deed]
    return make(office, found.id, version=version, by=by, arrived_at=at)


def _done(deed: Deed, result: Submission) -> str:
    name = name_of(result)
    match deed:
        case Deed.RECEIVE:
            return gettext("Received: %(name)s. A message is on its way.", name=name)
        case Deed.RETURN:
            return gettext("Returned for correction: %(name)s.", name=name)
        case Deed.CHOOSE:
            return gettext("Chosen: %(name)s. Nobody is told yet.", name=name)
        case Deed.UNCHOOSE:
            return gettext("Taken back: %(name)s is neither chosen nor passed over.", name=name)
        case Deed.PASS_OVER:
            return gettext("Passed over: %(name)s. Nobody is told yet.", name=name)
        case _:
            return gettext("Withdrawn: %(name)s.", name=name)


def _code_of(refusal: CallRefusal | ReasonMissing) -> HTTPStatus:
    if isinstance(refusal, ReasonMissing):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT


def _compare_address(found: Submission) -> str:
    """Return how the sender's address stands to the focal point on record; "" for a person's."""
    if found.delegation_id is None or found.erased_at is not None:
        return ""
    row = reading.get_delegation(db.session(), found.delegation_id)
    if row.focal_point is None:
        return gettext("The delegation has no focal point on record.")
    if canonical_email(row.focal_point.email) == canonical_email(found.sender.email):
        return gettext("It is the address of the delegation's focal point.")
    return gettext(
        "It is another address than the one of the focal point on record, %(name)s: %(email)s.",
        name=row.focal_point.name,
        email=row.focal_point.email,
    )


def _list_mails(found: Submission) -> list[MailNotice]:
    return list_mails_of_submission(db.session(), found.id)
