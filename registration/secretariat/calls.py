"""The calls of a meeting at the desk: how many sent what, and what was sent to one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.calls import Answering, Call
from registration.domain.exports import ExportFormat
from registration.domain.submissions import Stand, Submission
from registration.registrar.announcing import list_untold
from registration.registrar.exporting_calls import EXPORTED
from registration.registrar.exporting_calls import export_call as make_export
from registration.secretariat import blueprint
from registration.secretariat.exporting import MEDIA_TYPES
from registration.store.database import db
from registration.store.reading.submissions import (
    Chosen,
    count_stands,
    list_chosen,
    list_submissions,
)
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import days_left
from registration.web.words import gettext, ngettext

#: What the list of one call shows; what lapsed or was withdrawn only when it is asked for.
_SHOWN = frozenset(Stand) - {Stand.LAPSED, Stand.WITHDRAWN}


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


@blueprint.get("/<meeting>/calls/<call>/")
def call(call: str) -> str:
    """Show what was sent to one call."""
    return show_call(get_call(call))


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


def show_call(call: Call) -> str:
    """Return the page of one call."""
    meeting, session = get_current_meeting(), db.session()
    all_of_them = request.args.get("all") == "yes"
    stands = frozenset(Stand) if all_of_them else _SHOWN
    found = list_submissions(session, meeting.id, call.key, stands=stands)
    chosen = list_chosen(session, meeting.id, call.key)
    return render_template(
        "secretariat/call.html",
        call=call,
        submissions=found,
        names={each.id: name_of(each) for each in found},
        regions=region_names(),
        places=_list_places(call, chosen, found),
        is_of_delegations=call.answering is Answering.DELEGATION,
        untold=list_untold(session, meeting.id, call.key) if call.choose else [],
        told=_last(each.decided_at for each in found),
        published=_last(each.published_at for each in found),
        exported=sum(each.stand in EXPORTED for each in found),
        all_of_them=all_of_them,
        now=g.arrived_at,
        left=None if call.closes is None else days_left(call.closes, g.arrived_at),
    )


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((each for each in moments if each is not None), default=None)


@dataclass(frozen=True)
class Place:
    """One of those that the call chooses. name: who was chosen, or "" while nobody is."""

    label: str
    name: str
    reference: str = ""


def _list_places(call: Call, chosen: Sequence[Chosen], found: Sequence[Submission]) -> list[Place]:
    """Return the places of the call: one for each sub-region, or by number."""
    by_id = {each.id: each for each in found}
    meeting = get_current_meeting()
    if call.one_from_each_region:
        keys = [each.key for each in meeting.regions if each.counts]
        there = {each.region: by_id.get(each.submission_id) for each in chosen}
        names = region_names()
        return [_place(names[key], there.get(key)) for key in keys]
    numbered = {each.number: by_id.get(each.submission_id) for each in chosen}
    return [_place(str(n), numbered.get(n)) for n in range(1, call.choose + 1)]


def _place(label: str, submission: Submission | None) -> Place:
    if submission is None:
        return Place(label, "")
    return Place(label, name_of(submission), submission.reference)


def name_of(submission: Submission) -> str:
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
