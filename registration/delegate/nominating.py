"""What a focal point does: nominate, put one delegate in another's place, withdraw, give a word."""

from http import HTTPStatus
from uuid import uuid4

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.delegation import (
    answer,
    current_place,
    current_row,
    get_own_entry,
    list_entries,
    list_seats,
    show_person,
)
from registration.delegate.focal_forms import NominateForm, ReplaceForm, VouchForm
from registration.delegate.forms import WithdrawForm
from registration.delegate.patience import has_expired, keeps_typing
from registration.delegate.refusing import code_of, tell
from registration.domain.deadline import closed
from registration.domain.events import FOCAL_POINT
from registration.domain.ids import RegistrationId
from registration.domain.names import canonical_email
from registration.domain.registrations import Registration
from registration.domain.states import Actor, MoveName, holds_seat
from registration.registrar import entering, replacing, withdrawing
from registration.registrar.entering import Application
from registration.registrar.office import Moved
from registration.registrar.vouching import vouch
from registration.web import limits
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.words import gettext


@blueprint.get("/<meeting>/delegation/nominate")
def nominate() -> ResponseReturnValue:
    """Show the form for a new delegate; 404 once it is too late."""
    late = closed(
        MoveName.NOMINATE,
        Actor.FOCAL_POINT,
        get_current_meeting(),
        now=g.arrived_at,
        later=current_row().later_deadline,
    )
    if late is not None:
        abort(404)
    return _show_nomination(_make_nomination({"entry": make_entry_id(), "language": g.language}))


@blueprint.post("/<meeting>/delegation/nominate")
@keeps_typing
def save_nomination() -> ResponseReturnValue:
    """Nominate: the seat is taken now, and the delegate is asked to complete the entry."""
    form = _make_nomination()
    if has_expired(form):
        return _show_nomination(form, HTTPStatus.BAD_REQUEST)
    if not form.validate():
        return _show_nomination(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    limits.guard(limits.REGISTER_ADDRESS, canonical_email(form.email.data))
    result = entering.nominate(
        current_office(), _to_application(form), by=FOCAL_POINT, arrived_at=g.arrived_at
    )
    if not isinstance(result, Moved):
        return _show_nomination(form, tell(form, result))
    return _done(gettext("Nominated: %(name)s.", name=result.registration.full_name))


@blueprint.get("/<meeting>/delegation/<reference>/replace")
def replace(reference: str) -> ResponseReturnValue:
    """Show the form for who comes instead."""
    entry = _get_for(reference, MoveName.REPLACE)
    form = _make_replacement({"entry": make_entry_id(), "language": g.language})
    _bind(form, entry)
    return _show_replacement(form, entry)


@blueprint.post("/<meeting>/delegation/<reference>/replace")
@keeps_typing
def save_replacement(reference: str) -> ResponseReturnValue:
    """Put another delegate into the seat, which is never free in between."""
    entry = get_own_entry(reference)
    form = _make_replacement()
    if has_expired(form):
        return _show_replacement(form, entry, HTTPStatus.BAD_REQUEST)
    if not form.validate():
        return _show_replacement(form, entry, HTTPStatus.UNPROCESSABLE_ENTITY)
    limits.guard(limits.REGISTER_ADDRESS, canonical_email(form.email.data))
    result = replacing.replace(
        current_office(),
        entry.id,
        _to_application(form),
        version=form.seen_version,
        by=FOCAL_POINT,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Moved):
        return _show_replacement(form, entry, tell(form, result))
    return _done(
        gettext(
            "%(name)s now has the seat of %(other)s.",
            name=result.registration.full_name,
            other=entry.full_name,
        )
    )


@blueprint.get("/<meeting>/delegation/<reference>/withdraw")
def withdraw_delegate(reference: str) -> ResponseReturnValue:
    """Say what withdrawing does, and ask."""
    entry = _get_for(reference, MoveName.WITHDRAW)
    form = WithdrawForm()
    _bind(form, entry)
    return _show_withdrawal(form, entry)


@blueprint.post("/<meeting>/delegation/<reference>/withdraw")
@keeps_typing
def save_delegate_withdrawal(reference: str) -> ResponseReturnValue:
    """Withdraw a delegate: the seat is free for another."""
    entry = get_own_entry(reference)
    form = WithdrawForm()
    if has_expired(form):
        return _show_withdrawal(form, entry, HTTPStatus.BAD_REQUEST)
    if not form.validate():
        return _show_withdrawal(form, entry, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = withdrawing.withdraw(
        current_office(),
        entry.id,
        version=form.seen_version,
        by=FOCAL_POINT,
        arrived_at=g.arrived_at,
        reason=form.reason.data or "",
    )
    if not isinstance(result, Moved):
        return answer(result, code_of(result))
    return _done(gettext("Withdrawn: %(name)s.", name=entry.full_name))


@blueprint.post("/<meeting>/delegation/<reference>/vouch")
def give_word(reference: str) -> ResponseReturnValue:
    """Say of an entry that it is the delegation's, or that it is not. The seat stays as it is."""
    entry = get_own_entry(reference)
    form = VouchForm()
    if not form.validate() or not show_person(entry).asks_word:
        return _done(gettext("Nothing was changed."))
    is_ours = form.word.data == "ours"
    result = vouch(
        current_office(), entry.id, ours=is_ours, by=FOCAL_POINT, arrived_at=g.arrived_at
    )
    if not isinstance(result, Registration):
        return answer(result, code_of(result))
    if is_ours:
        return _done(gettext("Noted: %(name)s is of your delegation.", name=entry.full_name))
    return _done(
        gettext(
            "Noted: %(name)s is not of your delegation. The Secretariat decides what happens with "
            "the seat.",
            name=entry.full_name,
        )
    )


def _get_for(reference: str, move: MoveName) -> Registration:
    """Return the entry; 404 where the move is not open to the focal point."""
    entry = get_own_entry(reference)
    if move.value not in show_person(entry).moves:
        abort(404)
    return entry


def _make_nomination(data: dict[str, str] | None = None) -> NominateForm:
    form = NominateForm(data=data)
    form.offer(get_current_meeting(), g.language)
    place = current_place()
    free = {each.number for each in list_seats(place, list_entries()) if each.holder is None}
    named = enumerate(place.labels, start=1)
    form.offer_seats(
        [(label.key, label.name[g.language]) for number, label in named if number in free],
        must_choose=bool(place.labels),
    )
    return form


def _make_replacement(data: dict[str, str] | None = None) -> ReplaceForm:
    form = ReplaceForm(data=data)
    form.offer(get_current_meeting(), g.language)
    return form


def _to_application(form: NominateForm | ReplaceForm) -> Application:
    return Application(
        entry=find_entry_id(form.entry.data or "") or RegistrationId(uuid4()),
        meeting_id=get_current_meeting().id,
        delegation_key=current_row().key,
        particulars=form.to_particulars(),
        seat_label=form.chosen_seat,
    )


def _bind(form: ReplaceForm | WithdrawForm, entry: Registration) -> None:
    form.reference.data = entry.reference
    form.version.data = str(entry.version)


def _show_nomination(form: NominateForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    page = render_template("delegate/nominate.html", form=form, delegation=current_place())
    return page, status


def _show_replacement(
    form: ReplaceForm, entry: Registration, status: int = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template(
        "delegate/replace.html", form=form, registration=entry, delegation=current_place()
    )
    return page, status


def _show_withdrawal(
    form: WithdrawForm, entry: Registration, status: int = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template(
        "delegate/withdraw_delegate.html",
        form=form,
        registration=entry,
        has_seat=holds_seat(entry.state),
    )
    return page, status


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence, "done")
    return redirect(url_for("delegate.delegation"), HTTPStatus.SEE_OTHER)
