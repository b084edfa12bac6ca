"""The entry whose page is shown: the guard has found that this browser may."""

from http import HTTPStatus

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.forms import EntryForm
from registration.domain.meeting import Delegation
from registration.domain.registrations import Registration
from registration.domain.states import FINAL
from registration.web.current_meeting import find_meeting, get_current_meeting, show_meeting


@blueprint.before_request
def take_meeting_of_entry() -> None:
    """Make the entry's meeting that of the page: its name, contact and rehearsal banner.

    Views ask for the entry that was found, so its reference is not handed to them.
    """
    registration: Registration | None = g.get("registration")
    if registration is not None:
        show_meeting(find_meeting(registration.meeting_id))
        (request.view_args or {}).pop("reference", None)


def current_entry() -> Registration:
    """Return the entry that the address names."""
    registration: Registration = g.registration
    return registration


def current_delegation() -> Delegation:
    """Return the delegation of the current entry."""
    return get_current_meeting().get_delegation(current_entry().delegation_key)


def to_entry(registration: Registration | None = None) -> ResponseReturnValue:
    """Lead to the entry's own page."""
    reference = (registration or current_entry()).reference
    return redirect(url_for("delegate.entry", reference=reference), HTTPStatus.SEE_OTHER)


def bind(form: EntryForm) -> None:
    """Write into a form that is shown which entry it is for, as it stands now."""
    form.reference.data = current_entry().reference
    form.version.data = str(current_entry().version)


def is_final() -> bool:
    """Return whether the entry shows its state and the contact alone."""
    return current_entry().state in FINAL or current_entry().erased_at is not None
