"""The page of a batch: how far it is, what came of each entry, and the paper once it is made."""

from dataclasses import dataclass, fields
from uuid import UUID

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain import desk_refusals, door_refusals, refusals
from registration.domain.batches import FAULT, Batch, BatchItem, BatchKind, BatchStatus, ItemStatus
from registration.domain.desk_refusals import NotExpected
from registration.domain.refusals import CameSecond, NotPermitted, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import MoveName
from registration.registrar.opening import open_collection
from registration.secretariat import blueprint
from registration.secretariat.batch_words import file_name
from registration.store import reading
from registration.store.database import db
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import refusal_sentence
from registration.web.words import gettext

#: Entries read at a time.
_PAGE = 200


@dataclass(frozen=True)
class Result:
    """What came of one entry. why: where it was refused."""

    registration: Registration
    status: ItemStatus
    why: str


@blueprint.get("/<meeting>/batch/<uuid:batch_id>/")
def batch(batch_id: UUID) -> ResponseReturnValue:
    """Show the batch. While it is under way the page asks for itself again."""
    found = _get_batch(batch_id)
    return render_template(
        "secretariat/batch.html",
        batch=found,
        results=_list_results(found),
        file=reading.find_file(db.session(), found.file_id) if found.file_id else None,
        BatchKind=BatchKind,
        BatchStatus=BatchStatus,
        ItemStatus=ItemStatus,
    )


@blueprint.get("/<meeting>/batch/<uuid:batch_id>/paper.pdf")
def paper(batch_id: UUID) -> Response:
    """Answer with the paper. The opening is in the meeting's history before the first byte."""
    found = _get_batch(batch_id)
    if found.file_id is None:
        abort(404)
    opened = open_collection(current_office(), found, by=staff_by(), arrived_at=g.arrived_at)
    answer = Response(opened.data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = attachment(file_name(found), "application/pdf")
    return answer


def _get_batch(id: UUID) -> Batch:
    found = reading.find_batch(db.session(), id)
    if found is None or found.meeting_id != get_current_meeting().id:
        abort(404)
    return found


def _list_results(batch: Batch) -> list[Result]:
    """Return what came of the entries so far, those that were refused first."""
    session, results, after = db.session(), list[Result](), 0
    while page := reading.list_of_items(session, batch.id, after=after, limit=_PAGE):
        results += [
            Result(each, item.status, _why(item, each))
            for item, each in page
            if item.status is not ItemStatus.DUE
        ]
        after = page[-1][0].number
    return sorted(results, key=lambda each: each.status is not ItemStatus.REFUSED)


def _why(item: BatchItem, registration: Registration) -> str:
    if item.status is not ItemStatus.REFUSED:
        return ""
    if item.refusal == FAULT:
        return gettext("Something failed on our side. Try this one by itself.")
    refusal = _find_refusal(item, registration)
    if refusal is None:
        return gettext("It was changed in the meantime. Open it to see how it stands.")
    return refusal_sentence(refusal)


def _find_refusal(item: BatchItem, registration: Registration) -> Refusal | None:
    """Return the refusal as it was: who came first is told by the move that followed on the version
    that had been on the screen."""
    match item.refusal:
        case "NotPermitted":
            return NotPermitted(move=MoveName.APPROVE, state=registration.state)
        case "NotExpected":
            return NotExpected(registration.state)
    name = item.refusal or ""
    rooms = (refusals, desk_refusals, door_refusals)
    plain = next((found for room in rooms if (found := getattr(room, name, None))), None)
    if item.refusal != "CameSecond" and plain is not None and not fields(plain):
        refusal: Refusal = plain()
        return refusal
    chain = reading.chain_of_registration(registration.id)
    line = reading.find_move(db.session(), chain, version=item.version + 1)
    if line is None:
        return None
    move = MoveName(line.facts["move"])
    return CameSecond(move=move, actor=line.actor, who=line.staff_name, at=line.at)
