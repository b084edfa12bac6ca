"""The entry's own page: how it stands, what happens next, and what can be done now."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint, history
from registration.delegate.attending import can_change
from registration.delegate.current import bind, current_delegation, current_entry, is_final
from registration.delegate.forms import ListingForm
from registration.delegate.holding import list_own
from registration.delegate.journey import find_journey
from registration.delegate.places import is_open
from registration.delegate.standing import Papers, list_steps
from registration.domain.courtesies import list_courtesies
from registration.domain.days import list_segments
from registration.domain.papers import Condition, HistoryLine, LockedFile
from registration.domain.registrations import Registration
from registration.domain.segments import list_chosen, list_unmet
from registration.domain.states import Actor, MoveName, list_moves
from registration.registrar.certifying import may_have_certificate
from registration.store import reading
from registration.store.database import db
from registration.store.reading.segments import list_choices
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office


@blueprint.get("/registration/<reference>/")
def entry() -> ResponseReturnValue:
    """Show the entry. A final one shows its state and the contact, nothing personal."""
    registration, meeting = current_entry(), get_current_meeting()
    if is_final():
        return render_template(
            "delegate/final.html", registration=registration, held=list_own(registration, meeting)
        )
    papers = find_papers(registration)
    delegation = current_delegation()
    lines = _list_history(registration)
    choices = list_choices(db.session(), registration.id) if meeting.segments else []
    return render_template(
        "delegate/entry.html",
        registration=registration,
        delegation=delegation,
        papers=papers,
        steps=list_steps(registration, meeting, delegation, papers),
        courtesies=list_courtesies(meeting, delegation),
        moves=list_own_moves(registration),
        passport=find_passport(registration),
        scan=find_scan(papers),
        held=list_own(registration, meeting),
        journey=find_journey(registration),
        attended=list_chosen(list_segments(meeting), choices),
        unmet=list_unmet(list_segments(meeting), choices),
        can_change_segments=can_change(),
        lines=history.tell(lines),
        openings=history.tell_openings(lines),
        listing_form=_make_listing_form(registration),
        has_certificate=may_have_certificate(
            current_office(), meeting, registration, now=g.arrived_at
        ),
    )


def _make_listing_form(registration: Registration) -> ListingForm:
    form = ListingForm(formdata=None, listed=registration.particulars.listed)
    bind(form)
    return form


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


def find_scan(papers: Papers) -> LockedFile | None:
    """Return the scan of the signed letter that came with the acceptance, still locked."""
    if papers.acceptance is None or papers.acceptance.signed_letter_id is None:
        return None
    return reading.find_file(db.session(), papers.acceptance.signed_letter_id)


def has_passport(registration: Registration) -> bool:
    """Return whether there is a copy, and something left of it."""
    passport = find_passport(registration)
    return passport is not None and passport.condition is not Condition.FAILED


def list_own_moves(registration: Registration) -> set[str]:
    """Return the moves that the table and the calendar leave to the delegate."""
    meeting = get_current_meeting()
    group = meeting.get_delegation(registration.delegation_key)
    return {
        move.value
        for move in list_moves(registration.state, Actor.DELEGATE)
        if is_open(move, meeting, g.arrived_at)
        and (group.asks_acceptance or move is not MoveName.ACCEPT)
    }


def _list_history(registration: Registration) -> list[HistoryLine]:
    return reading.list_history(db.session(), reading.chain_of_registration(registration.id))
