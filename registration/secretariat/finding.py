"""The entry that an address of the desk names."""

from flask import abort, g

from registration.domain.registrations import Registration
from registration.meetings.reading import get_meeting
from registration.store import reading
from registration.store.database import db


def get_entry(reference: str) -> Registration:
    """Return the entry and make its meeting the page's. Answers 404 where there is none."""
    found = reading.find_by_reference(db.session(), reference)
    if found is None:
        abort(404)
    g.meeting = get_meeting(db.session(), found.meeting_id)
    return found
