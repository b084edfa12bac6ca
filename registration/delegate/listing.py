"""Whether the name is printed in the list of participants: the delegate's to say at any time."""

from flask import abort, flash, g
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.current import current_entry, is_final, to_entry
from registration.delegate.forms import ListingForm
from registration.domain.events import DELEGATE
from registration.registrar.listing import choose_listing
from registration.web.office import current_office
from registration.web.words import gettext


@blueprint.post("/registration/<reference>/listing")
def save_listing() -> ResponseReturnValue:
    """Keep the answer; nothing else of the entry changes."""
    form = ListingForm()
    # Two entries in one browser: the answer is for the one that was on the page (T62).
    if is_final() or not form.validate() or form.reference.data != current_entry().reference:
        abort(400)
    listed = bool(form.listed.data)
    choose_listing(
        current_office(), current_entry().id, listed=listed, by=DELEGATE, at=g.arrived_at
    )
    if listed:
        flash(gettext("Your name may be printed in the list of participants."), "done")
    else:
        flash(gettext("Your name will not be printed in the list of participants."), "done")
    return to_entry()
