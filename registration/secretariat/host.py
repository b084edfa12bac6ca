"""The host's desk: names and nights of those whom it receives, what they eat, and no passport."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.journeys import Box, Diet, Needs, Stay
from registration.domain.travel import is_guest
from registration.language import travel as told
from registration.registrar.housing import book_rooms
from registration.registrar.housing import cancel_room as cancel
from registration.registrar.office import Moved
from registration.registrar.travel_data import TravelRow, list_travel, list_upset
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of
from registration.secretariat.travel_forms import RoomForm
from registration.store import reading
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words, refusal_sentence
from registration.web.words import gettext


@blueprint.get("/<meeting>/host")
def host() -> str:
    """Show the guests with their rooms and needs, and how many eat what."""
    rows = _list_guests()
    meeting = get_current_meeting()
    return render_template(
        "secretariat/host.html",
        rows=rows,
        to_cancel=list_upset(current_office(), meeting.id, Box.STAY),
        diets=_count_diets(rows),
        booked=sum(each.stay is not None for each in rows),
    )


@blueprint.get("/<meeting>/host/book")
def rooms() -> ResponseReturnValue:
    """Ask for the hotel of those who were ticked."""
    chosen = _list_chosen(request.args.getlist("person"))
    if not chosen:
        flash(gettext("No guest was chosen. Tick at least one."), "failure")
        return redirect(url_for("secretariat.host"), HTTPStatus.SEE_OTHER)
    return _show(chosen, RoomForm(formdata=None, data=_propose(chosen)))


@blueprint.post("/<meeting>/host/book")
def save_rooms() -> ResponseReturnValue:
    """Record the same room for each of them."""
    chosen, form = _list_chosen(request.form.getlist("person")), RoomForm()
    if not chosen:
        abort(404)
    stay = form.judge()
    if stay is None:
        return _show(chosen, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    ids = [each.registration.id for each in chosen]
    result = book_rooms(current_office(), ids, stay, by=staff_by(), arrived_at=g.arrived_at)
    if not isinstance(result, int):
        form.form_errors.append(refusal_sentence(result))
        return _show(chosen, form, code_of(result))
    flash(_booked(result), "done")
    return redirect(url_for("secretariat.host"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<meeting>/host/cancelled")
def cancel_room() -> ResponseReturnValue:
    """Record that the hotel cancelled a room."""
    meeting = get_current_meeting()
    found = reading.find_by_reference(db.session(), request.form.get("person", ""))
    if found is None or found.meeting_id != meeting.id:
        abort(404)
    result = cancel(current_office(), found.id, by=staff_by(), arrived_at=g.arrived_at)
    if isinstance(result, Moved):
        name = found.full_name
        flash(gettext("The room of %(name)s is recorded as cancelled.", name=name), "done")
    else:
        flash(refusal_sentence(result), "failure")
    return redirect(url_for("secretariat.host"), HTTPStatus.SEE_OTHER)


def _list_guests() -> list[TravelRow]:
    meeting = get_current_meeting()
    rows = list_travel(current_office(), meeting.id)
    return [each for each in rows if is_guest(meeting, each.registration)]


def _list_chosen(references: Sequence[str]) -> list[TravelRow]:
    """Return the guests that were ticked, in the order of the list; whoever is none is left out."""
    wanted = set(references)
    return [each for each in _list_guests() if each.registration.reference in wanted]


def _count_diets(rows: Sequence[TravelRow]) -> list[tuple[str, int]]:
    """Return how many eat what, the most first."""
    counts = Counter((each.needs or Needs()).diet for each in rows)
    words = current_words()
    ordered = sorted(Diet, key=lambda each: -counts[each])
    return [(told.diet(each, words), counts[each]) for each in ordered if counts[each]]


def _propose(chosen: Sequence[TravelRow]) -> dict[str, str]:
    """Return what the form shows at first: a room that one of them has, else the meeting's days."""
    stays = [each.stay for each in chosen if each.stay is not None]
    meeting = get_current_meeting()
    stay = stays[0] if stays else None
    eve = meeting.first_day - timedelta(days=1)
    return {
        **({} if stay is None else _told(stay)),
        "arrives": (stay.arrives if stay else eve).isoformat(),
        "leaves": (stay.leaves if stay else meeting.last_day).isoformat(),
    }


def _told(stay: Stay) -> dict[str, str]:
    return {"hotel": stay.hotel, "address": stay.address, "room": stay.room}


def _booked(number: int) -> str:
    return current_words().ngettext(
        "The room of %(num)d guest is recorded and on its way by mail.",
        "The rooms of %(num)d guests are recorded and on their way by mail.",
        number,
    )


def _show(
    chosen: Sequence[TravelRow], form: RoomForm, status: int = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template("secretariat/rooms.html", chosen=chosen, form=form)
    return page, status
