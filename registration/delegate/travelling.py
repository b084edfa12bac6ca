"""The travel step: passport and journey of those whose flight is paid; diet and accessibility of
everybody who is invited."""

from http import HTTPStatus

from flask import abort, flash, g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.current import bind, current_entry, to_entry
from registration.delegate.forms import EntryForm
from registration.delegate.journey import find_journey, today
from registration.delegate.patience import has_expired, keeps_typing
from registration.delegate.refusing import answer
from registration.delegate.travel_forms import NeedsForm, TravelForm, fields_of
from registration.domain.events import DELEGATE
from registration.domain.journeys import Needs
from registration.domain.states import Actor
from registration.domain.travel_rules import expires_soon, refuse_needs, refuse_travel
from registration.registrar.office import Moved
from registration.registrar.proposing import Proposal, propose
from registration.registrar.telling_travel import tell_needs, tell_travel
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.words import gettext


@blueprint.get("/registration/<reference>/travel")
def travel() -> ResponseReturnValue:
    """Ask for passport and journey; 404 for whoever's flight is not paid."""
    journey = find_journey(current_entry())
    if not journey.is_traveller:
        abort(404)
    refusal = refuse_travel(
        get_current_meeting(),
        current_entry(),
        has_ticket=journey.row.has_ticket,
        actor=Actor.DELEGATE,
        now=g.arrived_at,
    )
    if refusal is not None:
        return answer(refusal)
    proposal = propose(current_office(), current_entry(), today=today())
    form = TravelForm(formdata=None, data=fields_of(journey.row.travel, proposal))
    is_read = journey.row.travel is None and proposal != Proposal()
    return _show_travel(form, is_read=is_read)


@blueprint.post("/registration/<reference>/travel")
@keeps_typing
def save_travel() -> ResponseReturnValue:
    """Keep the travel data."""
    form, meeting = TravelForm(), get_current_meeting()
    if has_expired(form):
        return _show_travel(form, HTTPStatus.BAD_REQUEST)
    _refuse_other_entry(form)
    form.offer()
    data = form.judge(meeting, today=today())
    if data is None:
        return _show_travel(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = tell_travel(
        current_office(), current_entry().id, data, by=DELEGATE, arrived_at=g.arrived_at
    )
    if not isinstance(result, Moved):
        return answer(result)
    flash(gettext("We have your travel data. The travel desk will write to you."), "done")
    if expires_soon(data.expires, meeting):
        flash(
            gettext(
                "Your passport is valid for less than six months after the meeting. Some countries "
                "do not let you in, or board, with it: see to it now."
            ),
            "attention",
        )
    return to_entry()


@blueprint.get("/registration/<reference>/needs")
def needs() -> ResponseReturnValue:
    """Ask for diet and accessibility; 404 for whoever is not invited."""
    refusal = refuse_needs(
        get_current_meeting(), current_entry(), actor=Actor.DELEGATE, now=g.arrived_at
    )
    if refusal is not None:
        return answer(refusal)
    told = find_journey(current_entry()).row.needs or Needs()
    return _show_needs(NeedsForm(formdata=None, data=vars(told)))


@blueprint.post("/registration/<reference>/needs")
@keeps_typing
def save_needs() -> ResponseReturnValue:
    """Keep what the person asks for."""
    form = NeedsForm()
    if has_expired(form):
        return _show_needs(form, HTTPStatus.BAD_REQUEST)
    _refuse_other_entry(form)
    if not form.validate():
        return _show_needs(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = tell_needs(
        current_office(), current_entry().id, form.read(), by=DELEGATE, arrived_at=g.arrived_at
    )
    if not isinstance(result, Moved):
        return answer(result)
    flash(gettext("We have your answer."), "done")
    return to_entry()


def _refuse_other_entry(form: EntryForm) -> None:
    """Two entries in one browser: the answer is for the one that was on the page (T62)."""
    if form.reference.data != current_entry().reference:
        abort(400)


def _show_travel(
    form: TravelForm, status: int = HTTPStatus.OK, *, is_read: bool = False
) -> ResponseReturnValue:
    form.offer()
    bind(form)
    registration = current_entry()
    page = render_template(
        "delegate/travel.html", form=form, registration=registration, is_read=is_read
    )
    return page, status


def _show_needs(form: NeedsForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    form.offer()
    bind(form)
    return render_template("delegate/needs.html", form=form, registration=current_entry()), status
