"""Confirming a changed address: its own link is the proof, the button on this page the deed."""

from flask import abort, flash, g, render_template, session
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.current import to_entry
from registration.delegate.refusing import code_of
from registration.domain.registrations import Registration
from registration.domain.states import FINAL
from registration.links.tokens import digest
from registration.registrar import linking
from registration.registrar.office import Moved
from registration.store import reading
from registration.store.database import db
from registration.web import links
from registration.web.current_meeting import find_meeting, show_meeting
from registration.web.office import current_office
from registration.web.words import gettext

_PROOFS = "new_addresses"


def remember_proof(registration: Registration, found: bytes) -> None:
    """Note that this browser came through the link that was mailed to the new address.

    It sees nothing of the entry yet: the address may have been mistyped.
    """
    session[_PROOFS] = {**session.get(_PROOFS, {}), registration.reference: found.hex()}


@blueprint.get("/registration/<reference>/address")
def address(reference: str) -> str:
    """Ask whether the new address is to be used."""
    registration = _get_proven(reference)
    return render_template("delegate/address.html", new_email=registration.new_email)


@blueprint.post("/registration/<reference>/address")
def confirm_address(reference: str) -> ResponseReturnValue:
    """Use the new address from now on; the earlier one is told, and its links end."""
    registration = _get_proven(reference)
    result = linking.confirm_new_address(
        current_office(), registration.id, registration.new_email or "", arrived_at=g.arrived_at
    )
    if isinstance(result, Moved):
        links.open_entry(result.registration)
        flash(gettext("We write to %(email)s from now on.", email=registration.new_email), "done")
        return to_entry(result.registration)
    return render_template("delegate/refused.html", refusal=result, registration=None), code_of(
        result
    )


def _get_proven(reference: str) -> Registration:
    """Return the entry, if this browser holds the proof for the address it waits for; else 404."""
    proof = session.get(_PROOFS, {}).get(reference)
    found = reading.find_by_reference(db.session(), reference) if proof else None
    if found is None or found.new_email is None or found.state in FINAL:
        abort(404)
    tokens = current_office().tokens
    wanted = tokens.of_new_address(found.id, found.new_email, found.link_generation)
    if proof != digest(wanted).hex():
        abort(404)
    show_meeting(find_meeting(found.meeting_id))
    return found
