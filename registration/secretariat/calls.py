"""The calls of a meeting at the desk: how many sent what, by what names, and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.call_listing import SentLine
from registration.domain.calls import Call
from registration.domain.exports import ExportFormat
from registration.domain.submissions import Stand, Submission
from registration.registrar.exporting_calls import export_call as make_export
from registration.secretariat import blueprint
from registration.secretariat.exporting import MEDIA_TYPES
from registration.store.database import db
from registration.store.reading.submissions import count_stands
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import days_left
from registration.web.words import gettext, ngettext


@dataclass(frozen=True)
class CallShown:
    """A call in the list. stands: how many stand how, those without any left out.

    left: days to the closing, None where it closes never, negative once it has.
    """

    call: Call
    stands: Sequence[tuple[Stand, int]]
    left: int | None
    is_early: bool


@blueprint.get("/<meeting>/calls/")
def calls() -> str:
    """List every call with its numbers."""
    meeting = get_current_meeting()
    counts = count_stands(db.session(), meeting.id)
    shown = [
        CallShown(
            each,
            [(stand, counts[each.key, stand]) for stand in Stand if counts.get((each.key, stand))],
            None if each.closes is None else days_left(each.closes, g.arrived_at),
            each.is_early(g.arrived_at),
        )
        for each in meeting.calls
    ]
    return render_template("secretariat/calls.html", calls=shown)


@blueprint.app_template_global()
def closing_words(left: int | None, *, is_early: bool) -> str:
    """Return when the call closes, in days. left: as `CallShown` has it."""
    if is_early:
        return gettext("Not open yet")
    if left is None:
        return gettext("No closing date")
    if left < 0:
        return gettext("Closed")
    if left == 0:
        return gettext("Today")
    return ngettext("In one day", "In %(num)d days", left)


def get_call(key: str) -> Call:
    """Return the call of the current meeting; any other answers 404."""
    found = get_current_meeting().find_call(key)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def name_of(submission: Submission | SentLine) -> str:
    """Return who sent it, as lists name it: the delegation, or the person with the institution."""
    delegation = get_current_meeting().find_delegation(submission.delegation_key or "")
    if delegation is not None:
        return delegation.name[g.language]
    if submission.erased_at is not None:
        return gettext("Data erased")
    sender = submission.sender
    return f"{sender.name}, {sender.institution}" if sender.institution else sender.name


def region_names() -> dict[str, str]:
    """Return the meeting's sub-regions by key."""
    return {each.key: each.name[g.language] for each in get_current_meeting().regions}


@blueprint.post("/<meeting>/calls/<call>/export")
def export_call(call: str) -> ResponseReturnValue:
    """Answer with what was sent as a table, in the page's language."""
    found = get_call(call)
    asked = request.form.get("format", ExportFormat.XLSX)
    if asked not in set(ExportFormat):
        abort(HTTPStatus.BAD_REQUEST)
    format = ExportFormat(asked)
    made = make_export(
        current_office(),
        get_current_meeting(),
        found,
        format,
        language=g.language,
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    answer = Response(made.data, mimetype=MEDIA_TYPES[format])
    name = f"{made.name}.{format.value}"
    answer.headers["Content-Disposition"] = attachment(name, MEDIA_TYPES[format])
    return answer


def to_call(call: Call, sentence: str, kind: str = "done") -> ResponseReturnValue:
    """Say what was done on the page of the call."""
    flash(sentence, kind)
    return redirect(url_for("secretariat.call", call=call.key), HTTPStatus.SEE_OTHER)
