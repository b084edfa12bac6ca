"""The accounts of the staff: who works here, as what and where; and inviting somebody."""

from http import HTTPStatus

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registration.secretariat import blueprint
from registration.secretariat.account_forms import InvitationForm, list_offered
from registration.store.database import db
from registration.store.reading.accounts import list_accounts
from registration.web import staff_accounts
from registration.web.staff import staff_by
from registration.web.words import gettext


@blueprint.get("/staff/")
def staff() -> ResponseReturnValue:
    """List the accounts, with a form to invite somebody."""
    form = InvitationForm(formdata=None, language=g.language)
    form.offer_languages()
    return _show(form)


@blueprint.post("/staff/")
def invite_staff() -> ResponseReturnValue:
    """Open an account; its owner chooses the password by a mailed link."""
    form = InvitationForm()
    form.offer_languages()
    if not form.validate():
        return _show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        staff_accounts.invite(
            form.email.data or "",
            name=form.name.data or "",
            roles=form.read() or [],
            language=form.language.data,
            by=staff_by(),
            now=g.arrived_at,
        )
    except staff_accounts.AccountExists:
        form.email.errors = [gettext("There is an account with this address already.")]
        return _show(form, HTTPStatus.CONFLICT)
    flash(gettext("The invitation to %(name)s is on its way.", name=form.name.data), "done")
    return redirect(url_for("secretariat.staff"), HTTPStatus.SEE_OTHER)


def _show(form: InvitationForm, code: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    page = render_template(
        "secretariat/staff.html",
        accounts=list_accounts(db.session()),
        form=form,
        offered=list_offered(),
    )
    return page, code
