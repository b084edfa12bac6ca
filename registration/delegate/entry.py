"""The entry's own page: how it stands, what happens next, and what can be done now."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint, history
from registration.delegate.current import current_delegation, current_entry, is_final
from registration.delegate.places import is_open
from registration.delegate.standing import Papers, list_steps
from registration.domain.courtesies import list_courtesies
from registration.domain.papers import HistoryLine, LockedFile
from registration.domain.registrations import Registration
from registration.domain.states import Actor, list_moves
from registration.store import reading
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting


@blueprint.get("/registration/<reference>/")
def entry() -> ResponseReturnValue:
    """Show the entry. A final one shows its state and the contact, nothing personal."""
    registration, meeting = current_entry(), get_current_meeting()
    if is_final():
        return render_template("delegate/final.html", registration=registration)
    papers = find_papers(registration)
    delegation = current_delegation()
    lines = _list_history(registration)
    return render_template(
        "delegate/entry.html",
        registration=registration,
        delegation=delegation,
        papers=papers,
        steps=list_steps(registration, meeting, delegation, papers),
        courtesies=list_courtesies(meeting, delegation),
        moves=list_own_moves(registration),
        passport=find_passport(registration),
        lines=history.tell(lines),
        openings=history.tell_openings(lines),
    )


def find_papers(registration: Registration) -> Papers:
    """Return the newest letter and the newest acceptance of the entry."""
    session = db.session()
    return Papers(
        reading.find_newest_letter(session, registration.id),
        reading.find_acceptance(session, registration.id),
    )


def find_passport(registration: Registration) -> LockedFile | None:
    """Return the copy of the passport that the entry has, still locked."""
    if registration.passport is None:
        return None
    return reading.find_file(db.session(), registration.passport)


def list_own_moves(registration: Registration) -> set[str]:
    """Return the moves that the table and the calendar leave to the delegate."""
    return {
        move.value
        for move in list_moves(registration.state, Actor.DELEGATE)
        if is_open(move, get_current_meeting(), g.arrived_at)
    }


def _list_history(registration: Registration) -> list[HistoryLine]:
    return reading.list_history(db.session(), reading.chain_of_registration(registration.id))
