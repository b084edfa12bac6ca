"""Leaving news by one click: a page with one button, and the address to which mail programs post.

The link in the mail is opened by scanners too, so opening it moves nothing (RFC 8058 asks the
same). The token in the address is the whole authority: it comes from the mail, opens nothing else,
and asks for no form of ours, which a mail program does not have.
"""

import hmac
from http import HTTPStatus

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.calls import blueprint
from registration.domain.calls import Call
from registration.domain.events import DELEGATE
from registration.domain.submissions import CURRENT, Submission
from registration.registrar.submitting import withdraw_submission
from registration.store.database import db
from registration.store.reading.submissions import find_submission_by_reference
from registration.web import limits
from registration.web.current_meeting import find_meeting, show_meeting
from registration.web.office import current_office
from registration.web.patience import leave_tokens_to_views


@blueprint.get("/leave/<submission>/<string:token>")
def leave(submission: str, token: str) -> ResponseReturnValue:
    """Ask, with one button."""
    found, call = _find(submission, token)
    return _show(found, call)


@blueprint.post("/leave/<submission>/<string:token>")
@leave_tokens_to_views(blueprint)  # a mail program has none of ours to send
def leave_now(submission: str, token: str) -> ResponseReturnValue:
    """Leave. Whoever has left already is answered alike."""
    found, call = _find(submission, token)
    if found.stand in CURRENT:
        result = withdraw_submission(
            current_office(), found.id, by=DELEGATE, arrived_at=g.arrived_at
        )
        if isinstance(result, Submission):
            found = result
    return _show(found, call, is_done=True)


def _find(reference: str, token: str) -> tuple[Submission, Call]:
    limits.refuse_if_spent(limits.UNKNOWN_LINK)
    found = find_submission_by_reference(db.session(), reference)
    tokens = current_office().tokens
    if found is None or not hmac.compare_digest(
        tokens.of_leaving(found.id, found.link_generation).encode(), token.encode()
    ):
        limits.guard(limits.UNKNOWN_LINK)
        abort(HTTPStatus.NOT_FOUND)
    meeting = find_meeting(found.meeting_id)
    call = None if meeting is None else meeting.find_call(found.call)
    if call is None or not call.leaves:
        abort(HTTPStatus.NOT_FOUND)
    show_meeting(meeting)
    return found, call


def _show(found: Submission, call: Call, *, is_done: bool = False) -> ResponseReturnValue:
    has_left = is_done or found.stand not in CURRENT
    return render_template("calls/leave.html", call=call, submission=found, has_left=has_left)
