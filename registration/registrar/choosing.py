"""What somebody attends, changed by the person, or by the desk with a reason.

It is no move of the entry: its version stays.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.days import list_segments
from registration.domain.deadline import closed
from registration.domain.events import By, Event
from registration.domain.ids import RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.refusals import (
    DataErased,
    NotPermitted,
    ReasonMissing,
    Refusal,
    UnknownRegistration,
    UnknownSegment,
)
from registration.domain.registrations import Registration
from registration.domain.segments import ATTENDED_BEFORE, list_chosen, may_choose
from registration.domain.states import Actor, MoveName
from registration.meetings.reading import get_meeting
from registration.registrar.attending import change, say_full, settle_claim
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Refused, settle, write_line
from registration.registrar.telling import tell
from registration.store import reading
from registration.store.reading.segments import list_choices
from registration.store.writing import registrations
from registration.store.writing.segments import remove_choices


def choose_segments(
    office: Office,
    id: RegistrationId,
    keys: Collection[str],
    *,
    by: By,
    arrived_at: datetime,
    reason: str = "",
) -> Moved | Refusal:
    """Let the person attend these segments and no others, and tell them; the same again changes
    nothing.

    A segment that is full is refused with its name, and then nothing is changed; one that was
    wished for before and is still full stays a wish. reason: of the desk, which must give one.
    """

    def work(session: Session) -> Moved:
        seen = reading.find_registration(session, id)
        if seen is None:
            raise Refused(UnknownRegistration())
        meeting = get_meeting(session, seen.meeting_id)
        _refuse(meeting, seen, keys, by, reason, arrived_at)
        choices = list_choices(session, id)
        before = {each.key for each in choices}
        attended = [each.key for each in list_chosen(list_segments(meeting), choices)]
        found, dropped = change(session, meeting, id, seen.state, keys)
        newly_full = [row for row in found.full if row.key not in before]
        if newly_full:
            raise Refused(say_full(meeting, newly_full))
        # The segments' rows are held; now the registration's, and it may have moved meanwhile.
        registrations.lock_registration(session, id)
        held = reading.get_registration(session, id)
        if held.version != seen.version:
            raise Refused(NotPermitted(move=MoveName.CORRECT, state=held.state))
        if not (found.places or dropped or found.wishes):
            return Moved(held)
        remove_choices(session, id, [row.id for row in dropped])
        settle_claim(session, id, found, at=arrived_at)
        left = " ".join(sorted(row.key for row in dropped))
        facts = {**found.facts, **({"segments_left": left} if left else {})}
        told = {ATTENDED_BEFORE: " ".join(attended)}
        _write(session, meeting, held, facts, told, by=by, reason=reason, at=arrived_at)
        return Moved(held)

    return settle(office, work)


def _write(
    session: Session,
    meeting: Meeting,
    held: Registration,
    facts: dict[str, str],
    told: dict[str, str],
    *,
    by: By,
    reason: str,
    at: datetime,
) -> None:
    """Write the line and put the mail into the outbox. told: what the mail alone needs to know."""
    event, why = Event.SEGMENTS_CHANGED, {"reason": reason} if reason else {}
    line = write_line(session, held.id, event=event, by=by, at=at, facts=facts, details=why)
    tell(session, meeting, held, event=event, cause_id=line, facts=why | told, at=at)


def _refuse(
    meeting: Meeting,
    registration: Registration,
    keys: Collection[str],
    by: By,
    reason: str,
    now: datetime,
) -> None:
    """Raise Refused where the person cannot choose, or these are no segments of the meeting."""
    if registration.erased_at is not None:
        raise Refused(DataErased())
    if not may_choose(registration.state):
        raise Refused(NotPermitted(move=MoveName.CORRECT, state=registration.state))
    if any(meeting.find_segment(key) is None for key in keys):
        raise Refused(UnknownSegment())
    late = closed(MoveName.CORRECT, by.actor, meeting, now=now)
    if late is not None:
        raise Refused(late)
    if by.actor is Actor.SECRETARIAT and not reason.strip():
        raise Refused(ReasonMissing())
