"""What the desk does with a delegation: focal point, link, admission, seats, its own deadline."""

from datetime import UTC
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.ids import RegistrationId
from registration.domain.meeting import Addressee, Admission, Delegation
from registration.domain.refusals import Refusal
from registration.domain.states import SEATED
from registration.registrar import delegations, replacing, seating
from registration.registrar.seating import Change
from registration.secretariat import blueprint
from registration.secretariat.delegation_forms import (
    ExtendForm,
    FocalPointForm,
    ReasonedForm,
    SeatForm,
    SwapForm,
    end_of,
    make_seat_form,
)
from registration.secretariat.delegations import choose_seated, get_place, show_delegation
from registration.secretariat.fields_by_language import read_lines
from registration.store import reading
from registration.store.database import db
from registration.store.reading import FocalPoint
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext


@blueprint.post("/<meeting>/delegations/<key>/focal-point")
def save_focal_point(key: str) -> ResponseReturnValue:
    """Put on record who speaks for the delegation."""
    _, row = get_place(key)
    form = FocalPointForm(part="focal")
    form.offer(get_current_meeting(), g.language)
    if not form.validate():
        return show_delegation(key, wrong="focal_point", focal_point=form)
    person = FocalPoint(name=form.name.data, email=form.email.data, language=form.language.data)
    result = delegations.name_focal_point(
        current_office(), row.meeting_id, row.key, person, by=staff_by(), at=g.arrived_at
    )
    return _answer(key, result, gettext("The focal point is on record."))


@blueprint.post("/<meeting>/delegations/<key>/link")
def send_delegation_link(key: str) -> ResponseReturnValue:
    """Mail the private link to the focal point."""
    _, row = get_place(key)
    result = delegations.send_link(
        current_office(), row.meeting_id, row.key, by=staff_by(), at=g.arrived_at
    )
    return _answer(key, result, gettext("The link is on its way to the focal point."))


@blueprint.post("/<meeting>/delegations/<key>/revoke")
def revoke_delegation_link(key: str) -> ResponseReturnValue:
    """Make another link; the one before it opens nothing any more."""
    _, row = get_place(key)
    result = delegations.revoke_link(
        current_office(), row.meeting_id, row.key, by=staff_by(), at=g.arrived_at
    )
    return _answer(key, result, gettext("The link is revoked. Another one can be sent now."))


@blueprint.post("/<meeting>/delegations/<key>/settings")
def save_delegation_setting(key: str) -> ResponseReturnValue:
    """Change who may register, to whom the letters are addressed, or whether number 1 leads."""
    _, row = get_place(key)
    office, by, at = current_office(), staff_by(), g.arrived_at
    result: object = None
    match request.form.get("what"), request.form.get("to"):
        case "admission", ("open" | "link") as to:
            result = delegations.admit(
                office, row.meeting_id, Admission(to), key=row.key, by=by, at=at
            )
        case "addressee", ("person" | "institution") as to:
            result = delegations.address_letters(
                office, row.meeting_id, row.key, Addressee(to), by=by, at=at
            )
        case "head", ("yes" | "no") as to:
            result = delegations.lead(
                office, row.meeting_id, row.key, leads=to == "yes", by=by, at=at
            )
    if result is None:
        return show_delegation(key)
    return _answer(key, result, gettext("Changed."))


@blueprint.post("/<meeting>/delegations/<key>/extend")
def extend_delegation(key: str) -> ResponseReturnValue:
    """Give the delegation a later deadline, or the meeting's own again."""
    _, row = get_place(key)
    form = ExtendForm(part="extend")
    if not form.validate():
        return show_delegation(key, wrong="extend", extend=form)
    day = form.until.data
    zone = get_current_meeting().zone
    until = None if day is None else end_of(day).replace(tzinfo=zone).astimezone(UTC)
    result = seating.extend(
        current_office(), row.meeting_id, row.key, until, change=make_change(form)
    )
    return _answer(key, result, gettext("The date is changed."), wrong="extend", extend=form)


@blueprint.post("/<meeting>/delegations/<key>/seat")
def add_delegation_seat(key: str) -> ResponseReturnValue:
    """Give the delegation another seat."""
    place, row = get_place(key)
    form = make_seat_form(get_current_meeting(), part="seat")
    is_good = form.validate()
    label = _read_label(place, form)
    if not is_good or (place.labels and label is None):
        return show_delegation(key, wrong="seat", seat=form)
    result = seating.add_seat(
        current_office(), row.meeting_id, row.key, change=make_change(form), label=label
    )
    return _answer(
        key, result, gettext("The delegation has another seat."), wrong="seat", seat=form
    )


@blueprint.post("/<meeting>/delegations/<key>/seat/remove")
def drop_delegation_seat(key: str) -> ResponseReturnValue:
    """Take the delegation's last seat away, if nobody holds it."""
    _, row = get_place(key)
    form = ReasonedForm(part="fewer")
    if not form.validate():
        return show_delegation(key, wrong="fewer", fewer=form)
    result = seating.drop_seat(current_office(), row.meeting_id, row.key, change=make_change(form))
    said = gettext("The delegation has one seat less.")
    return _answer(key, result, said, wrong="fewer", fewer=form)


@blueprint.post("/<meeting>/delegations/<key>/swap")
def swap_delegates(key: str) -> ResponseReturnValue:
    """Let two delegates exchange their seats."""
    _, row = get_place(key)
    form = SwapForm(part="swap")
    seated = reading.list_of_delegation(db.session(), row.id, states=SEATED)
    form.one.choices = form.other.choices = choose_seated(seated)
    if not form.validate():
        return show_delegation(key, wrong="swap", swap=form)
    one, version = _read_choice(form.one.data)
    other, other_version = _read_choice(form.other.data)
    result = replacing.swap(
        current_office(),
        one,
        other,
        version=version,
        other_version=other_version,
        by=staff_by(),
        arrived_at=g.arrived_at,
        reason=form.reason.data,
        tells=form.tell.data,
    )
    return _answer(
        key, result, gettext("The two delegates changed seats."), wrong="swap", swap=form
    )


def make_change(form: ReasonedForm) -> Change:
    """Return who changes what the form says, and why."""
    return Change(
        by=staff_by(), at=g.arrived_at, reason=form.reason.data, tells=bool(form.tell.data)
    )


def _answer(
    key: str, result: object, said: str, wrong: str = "", **form: object
) -> ResponseReturnValue:
    if isinstance(result, Refusal):
        return show_delegation(key, refusal=result, wrong=wrong, **form)
    flash(said, "done")
    return redirect(url_for("secretariat.delegation", key=key), 303)


def _read_label(place: Delegation, form: SeatForm) -> dict[str, Any] | None:
    """Return the new seat's name in each language, where the delegation's seats have names."""
    if not place.labels:
        return None
    names = read_lines(form, "label", get_current_meeting())
    for code, name in names.items():
        if not name:
            field = form[f"label_{code}"]
            field.errors = [*field.errors, gettext("The seats of this delegation have names.")]
    key = f"seat-{len(place.labels) + 1}"
    return {"key": key, "name": names} if all(names.values()) else None


def _read_choice(choice: str) -> tuple[RegistrationId, int]:
    id, _, version = choice.partition(":")
    return RegistrationId(UUID(id)), int(version)
