"""The delegate's correction, and what a nominated delegate adds: one page."""

from http import HTTPStatus
from typing import Any

from flask import abort, flash, g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.current import bind, current_delegation, current_entry, to_entry
from registration.delegate.entry import find_passport, has_passport, list_own_moves
from registration.delegate.forms import CompleteForm, CorrectForm
from registration.delegate.passports import find_shown, refuse_passport, take_passport
from registration.delegate.patience import has_expired, keeps_typing
from registration.delegate.refusing import answer, tell
from registration.domain.asking import list_asks
from registration.domain.refusals import PassportMissing, Refusal, SegmentFull, UnknownSegment
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import correcting
from registration.registrar.office import Moved
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.segments import OfferedDay, list_offered, offer_segments
from registration.web.words import gettext


@blueprint.get("/registration/<reference>/correct")
def correct() -> ResponseReturnValue:
    """Show the entry's data to be corrected or completed; 404 where neither is possible."""
    if not list_own_moves(current_entry()) & {"correct", "complete"}:
        abort(404)
    seen = current_entry()
    # An address that waits to be confirmed is what the delegate wants; left out, it is dropped.
    address = seen.new_email or seen.particulars.email
    form = _make_form({**vars(seen.particulars), "email": address})
    bind(form)
    return _show(form)


@blueprint.post("/registration/<reference>/correct")
@keeps_typing
def save_correction() -> ResponseReturnValue:
    """Take the correction."""
    form = _make_form()
    take_passport(form, current_entry().id)
    if has_expired(form):
        return _show(form, HTTPStatus.BAD_REQUEST)
    status = _judge(form)
    if status is not None:
        return _show(form, status)
    match _make_move(form):
        case Moved(registration):
            flash(_done(registration), "done")
            return to_entry()
        case PassportMissing() | SegmentFull() | UnknownSegment() as refusal:
            return _show(form, tell(form, refusal))
        case refusal:
            return answer(refusal)


def _make_form(data: dict[str, Any] | None = None) -> CorrectForm | CompleteForm:
    is_new = current_entry().state is State.NOMINATED
    form = CompleteForm(data=data) if is_new else CorrectForm(data=data)
    form.offer(get_current_meeting(), g.language)
    form.ask(list_asks([current_delegation()]))
    if isinstance(form, CompleteForm):
        offer_segments(form.segments, get_current_meeting())
    form.ask_of(current_delegation())
    return form


def _judge(form: CorrectForm | CompleteForm) -> HTTPStatus | None:
    is_good = form.validate()
    status = refuse_passport(
        form,
        is_asked=current_delegation().asks_passport,
        has_one=has_passport(current_entry()),
    )
    return status or (None if is_good else HTTPStatus.UNPROCESSABLE_ENTITY)


def _make_move(form: CorrectForm | CompleteForm) -> Moved | Refusal:
    office, id, particulars = current_office(), current_entry().id, form.to_particulars()
    if not isinstance(form, CompleteForm):
        return correcting.correct(
            office, id, particulars, version=form.seen_version, arrived_at=g.arrived_at
        )
    return correcting.complete(
        office,
        id,
        particulars,
        version=form.seen_version,
        arrived_at=g.arrived_at,
        segments=form.segments.data or [],
    )


def _show(form: CorrectForm | CompleteForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    page = render_template(
        "delegate/correct.html",
        form=form,
        registration=current_entry(),
        received=find_shown(form, current_entry().id),
        passport=find_passport(current_entry()),
        asks=list_asks([current_delegation()]),
        segment_days=_list_segments(form),
    )
    return page, status


def _list_segments(form: CorrectForm | CompleteForm) -> list[OfferedDay]:
    """Return what a nominated delegate chooses among; afterwards it has a page of its own."""
    if not isinstance(form, CompleteForm):
        return []
    return list_offered(get_current_meeting(), form.segments.data or [])


def _done(registration: Registration) -> str:
    if registration.new_email is not None:
        return gettext(
            "We have your correction. To change your address, open the message that we sent to "
            "%(email)s.",
            email=registration.new_email,
        )
    if registration.state is State.RESERVE:
        return gettext("We have your correction.")
    return gettext("We have your data. The Secretariat will review them and write to you.")
