"""The public page of one call: what is invited, of whom, by when, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import g, render_template, session
from flask.typing import ResponseReturnValue

from registration.calls import blueprint
from registration.calls.current import get_call
from registration.calls.forms import SendForm, make_send_form
from registration.domain.answers import list_answering
from registration.domain.calls import Answering, Call
from registration.domain.meeting import Delegation
from registration.domain.submissions import Stand
from registration.store.database import db
from registration.store.reading.submissions import list_submissions
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import make_entry_id

#: What the next form of this browser begins with; never an answer.
REMEMBERED = "sender"


@dataclass(frozen=True)
class ChosenShown:
    """One of those who were chosen, as everybody may read it."""

    name: str
    more: str


@blueprint.get("/<meeting>/calls/<call>/")
def call(call: str) -> ResponseReturnValue:
    """Show the call, with its form while it takes one."""
    found = get_call(call)
    form = None
    if found.is_open(g.arrived_at) and not found.is_drafted:
        known = {**session.get(REMEMBERED, {}), "entry": make_entry_id(), "language": g.language}
        form = make_form(found, known)
    return show(found, form)


def make_form(call: Call, data: Mapping[str, Any] | None = None) -> SendForm:
    """Return the form of the call with its lists. data: what stands in it when shown first."""
    form = make_send_form(call, g.language, data)
    form.offer(get_current_meeting(), list_offered(call), g.language)
    return form


def show(call: Call, form: SendForm | None, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    """Show the page. form: also one that came too late, with all that was typed."""
    page = render_template(
        "calls/call.html",
        call=call,
        **({} if form is None else {"form": form}),
        offered=list_offered(call),
        chosen=list_shown(call),
        stands=stand_of(call, g.arrived_at),
        is_late=call.is_late(g.arrived_at),
    )
    return page, status


def list_offered(call: Call) -> list[Delegation]:
    """Return the delegations that may answer; none of a call that persons answer."""
    if call.answering is Answering.PERSON:
        return []
    return list_answering(get_current_meeting(), call)


def stand_of(call: Call, now: datetime) -> str:
    """Return "early", "open" or "late"."""
    if call.is_early(now):
        return "early"
    return "late" if call.is_late(now) else "open"


def list_shown(call: Call) -> list[ChosenShown]:
    """Return who was chosen, once the desk has published it."""
    meeting = get_current_meeting()
    chosen = list_submissions(db.session(), meeting.id, call.key, stands={Stand.CHOSEN})
    told = []
    for each in chosen:
        if each.published_at is None:
            continue
        delegation = meeting.find_delegation(each.delegation_key or "")
        if delegation is not None:
            told.append(ChosenShown(delegation.official_name[g.language], ""))
        elif each.erased_at is None:
            told.append(ChosenShown(each.sender.name, each.sender.institution))
    return told
