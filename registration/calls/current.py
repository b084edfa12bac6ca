"""The call, or what was sent to one, whose page is shown."""

from http import HTTPStatus

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registration.calls import blueprint
from registration.domain.calls import Call
from registration.domain.submissions import Submission
from registration.web.current_meeting import find_meeting, get_current_meeting, show_meeting


@blueprint.before_request
def take_meeting_of_submission() -> None:
    """Make the submission's meeting that of the page: its name, contact and rehearsal banner.

    Views ask for the submission that was found, so its reference is not handed to them.
    """
    submission: Submission | None = g.get("submission")
    if submission is not None:
        show_meeting(find_meeting(submission.meeting_id))
        (request.view_args or {}).pop("submission", None)


def current_submission() -> Submission:
    """Return what the address names; the guard has found that this browser may see it."""
    submission: Submission = g.submission
    return submission


def get_call(key: str) -> Call:
    """Return the current meeting's call with this key; any other answers 404."""
    call = get_current_meeting().find_call(key)
    if call is None:
        abort(HTTPStatus.NOT_FOUND)
    return call


def current_call() -> Call:
    """Return the call to which the current submission was sent."""
    return get_call(current_submission().call)


def to_submission() -> ResponseReturnValue:
    """Lead to the page of the current submission."""
    there = url_for("calls.submission", submission=current_submission().reference)
    return redirect(there, HTTPStatus.SEE_OTHER)
