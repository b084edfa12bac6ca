"""The reserve list: who waits moves up, by hand or, where the meeting says so, by itself."""

from datetime import datetime

from registration.domain.events import CLOCK, By, Event
from registration.domain.ids import DelegationId, RegistrationId
from registration.domain.meeting import Promotion
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.domain.states import MoveName, State
from registration.meetings.reading import get_meeting
from registration.registrar.office import Moved, Office
from registration.registrar.steps import Asked, Step, make_move
from registration.registrar.telling import tell
from registration.store import reading


def promote(
    office: Office,
    id: RegistrationId,
    *,
    by: By,
    arrived_at: datetime,
    version: int | None = None,
    reason: str = "",
) -> Moved | Refusal:
    """Give a person of the reserve list a free seat: the lowest, or the one they chose."""
    asked = Asked(
        move=MoveName.PROMOTE, by=by, arrived_at=arrived_at, version=version, reason=reason
    )

    def work(step: Step) -> Moved:
        number = step.take_seat(None if _label_is_held(step) else step.registration.seat_label)
        registration, line = step.move(
            State.SUBMITTED,
            seat_number=number,
            seat_label=step.row.labels[number - 1] if number <= len(step.row.labels) else None,
            reserved_at_utc=None,
        )
        tell(step.session, step.meeting, registration, event=Event.PROMOTED, cause_id=line)
        return Moved(registration)

    return make_move(office, id, asked, work)


def promote_waiting(
    office: Office, delegation_id: DelegationId, *, arrived_at: datetime
) -> list[Registration]:
    """Promote who waits longest, seat by seat, where the meeting's file says promote = "auto"."""
    promoted = []
    for registration in _list_next(office, delegation_id, arrived_at):
        result = promote(office, registration.id, by=CLOCK, arrived_at=arrived_at)
        if not isinstance(result, Moved):
            break
        promoted.append(result.registration)
    return promoted


def promote_everywhere(office: Office, *, now: datetime) -> int:
    """Promote whoever waits beside a free seat, in every meeting that says promote = "auto"; return
    how many. A seat freed while the site stopped, or a file loaded since, is noticed here."""
    with office.database.reading() as session:
        waiting = reading.list_delegations_with_reserve(session)
    return sum(len(promote_waiting(office, each, arrived_at=now)) for each in waiting)


def _list_next(office: Office, delegation_id: DelegationId, now: datetime) -> list[Registration]:
    with office.database.reading() as session:
        row = reading.get_delegation(session, delegation_id)
        meeting = get_meeting(session, row.meeting_id)
        if meeting.promotion is not Promotion.AUTO or now >= meeting.changes_until:
            return []
        return reading.list_of_delegation(session, delegation_id, states=[State.RESERVE])


def _label_is_held(step: Step) -> bool:
    """Whoever waited for one seat of a delegation may well be given its other one."""
    label = step.registration.seat_label
    if label is None or label not in step.row.labels:
        return True
    taken = reading.list_taken_numbers(step.session, step.row.id)
    return step.row.labels.index(label) + 1 in taken
