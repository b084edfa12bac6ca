"""Erasing on request what was sent to a call: asked as of an entry."""

from http import HTTPStatus

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from registration.domain.call_refusals import CallRefusal
from registration.domain.refusals import ReasonMissing
from registration.domain.retention import Reason, refuse_submission_erasure
from registration.domain.roles import Role
from registration.domain.submissions import Submission
from registration.registrar import erasing_one
from registration.registrar.erasing_one import DataGone
from registration.secretariat import blueprint
from registration.secretariat.call_submission import get_submission
from registration.secretariat.calls import name_of
from registration.secretariat.erasing import ErasureForm, show_erasure
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import find_staff, roles_of, staff_by
from registration.web.words import gettext


@blueprint.get("/<meeting>/calls/<call>/<submission>/erase")
def erase_submission(call: str, submission: str) -> ResponseReturnValue:
    """Ask for the reason, and say what will be gone."""
    found = get_submission(call, submission)
    if found.erased_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    return _show(found, ErasureForm.blank(), code=HTTPStatus.OK)


@blueprint.post("/<meeting>/calls/<call>/<submission>/erase")
def save_submission_erasure(call: str, submission: str) -> ResponseReturnValue:
    """Erase what was sent."""
    found = get_submission(call, submission)
    form = ErasureForm()
    form.offer()
    if not form.validate():
        return _show(found, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    # Nothing is read any more by this request while the registrar writes.
    db.session.rollback()
    result = erasing_one.erase_submission(
        current_office(),
        found.id,
        reason=Reason(form.reason.data),
        by=staff_by(),
        at=g.arrived_at,
    )
    if not isinstance(result, DataGone):
        fresh = get_submission(call, submission)
        return _show(fresh, form, refusal=result, code=HTTPStatus.CONFLICT)
    sentence = gettext(
        "The personal data of %(reference)s are erased. The record follows in some minutes.",
        reference=found.reference,
    )
    flash(sentence, "done")
    return redirect(_page_of(found), HTTPStatus.SEE_OTHER)


@blueprint.app_template_global()
def may_erase_submission(submission: Submission) -> bool:
    """Return whether the page of what was sent leads to its erasure."""
    is_administrator = Role.ADMINISTRATOR in roles_of(find_staff(), submission.meeting_id)
    return is_administrator and submission.erased_at is None


def _show(
    found: Submission,
    form: ErasureForm,
    *,
    refusal: CallRefusal | ReasonMissing | None = None,
    code: HTTPStatus,
) -> ResponseReturnValue:
    page = show_erasure(
        "secretariat/erase_submission.html",
        found.id,
        form,
        refusal or refuse_submission_erasure(found, get_current_meeting(), now=g.arrived_at),
        reference=found.reference,
        name=name_of(found),
        action=url_for(
            "secretariat.save_submission_erasure", call=found.call, submission=found.reference
        ),
        back=_page_of(found),
    )
    return page, code


def _page_of(found: Submission) -> str:
    return url_for("secretariat.submission", call=found.call, submission=found.reference)
