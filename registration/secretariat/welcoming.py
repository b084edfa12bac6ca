"""Taking up an invitation: the token leaves the address bar, a password is chosen, once."""

from http import HTTPStatus

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from registration.secretariat import blueprint
from registration.secretariat.account_forms import PasswordForm
from registration.web import invitations, limits, staff_accounts


# "string" takes controls too: every token that is none is answered alike.
@blueprint.get("/invitation/<string:token>")
def open_invitation(token: str) -> ResponseReturnValue:
    """Open the invitation, or say of every other token alike that it opens nothing."""
    limits.refuse_if_spent(limits.UNKNOWN_LINK)
    if invitations.find_invited(token, now=g.arrived_at) is None:
        limits.guard(limits.UNKNOWN_LINK)
        return _nothing()
    invitations.keep(token)
    return redirect(url_for("secretariat.welcome"), HTTPStatus.SEE_OTHER)


@blueprint.get("/welcome")
def welcome() -> ResponseReturnValue:
    """Ask for the password."""
    return _show(PasswordForm(formdata=None))


@blueprint.post("/welcome")
def choose_password() -> ResponseReturnValue:
    """Keep the password, sign its owner in, and lead on to the second factor."""
    invited = invitations.find_kept()
    form = PasswordForm()
    if invited is None or not form.validate():
        return _show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    password = form.password.data or ""
    if not staff_accounts.accept_invitation(invited, password, now=g.arrived_at):
        return _nothing()
    login_user(invited, authn_via=["invitation"])
    return redirect(url_for("security.two_factor_setup"), HTTPStatus.SEE_OTHER)


def _show(form: PasswordForm, code: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    invited = invitations.find_kept()
    if invited is None:
        return _nothing()
    return render_template("secretariat/welcome.html", form=form, invited=invited), code


def _nothing() -> ResponseReturnValue:
    return render_template("secretariat/no_invitation.html"), HTTPStatus.NOT_FOUND
