"""For whom one can still register, and whether a move is still open to a delegate."""

from datetime import datetime

from registration.domain.deadline import closed
from registration.domain.meeting import Delegation, Meeting
from registration.domain.states import Actor, MoveName
from registration.store import reading
from registration.store.database import db


def list_open_delegations(meeting: Meeting, now: datetime) -> list[Delegation]:
    """Return the delegations and categories that may still register, in the order of the file.

    After the meeting's deadline those to which the Secretariat gave a later one.
    """
    if closed(MoveName.REGISTER, Actor.DELEGATE, meeting, now=now) is None:
        return list(meeting.groups_taking_forms)
    if now >= meeting.changes_until:
        return []
    return [each for each in meeting.groups_taking_forms if _is_open(meeting, each, now)]


def is_open(move: MoveName, meeting: Meeting, now: datetime) -> bool:
    """Return whether the date of the move has not come for a delegate who has an entry."""
    return closed(move, Actor.DELEGATE, meeting, now=now) is None


def _is_open(meeting: Meeting, delegation: Delegation, now: datetime) -> bool:
    row = reading.find_delegation(db.session(), meeting.id, delegation.key)
    later = None if row is None else row.later_deadline
    return closed(MoveName.REGISTER, Actor.DELEGATE, meeting, now=now, later=later) is None
