"""Confirming the address: a page with a button, because scanners open links too."""

from http import HTTPStatus

from flask import flash, g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.attending import warn_of_full
from registration.delegate.current import bind, current_delegation, current_entry, to_entry
from registration.delegate.forms import ConfirmForm
from registration.delegate.refusing import answer, tell
from registration.domain.days import list_segments
from registration.domain.meeting import Delegation
from registration.domain.program import Segment
from registration.domain.refusals import SeatTaken, UnknownSeat
from registration.domain.segments import list_unmet
from registration.domain.states import State
from registration.registrar import confirming
from registration.registrar.office import Moved
from registration.store.database import db
from registration.store.reading.segments import list_choices
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.words import gettext


@blueprint.get("/registration/<reference>/confirm")
def confirm() -> ResponseReturnValue:
    """Show the button; whoever has confirmed already is led on."""
    if current_entry().state is not State.UNCONFIRMED:
        return to_entry()
    return _show(_make_form())


@blueprint.post("/registration/<reference>/confirm")
def confirm_entry() -> ResponseReturnValue:
    """Confirm the address: now a seat is taken, or a place on the reserve list."""
    form = _make_form()
    result = confirming.confirm(
        current_office(),
        current_entry().id,
        version=form.seen_version,
        arrived_at=g.arrived_at,
        seat_label=form.seat.data or None,
    )
    match result:
        case Moved(registration):
            flash(_done(registration.state, current_delegation()), "done")
            g.registration = registration
            warn_of_full()
            return to_entry(registration)
        case SeatTaken() | UnknownSeat() as refusal:
            return _show(form, tell(form, refusal), asks_seat=True)
        case refusal:
            return answer(refusal)


def _make_form() -> ConfirmForm:
    form = ConfirmForm()
    form.offer_seats(current_delegation(), current_entry().seat_label, g.language)
    return form


def _show(
    form: ConfirmForm, status: int = HTTPStatus.OK, *, asks_seat: bool = False
) -> ResponseReturnValue:
    bind(form)
    page = render_template(
        "delegate/confirm.html",
        form=form,
        registration=current_entry(),
        delegation=current_delegation(),
        wishes=_list_wishes(),
        asks_seat=asks_seat,
    )
    return page, status


def _list_wishes() -> list[Segment]:
    """Return what the person would like to attend."""
    return list_unmet(
        list_segments(get_current_meeting()), list_choices(db.session(), current_entry().id)
    )


def _done(state: State, group: Delegation) -> str:
    if state is State.RESERVE:
        return gettext("Your address is confirmed. You are on the reserve list.")
    if group.is_category:
        return gettext("Your address is confirmed and your registration is complete.")
    return gettext("Your address is confirmed and your seat is taken.")
