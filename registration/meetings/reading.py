"""Meetings as the site knows them: from the files that were loaded into the database."""

import json
from functools import lru_cache

from sqlalchemy.orm import Session

from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.meetings.amending import Amendments
from registration.meetings.definition import read_definition
from registration.store.reading.meetings import (
    MeetingSource,
    find_meeting_source,
    get_meeting_source,
    list_meeting_sources,
)


class MeetingDoesNotRead(Exception):
    """A file in the database has faults: an older release loaded it, or the row was changed."""


def find_meeting(session: Session, meeting_id: MeetingId) -> Meeting | None:
    """Return the meeting, or None. Raises MeetingDoesNotRead."""
    source = find_meeting_source(session, meeting_id)
    return None if source is None else build_meeting(source)


def get_meeting(session: Session, meeting_id: MeetingId) -> Meeting:
    """Return the meeting. Raises LookupError where it is not loaded, and MeetingDoesNotRead."""
    return build_meeting(get_meeting_source(session, meeting_id))


def list_meetings(session: Session) -> list[Meeting]:
    """Return all meetings in the order in which they were loaded. Raises MeetingDoesNotRead."""
    return [build_meeting(source) for source in list_meeting_sources(session)]


def build_meeting(stored: MeetingSource) -> Meeting:
    """Return the meeting of a stored file, from memory where this process has built it before."""
    return _build(stored.id, stored.source, stored.rolled_weeks, stored.amendments)


# The whole source is the key, with what the desk changed: a file loaded again or amended is
# built again; no request waits for more than a comparison. A site has a few meetings, each with a
# handful of versions in its life.
@lru_cache(maxsize=32)
def _build(meeting_id: MeetingId, source: str, rolled_weeks: int, amendments: str) -> Meeting:
    changed = Amendments.from_json(json.loads(amendments))
    definition = read_definition(source, name=meeting_id, amendments=changed)
    if isinstance(definition, list):
        faults = "\n".join(f"  {fault}" for fault in definition)
        raise MeetingDoesNotRead(f"the stored file of {meeting_id!r} has faults:\n{faults}")
    return definition.to_meeting(meeting_id, rolled_weeks)
