"""Attending: who is let in at the door, and when the meeting is over."""

from datetime import datetime, time, timedelta

from registration.domain.batches import APPROVED
from registration.domain.desk_refusals import NotExpected
from registration.domain.meeting import Meeting
from registration.domain.states import State

#: For how long a door may be without connection and its word on the moment is still taken.
LONGEST_WAIT = timedelta(hours=12)


def refuse_arrival(state: State) -> NotExpected | None:
    """Return why nobody records the arrival of an entry at this state, or None."""
    return None if state in APPROVED else NotExpected(state)


def moment_of_scan(now: datetime, waited: timedelta | None) -> datetime:
    """Return when somebody came whose badge was scanned and told to the site only now.

    waited: for how long the scan waited for the connection, by the door's own clock; None for one
    that did not. A length of time and no moment, so that a tablet's clock may be wrong. What is
    longer than a meeting's day, or negative, is nonsense: then the person came now.
    """
    if waited is None or not timedelta() <= waited <= LONGEST_WAIT:
        return now
    return now - waited


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Return whether the meeting has closed: by its agenda, else with its last day. now: aware."""
    closes = [each.closes for each in meeting.agenda if each.day == meeting.last_day]
    if closes:
        return now >= datetime.combine(meeting.last_day, max(closes), meeting.zone)
    return now >= datetime.combine(meeting.last_day + timedelta(days=1), time(), meeting.zone)
