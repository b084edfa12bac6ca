"""What a date closes. Every date here is the first instant refused: data were due *before*
March 02, 2022 (concept note, "Event funding"), so 2022-03-02T00:00 in Mexico City is late."""

from datetime import datetime, timedelta

from registration.domain.meeting import Meeting
from registration.domain.refusals import ChangesClosed, RegistrationClosed
from registration.domain.states import MOVES, Actor, Closing, MoveName

#: How long an address can be confirmed before the entry lapses.
CONFIRMATION_TIME = timedelta(hours=48)
#: How long a good file sent with a refused form is kept for the next try.
KEPT_FILE_TIME = timedelta(hours=2)


def deadline_of(meeting: Meeting, later: datetime | None) -> datetime:
    """Return the delegation's deadline: the meeting's, or the later one the Secretariat gave it.

    later: aware UTC or None. Never beyond changes_until.
    """
    return min(max(meeting.deadline, later or meeting.deadline), meeting.changes_until)


def closed(
    move: MoveName, actor: Actor, meeting: Meeting, *, now: datetime, later: datetime | None = None
) -> RegistrationClosed | ChangesClosed | None:
    """Return why the move comes too late for the actor, or None if it does not.

    now: the aware instant at which the request arrived.
    later: the delegation's own deadline, aware UTC, or None.
    The Secretariat can make each move after its date, with a reason.
    """
    if actor is Actor.SECRETARIAT or actor is Actor.CLOCK:
        return None
    closing = MOVES[move].closing
    if closing is Closing.DEADLINE:
        deadline = deadline_of(meeting, later)
        return RegistrationClosed(deadline) if now >= deadline else None
    if closing is Closing.CHANGES_UNTIL:
        return ChangesClosed(meeting.changes_until) if now >= meeting.changes_until else None
    return None


def has_lapsed(created_at: datetime, *, now: datetime) -> bool:
    """Return whether an unconfirmed entry made at that instant has lapsed (48 hours)."""
    return now >= created_at + CONFIRMATION_TIME
