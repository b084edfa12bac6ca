"""Private links: the token leaves the address bar at once, and nothing else happens.

Scanners of mail open every link, with GET and HEAD, and run the scripts of the page: so a link
moves nothing. It lets this browser see one entry, and leads to a page with a button.
"""

from http import HTTPStatus

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registration.delegate import doorstep
from registration.delegate.addresses import remember_proof
from registration.delegate.entries import make_link_form
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.domain.submissions import Submission
from registration.links.tokens import digest
from registration.store import reading
from registration.store.database import db
from registration.store.reading import DelegationRow
from registration.store.reading.submissions import find_submission_by_link
from registration.web import limits, links


# "string" takes controls too: every token that is none is answered alike.
@doorstep.get("/l/<string:token>")
def open_link(token: str) -> ResponseReturnValue:
    """Open what the link is for, or say, of every other token alike, that it opens nothing."""
    limits.refuse_if_spent(limits.UNKNOWN_LINK)
    found = digest(token)
    registration = reading.find_by_link(db.session(), found)
    if registration is not None:
        return _open_entry(registration)
    registration = reading.find_by_new_address(db.session(), found)
    if registration is not None:
        return _open_new_address(registration, found)
    delegation = reading.find_delegation_by_link(db.session(), found)
    if delegation is not None:
        return _open_delegation(delegation)
    submission = find_submission_by_link(db.session(), found)
    if submission is not None:
        return _open_submission(submission)
    limits.guard(limits.UNKNOWN_LINK)
    form = make_link_form()
    return render_template("delegate/no_link.html", form=form), HTTPStatus.NOT_FOUND


def _open_entry(registration: Registration) -> ResponseReturnValue:
    links.open_entry(registration)
    is_new = registration.state is State.UNCONFIRMED
    return _lead_to("delegate.confirm" if is_new else "delegate.entry", registration)


def _open_new_address(registration: Registration, found: bytes) -> ResponseReturnValue:
    remember_proof(registration, found)
    return _lead_to("delegate.address", registration)


def _open_delegation(row: DelegationRow) -> ResponseReturnValue:
    links.open_delegation(row)
    language = row.focal_point.language if row.focal_point is not None else g.language
    there = url_for("delegate.delegation", lang=language, meeting=row.meeting_id)
    return redirect(there, HTTPStatus.SEE_OTHER)


def _open_submission(submission: Submission) -> ResponseReturnValue:
    links.open_submission(submission)
    there = url_for(
        "calls.submission", lang=submission.sender.language, submission=submission.reference
    )
    return redirect(there, HTTPStatus.SEE_OTHER)


def _lead_to(endpoint: str, registration: Registration) -> ResponseReturnValue:
    there = url_for(
        endpoint, lang=registration.particulars.language, reference=registration.reference
    )
    return redirect(there, HTTPStatus.SEE_OTHER)
