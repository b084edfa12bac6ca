"""Approving many at once: those that were chosen in the list (`choosing`)."""

from uuid import UUID

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.batches import Batch, BatchKind
from registration.domain.states import State
from registration.registrar import batching
from registration.secretariat import blueprint
from registration.secretariat.choosing import list_chosen
from registration.secretariat.papers import nobody_chosen, to_batch
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by


@blueprint.post("/<meeting>/approve")
def approve_many() -> ResponseReturnValue:
    """Ask for the approvals; the worker makes them one after another."""
    id = find_entry_id(request.form.get("batch", ""))
    if id is None:
        abort(400)
    asked = batching.ask(
        current_office(),
        id=UUID(str(id)),
        meeting_id=get_current_meeting().id,
        kind=BatchKind.APPROVE,
        chosen=list_chosen(within=frozenset({State.SUBMITTED})),
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(asked, Batch):
        flash(nobody_chosen(), "attention")
        return redirect(f"{url_for('secretariat.entries')}#entries", 303)
    return to_batch(asked)
