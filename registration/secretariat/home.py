"""The first page after signing in: the meetings, and what waits at each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import g, render_template

from registration.domain.meeting import Meeting
from registration.domain.roles import OTHER_DESKS, SECRETARIAT
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
    """Show each desk the meetings at which the account has a role there: the Secretariat what
    waits at each, the others their lists."""
    session, staff = db.session(), find_staff()
    meetings = list_meetings(session)
    held = {each.id: roles_of(staff, each.id) for each in meetings}
    others = [
        each for each in meetings if held[each.id] & OTHER_DESKS and not held[each.id] & SECRETARIAT
    ]
    if not roles_of(staff) & SECRETARIAT:
        return render_template("secretariat/other_desk.html", desks=others)
    counts = desk.count_states(session)
    undelivered = desk.count_undelivered(session)
    desks = [
        MeetingDesk(
            each, _days_until(each), counts.get(each.id, Counter()), undelivered.get(each.id, 0)
        )
        for each in meetings
        if held[each.id] & SECRETARIAT
    ]
    return render_template("secretariat/home.html", desks=desks, others=others, State=State)


def _days_until(meeting: Meeting) -> int:
    today: date = g.arrived_at.astimezone(meeting.zone).date()
    return (meeting.first_day - today).days
