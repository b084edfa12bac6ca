"""One account of the staff, as the administrator sees it: its roles, its history, its doings."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.accounts import Account
from registration.domain.ids import RegistrationId
from registration.domain.papers import HistoryLine
from registration.domain.roles import LastAdministrator
from registration.language.accounts import sentence
from registration.registrar import accounts as changing
from registration.secretariat import blueprint
from registration.secretariat.account_forms import RolesForm, list_offered
from registration.secretariat.account_words import tell_change
from registration.secretariat.history_words import ToldLine
from registration.store import reading
from registration.store.database import db
from registration.store.reading.accounts import Doing, find_account, list_doings, list_signed_in
from registration.store.reading.history import chain_of_account
from registration.web import account_mail, staff_accounts
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.words import gettext

#: Lines of history that the page shows, and doings on a page.
SHOWN_LINES, DOINGS = 30, 50


@dataclass(frozen=True)
class ToldDoing:
    """Something an account did. reference, meeting_id: of what it was done to, or ""."""

    text: str
    line: HistoryLine
    reference: str
    meeting_id: str


@blueprint.get("/staff/<int:staff_id>/")
def staff_account(staff_id: int) -> ResponseReturnValue:
    """Show one account."""
    account = _get(staff_id)
    form = RolesForm(formdata=None)
    form.tick(account.roles)
    return _show(account, form)


@blueprint.post("/staff/<int:staff_id>/")
def save_roles(staff_id: int) -> ResponseReturnValue:
    """Give the account the roles that were ticked; none is an account that opens nothing."""
    account, form = _get(staff_id), RolesForm()
    roles = form.read() if form.validate() else None
    if roles is None:
        return _show(account, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = changing.change_roles(current_office(), staff_by(), staff_id, roles, at=g.arrived_at)
    if isinstance(result, LastAdministrator):
        return _show(account, form, refusal=result, code=HTTPStatus.CONFLICT)
    return _done(gettext("The roles of %(name)s are changed.", name=account.name), staff_id)


@blueprint.post("/staff/<int:staff_id>/<any(close,reopen,invite,sign_out,factors):what>")
def change_account(staff_id: int, what: str) -> ResponseReturnValue:
    """Close the account, open it again, invite once more, sign it out, or forget its factors."""
    account = _get(staff_id)
    office, by, name = current_office(), staff_by(), account.name
    match what:
        case "close":
            result = changing.close(office, by, staff_id, at=g.arrived_at)
            if isinstance(result, LastAdministrator):
                form = RolesForm(formdata=None)
                form.tick(account.roles)
                return _show(account, form, refusal=result, code=HTTPStatus.CONFLICT)
            told = gettext("The account of %(name)s is closed.", name=name)
        case "reopen":
            changing.reopen(office, by, staff_id, at=g.arrived_at)
            told = gettext("The account of %(name)s is open again.", name=name)
        case "invite":
            if account.invited_at is None or not account.is_open:
                abort(HTTPStatus.CONFLICT)
            row = staff_accounts.get_account(staff_id)
            staff_accounts.send_invitation(row, by=by, now=g.arrived_at)
            told = gettext("The invitation to %(name)s is on its way.", name=name)
        case "sign_out":
            changing.end_sessions(office, by, staff_id, at=g.arrived_at)
            told = gettext("%(name)s is signed out everywhere.", name=name)
        case _:
            changing.forget_factors(office, by, staff_id, at=g.arrived_at)
            account_mail.second_factor_changed(staff_accounts.get_account(staff_id))
            told = gettext("From now on the password alone signs %(name)s in.", name=name)
    return _done(told, staff_id)


@blueprint.get("/staff/<int:staff_id>/doings")
def staff_doings(staff_id: int) -> ResponseReturnValue:
    """Show what the account did, the newest first. `before`: the line that the page follows on."""
    account = _get(staff_id)
    found = list_doings(db.session(), staff_id, before=_read_before(), limit=DOINGS + 1)
    return render_template(
        "secretariat/staff_doings.html",
        account=account,
        doings=_tell(found[:DOINGS]),
        older=found[DOINGS - 1].line.id if len(found) > DOINGS else None,
    )


def _get(staff_id: int) -> Account:
    # A number that no database keeps is nobody's.
    account = find_account(db.session(), staff_id) if staff_id < 2**31 else None
    if account is None:
        abort(404)
    return account


def _done(told: str, staff_id: int) -> ResponseReturnValue:
    flash(told, "done")
    return redirect(url_for("secretariat.staff_account", staff_id=staff_id), HTTPStatus.SEE_OTHER)


def _show(
    account: Account,
    form: RolesForm,
    *,
    refusal: LastAdministrator | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    session = db.session()
    lines = reading.list_history(session, chain_of_account(account.id))[:SHOWN_LINES]
    page = render_template(
        "secretariat/staff_account.html",
        account=account,
        form=form,
        offered=list_offered(),
        refusal="" if refusal is None else sentence(refusal, current_words()),
        signed_in=list_signed_in(session, account.id, now=g.arrived_at),
        history=[
            ToldLine(tell_change(line), line.staff_name or account.name, line.at, "")
            for line in lines
        ],
    )
    return page, code


def _read_before() -> UUID | None:
    try:
        return UUID(request.args.get("before", ""))
    except ValueError:
        return None


def _tell(doings: Sequence[Doing]) -> list[ToldDoing]:
    """Return the doings in words; the registrations they are about are read in one query."""
    kinds = [each.about.partition(":") for each in doings]
    ids = {RegistrationId(UUID(id)) for kind, _, id in kinds if kind == "registration"}
    found = {str(each.id): each.reference for each in reading.list_by_ids(db.session(), ids)}
    return [
        ToldDoing(
            tell_change(each.line),
            each.line,
            reference=found.get(id, "") if kind == "registration" else "",
            meeting_id=id if kind == "meeting" else "",
        )
        for each, (kind, _, id) in zip(doings, kinds, strict=True)
    ]
