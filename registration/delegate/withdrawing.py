"""The delegate's own withdrawal, asked once more before it is done."""

from http import HTTPStatus

from flask import abort, flash, g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.current import (
    bind,
    current_delegation,
    current_entry,
    is_final,
    to_entry,
)
from registration.delegate.forms import WithdrawForm
from registration.delegate.patience import has_expired, keeps_typing
from registration.delegate.refusing import answer
from registration.domain.events import DELEGATE
from registration.domain.states import holds_seat
from registration.registrar import withdrawing
from registration.registrar.office import Moved
from registration.web.office import current_office
from registration.web.words import gettext


@blueprint.get("/registration/<reference>/withdraw")
def withdraw() -> ResponseReturnValue:
    """Say what withdrawing does, and ask."""
    if is_final():
        abort(404)
    form = WithdrawForm()
    bind(form)
    return _show(form)


@blueprint.post("/registration/<reference>/withdraw")
@keeps_typing
def save_withdrawal() -> ResponseReturnValue:
    """Withdraw the entry: its seat is free."""
    form = WithdrawForm()
    if has_expired(form):
        return _show(form, HTTPStatus.BAD_REQUEST)
    if not form.validate():
        return _show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = withdrawing.withdraw(
        current_office(),
        current_entry().id,
        version=form.seen_version,
        by=DELEGATE,
        arrived_at=g.arrived_at,
        reason=form.reason.data or "",
    )
    if not isinstance(result, Moved):
        return answer(result)
    flash(gettext("Your registration is withdrawn."), "done")
    return to_entry()


def _show(form: WithdrawForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    registration = current_entry()
    page = render_template(
        "delegate/withdraw.html",
        form=form,
        registration=registration,
        delegation=current_delegation(),
        has_seat=holds_seat(registration.state),
    )
    return page, status
