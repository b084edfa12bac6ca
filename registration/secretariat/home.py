"""The first page after signing in: the meetings, and what waits at each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import g, render_template

from registration.domain.meeting import Meeting
from registration.domain.roles import SECRETARIAT, Role
from registration.domain.states import State
from registration.meetings.reading import list_meetings
from registration.secretariat import blueprint
from registration.store.database import db
from registration.store.reading import desk
from registration.web.staff import find_staff, roles_of


@dataclass(frozen=True)
class MeetingDesk:
    """One meeting on the first page. undelivered: how many mails did not arrive.

    days: until its first day, on its own calendar; negative once it is past.
    """

    meeting: Meeting
    days: int
    counts: Mapping[State, int]
    undelivered: int


@blueprint.get("/")
def home() -> str:
    """Show the meetings to the Secretariat, its lists to the travel desk; to the other desks say
    that theirs is not open yet."""
    roles = roles_of(find_staff())
    if not roles & SECRETARIAT:
        has_desk = bool(roles & {Role.TRAVEL, Role.DOOR})
        desks_of_role = list_meetings(db.session()) if has_desk else []
        return render_template("secretariat/other_desk.html", desks=desks_of_role)
    session = db.session()
    counts = desk.count_states(session)
    undelivered = Counter(each.meeting_id for each in desk.list_undelivered(session))
    desks = [
        MeetingDesk(each, _days_until(each), counts.get(each.id, Counter()), undelivered[each.id])
        for each in list_meetings(session)
    ]
    return render_template("secretariat/home.html", desks=desks, State=State)


def _days_until(meeting: Meeting) -> int:
    today: date = g.arrived_at.astimezone(meeting.zone).date()
    return (meeting.first_day - today).days
