"""One's own account: name and language, how one signs in, and where one is signed in."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registration.registrar.accounts import end_sessions
from registration.secretariat import blueprint
from registration.secretariat.account_forms import OwnForm
from registration.store.database import db
from registration.store.reading.accounts import find_account, list_signed_in
from registration.web import staff_accounts
from registration.web.office import current_office
from registration.web.staff import get_staff, staff_by
from registration.web.words import gettext


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """Show the account."""
    me = get_staff()
    form = OwnForm(formdata=None, name=me.name, language=me.language)
    form.offer_languages()
    return _show(form)


@blueprint.post("/account")
def save_account() -> ResponseReturnValue:
    """Change name and language."""
    form = OwnForm()
    form.offer_languages()
    if not form.validate():
        return _show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    staff_accounts.rename(
        get_staff(), name=form.name.data or "", language=form.language.data, now=g.arrived_at
    )
    flash(gettext("Saved."), "done")
    return redirect(url_for("secretariat.account"), HTTPStatus.SEE_OTHER)


@blueprint.post("/account/session/<uuid:session_id>")
def end_session(session_id: UUID) -> ResponseReturnValue:
    """Sign out there: another browser that is signed in to this account."""
    me = get_staff()
    held = list_signed_in(db.session(), me.id, now=g.arrived_at)
    if session_id not in {each.id for each in held}:
        abort(404)
    end_sessions(current_office(), staff_by(), me.id, at=g.arrived_at, only=session_id)
    flash(gettext("That browser is signed out."), "done")
    return redirect(url_for("secretariat.account"), HTTPStatus.SEE_OTHER)


def _show(form: OwnForm, code: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    session, me = db.session(), get_staff()
    page = render_template(
        "secretariat/account.html",
        account=find_account(session, me.id),
        form=form,
        signed_in=list_signed_in(session, me.id, now=g.arrived_at),
        here=g.staff_session.id,
    )
    return page, code
