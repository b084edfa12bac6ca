"""The travel desk's ZIP of passports: who is in it, its password, and the file."""

from http import HTTPStatus

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.bundles import LeftOut
from registration.language import bundles as told
from registration.registrar.bundling import begin_zip, list_bundle
from registration.secretariat import blueprint
from registration.secretariat.files import SANDBOX
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.sealed_passwords import GOOD_FOR, seal_password, unseal_password
from registration.web.staff import get_staff, staff_by
from registration.web.staff_accounts import make_password
from registration.web.templates import current_words
from registration.web.words import gettext

_ZIP = "application/zip"


@blueprint.get("/<meeting>/travel/passports")
def passport_zip() -> ResponseReturnValue:
    """Show whose passports go into the ZIP, and whose do not. Nothing is opened."""
    return _show()


@blueprint.post("/<meeting>/travel/passports")
def make_zip_password() -> ResponseReturnValue:
    """Make a password and show it, this once, beside the button for the ZIP."""
    meeting_id, staff = get_current_meeting().id, get_staff()
    password = make_password()
    return _show(password, seal_password(password, meeting_id, staff.id, now=g.arrived_at))


@blueprint.post("/<meeting>/travel/passports.zip")
def download_passports() -> ResponseReturnValue:
    """Answer with the ZIP, made as it leaves."""
    meeting = get_current_meeting()
    sealed = request.form.get("sealed", "")
    password = unseal_password(sealed, meeting.id, get_staff().id, now=g.arrived_at)
    if password is None:
        flash(gettext("Nothing was downloaded: this password is too old. Make another."), "failure")
        return redirect(url_for("secretariat.passport_zip"), HTTPStatus.SEE_OTHER)
    bundle = list_bundle(current_office(), meeting.id)
    if not bundle.copies:  # The page says so.
        return redirect(url_for("secretariat.passport_zip"), HTTPStatus.SEE_OTHER)
    # All that the request knows is asked for here: the bytes are made when it is over.
    data = begin_zip(
        current_office(), bundle, password, current_words(), by=staff_by(), arrived_at=g.arrived_at
    )
    today = g.arrived_at.astimezone(meeting.zone).date()
    name = f"{gettext('Passports')} {meeting.id} {today.isoformat()}.zip"
    answer = Response(data, mimetype=_ZIP)
    answer.headers["Content-Disposition"] = attachment(name, _ZIP)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@blueprint.app_template_global()
def left_out_words(why: LeftOut) -> str:
    """Return why a passport is not in the ZIP."""
    return told.left_out_words(why, current_words())


def _show(password: str = "", sealed: str = "") -> ResponseReturnValue:
    return render_template(
        "secretariat/passport_zip.html",
        bundle=list_bundle(current_office(), get_current_meeting().id),
        password=password,
        sealed=sealed,
        minutes=int(GOOD_FOR.total_seconds()) // 60,
    )
