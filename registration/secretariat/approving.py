"""Approving many at once: those that were ticked in the list, or all that it showed."""

from uuid import UUID

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from registration.domain.batches import Batch, BatchKind
from registration.domain.ids import RegistrationId
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import batching
from registration.secretariat import blueprint
from registration.secretariat.papers import nobody_chosen, to_batch
from registration.store import reading
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by


class ApproveForm(FlaskForm):
    """Which entries, each as "reference.version". shown: all of the list, in one field."""

    batch = HiddenField()
    shown = HiddenField()


@blueprint.app_template_global()
def choice_of(registration: Registration) -> str:
    """Return the entry as the form names it: with the version that is on the screen."""
    return f"{registration.reference}.{registration.version}"


@blueprint.app_template_global()
def can_be_approved(registration: Registration) -> bool:
    """Return whether the entry waits for a decision."""
    return registration.state is State.SUBMITTED


@blueprint.post("/<meeting>/approve")
def approve_many() -> ResponseReturnValue:
    """Ask for the approvals; the worker makes them one after another."""
    form = ApproveForm()
    id = find_entry_id(form.batch.data or "")
    if not form.validate() or id is None:
        abort(400)
    named = (form.shown.data or "").split() if "all" in request.form else _names_ticked()
    asked = batching.ask(
        current_office(),
        id=UUID(str(id)),
        meeting_id=get_current_meeting().id,
        kind=BatchKind.APPROVE,
        chosen=_find_chosen(named),
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(asked, Batch):
        flash(nobody_chosen(), "attention")
        return redirect(f"{url_for('secretariat.entries')}#entries", 303)
    return to_batch(asked)


def list_ticked() -> list[tuple[RegistrationId, int]]:
    """Return the entries that were ticked, with the versions that were on the screen. Answers 400
    for what is no entry of this meeting."""
    return _find_chosen(_names_ticked())


def _names_ticked() -> list[str]:
    return request.form.getlist("chosen")


def _find_chosen(named: list[str]) -> list[tuple[RegistrationId, int]]:
    """Return the entries with the versions seen, in the order of the list. Answers 400 for what is
    no entry of this meeting."""
    versions: dict[str, int] = {}
    for each in named[: batching.MOST_CHOSEN]:
        reference, _, version = each.rpartition(".")
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            abort(400)
        versions[reference] = int(version)
    entries = reading.list_by_references(db.session(), versions)
    found = {str(each.reference): each for each in entries}
    meeting = get_current_meeting()
    if any(
        reference not in found or found[reference].meeting_id != meeting.id
        for reference in versions
    ):
        abort(400)
    return [(found[reference].id, version) for reference, version in versions.items()]
