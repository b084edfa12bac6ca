"""The entry that an address of the desk names."""

from flask import abort, g

from registration.domain.registrations import Registration
from registration.store import reading
from registration.store.database import db


def get_entry(reference: str) -> Registration:
    """Return the entry. The guard has read it, to ask for a role at its meeting, and has made that
    meeting the page's.

    The guard's reading is good once: after a move that was not made the entry is read anew.
    """
    found: Registration | None = g.pop("registration", None)
    if found is None or found.reference != reference:
        found = reading.find_by_reference(db.session(), reference)
    if found is None:
        abort(404)
    return found
