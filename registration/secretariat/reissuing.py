"""Letters that no longer say what the meeting's file says, and issuing one of an entry anew."""

from http import HTTPStatus

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import correcting
from registration.registrar.lettering import list_outdated
from registration.registrar.office import Moved
from registration.registrar.travel_data import find_travel
from registration.secretariat import blueprint
from registration.secretariat.answering import done
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import ReissueForm
from registration.store import reading
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext


@blueprint.get("/<meeting>/letters")
def outdated_letters() -> str:
    """Show the letters that a newer file of the meeting has left behind."""
    found = list_outdated(db.session(), get_current_meeting())
    return render_template("secretariat/outdated_letters.html", found=found)


@blueprint.get("/entry/<reference>/reissue")
def reissue(reference: str) -> ResponseReturnValue:
    """Ask why the letter is to be issued anew."""
    registration = get_entry(reference)
    if registration.state not in {State.INVITED, State.ACCEPTED}:
        abort(404)
    return _show(registration, ReissueForm(formdata=None, version=registration.version))


@blueprint.post("/entry/<reference>/reissue")
def save_reissue(reference: str) -> ResponseReturnValue:
    """Issue the letter anew."""
    registration = get_entry(reference)
    form = ReissueForm()
    if not form.validate():
        return _show(registration, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = correcting.reissue(
        current_office(),
        registration.id,
        version=form.seen_version,
        by=staff_by(),
        reason=form.reason.data,
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Moved):
        return show_entry(get_entry(reference), refusal=result)
    letter = reading.find_newest_letter(db.session(), registration.id)
    number = "" if letter is None else letter.number
    return done(gettext("Issued: letter %(number)s. It is on its way.", number=number), reference)


def _show(
    registration: Registration, form: ReissueForm, code: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template(
        "secretariat/reissue.html",
        registration=registration,
        form=form,
        names_passport=find_travel(current_office(), registration).travel is not None,
    )
    return page, code
