"""Who has not come, and an arrival taken back at the door."""

from http import HTTPStatus

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.attendance import is_over
from registration.domain.ids import DelegationKey
from registration.domain.registrations import Registration
from registration.registrar import arriving
from registration.secretariat import blueprint
from registration.secretariat.arriving import ask_to_undo
from registration.secretariat.at_door import get_guest
from registration.secretariat.forms import ReasonForm
from registration.store.database import db
from registration.store.reading import arrivals
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.words import gettext

#: As many as the page shows; of more the delegation is chosen first.
MOST_MISSING = 300


@blueprint.get("/<meeting>/door/missing")
def door_missing() -> ResponseReturnValue:
    """Show who has a letter in force and did not come, of all or of one delegation."""
    meeting = get_current_meeting()
    key = DelegationKey(request.args.get("delegation", ""))
    delegation = meeting.find_delegation(key)
    rows = arrivals.list_missing(
        db.session(),
        meeting.id,
        delegation_key=None if delegation is None else delegation.key,
        limit=MOST_MISSING + 1,
    )
    return render_template(
        "secretariat/door/missing.html",
        rows=rows[:MOST_MISSING],
        has_more=len(rows) > MOST_MISSING,
        delegation=delegation,
        is_over=is_over(meeting, g.arrived_at),
    )


@blueprint.get("/<meeting>/door/<reference>/undo")
def door_undo(reference: str) -> ResponseReturnValue:
    """Ask why an arrival is taken back."""
    registration = get_guest(reference)
    form = ReasonForm(formdata=None, version=registration.version)
    return ask_to_undo(registration, form, back=_page_of(registration))


@blueprint.post("/<meeting>/door/<reference>/undo")
def save_door_undo(reference: str) -> ResponseReturnValue:
    """Take the arrival back."""
    registration = get_guest(reference)
    form = ReasonForm()
    if not form.validate():
        return ask_to_undo(
            registration,
            form,
            back=_page_of(registration),
            code=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    result = arriving.undo_arrival(
        current_office(), registration.id, by=staff_by(), reason=form.reason.data, at=g.arrived_at
    )
    if not isinstance(result, Registration):
        return ask_to_undo(registration, form, back=_page_of(registration), refusal=result)
    flash(gettext("The arrival of %(name)s was taken back.", name=registration.full_name), "done")
    return redirect(_page_of(registration), HTTPStatus.SEE_OTHER)


def _page_of(registration: Registration) -> str:
    return url_for("secretariat.door_person", reference=registration.reference)
