"""What is printed at the door for one person: the badge that was lost, the sheet for the table."""

from http import HTTPStatus

from flask import Response, abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from registration.domain.batches import list_card_languages
from registration.letters.nameplates import draw_nameplates
from registration.registrar.printing import print_badge
from registration.secretariat import blueprint
from registration.secretariat.at_door import get_guest
from registration.uploads.names import attachment
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import refusal_sentence
from registration.web.words import gettext


@blueprint.post("/<meeting>/door/<reference>/badge")
def door_badge(reference: str) -> ResponseReturnValue:
    """Answer with the person's badge, to print now; that it was made is in the history."""
    registration = get_guest(reference)
    made = print_badge(
        current_office(),
        get_current_meeting(),
        registration,
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(made, bytes):
        flash(refusal_sentence(made), "failure")
        return redirect(
            url_for("secretariat.door_person", reference=reference), HTTPStatus.SEE_OTHER
        )
    return _send(made, f"{gettext('Badge')} {registration.reference}.pdf")


@blueprint.get("/<meeting>/door/<reference>/nameplate.pdf")
def door_nameplate(reference: str) -> Response:
    """Answer with the nameplate of the person's delegation; nobody's name is on it."""
    meeting, registration = get_current_meeting(), get_guest(reference)
    delegation = meeting.find_delegation(registration.delegation_key)
    if delegation is None:
        abort(404)
    dated = g.arrived_at.astimezone(meeting.zone).date()
    made = draw_nameplates(meeting, [delegation], list_card_languages(meeting), dated)
    return _send(made, f"{gettext('Nameplate')} {delegation.key}.pdf")


def _send(data: bytes, name: str) -> Response:
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = attachment(name, "application/pdf")
    return answer
