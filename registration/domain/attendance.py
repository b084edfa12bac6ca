"""Attending: who is let in at the door, and when the meeting is over."""

from datetime import datetime, time, timedelta

from registration.domain.batches import APPROVED
from registration.domain.desk_refusals import NotExpected
from registration.domain.meeting import Meeting
from registration.domain.states import State


def refuse_arrival(state: State) -> NotExpected | None:
    """Return why nobody records the arrival of an entry at this state, or None."""
    return None if state in APPROVED else NotExpected(state)


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Return whether the meeting has closed: by its agenda, else with its last day. now: aware."""
    closes = [each.closes for each in meeting.agenda if each.day == meeting.last_day]
    if closes:
        return now >= datetime.combine(meeting.last_day, max(closes), meeting.zone)
    return now >= datetime.combine(meeting.last_day + timedelta(days=1), time(), meeting.zone)
