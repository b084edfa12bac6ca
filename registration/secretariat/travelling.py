"""The travel desk: those whose flight it pays, with their passports, and nobody else.

Who may be seen is asked before every request (`web.access`, Door.TRAVEL), and again in the
transaction that records an opening.
"""

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.openings import Why
from registration.domain.papers import LockedFile
from registration.domain.registrations import Registration
from registration.domain.travel import TRAVELLING, is_flight_paid, is_traveller
from registration.secretariat import blueprint
from registration.secretariat.entry import read_turn
from registration.secretariat.files import answer_with_file, answer_with_picture, find_passport
from registration.store import reading
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting


@blueprint.get("/<meeting>/travel")
def travel() -> str:
    """Show whose air tickets this desk buys, by delegation."""
    meeting = get_current_meeting()
    invited = reading.list_registrations(db.session(), meeting.id, states=TRAVELLING)
    travellers = [each for each in invited if is_traveller(meeting, each)]
    paid = [each for each in meeting.groups if is_flight_paid(meeting, each.key)]
    delegations = [each.name[g.language] for each in paid]
    return render_template(
        "secretariat/travel.html", travellers=travellers, delegations=delegations
    )


@blueprint.get("/travel/<reference>/")
def traveller(reference: str) -> str:
    """Show one person's passport."""
    registration = _traveller(reference)
    return render_template(
        "secretariat/traveller.html",
        registration=registration,
        file=find_passport(registration),
        turn=read_turn(),
    )


@blueprint.get("/travel/<reference>/passport/<int:page>.jpg")
def traveller_picture(reference: str, page: int) -> ResponseReturnValue:
    """Answer with a picture that we made of one page."""
    registration = _traveller(reference)
    file = _get_passport(registration)
    return answer_with_picture(registration, file, page, "large", why=Why.FLIGHT)


@blueprint.get("/travel/<reference>/passport")
def traveller_file(reference: str) -> Response:
    """Answer with the passport's copy, for saving."""
    registration = _traveller(reference)
    return answer_with_file(registration, _get_passport(registration), why=Why.FLIGHT)


def _traveller(reference: str) -> Registration:
    """Return the person whom the guard let this desk see."""
    registration: Registration = g.registration
    assert registration.reference == reference
    return registration


def _get_passport(registration: Registration) -> LockedFile:
    file = find_passport(registration)
    if file is None:
        abort(404)
    return file
