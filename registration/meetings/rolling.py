"""By how many weeks a past meeting is moved, to be run as a rehearsal (design, part 2)."""

from datetime import datetime, timedelta

from registration.meetings.definition import Definition

#: How far ahead the deadline of a rehearsal lies at least, so that everything can be tried.
AHEAD = timedelta(days=30)
_WEEK = timedelta(weeks=1)


def weeks_to_roll(definition: Definition, now: datetime) -> int:
    """Return by how many whole weeks all dates move so that the deadline is 30 days ahead.

    0 if it is. now: aware. Whole weeks keep the days of the week; the hours stay those on the
    clock of the meeting's zone, so summer time may make the last week an hour longer or shorter.
    """
    missing = now + AHEAD - definition.to_instant(definition.dates.deadline)
    weeks = max(0, -(-missing // _WEEK))
    # An hour of summer time between the two dates makes it a week too many or too few.
    while weeks and _is_ahead(definition, weeks - 1, now):
        weeks -= 1
    while not _is_ahead(definition, weeks, now):
        weeks += 1
    return weeks


def _is_ahead(definition: Definition, weeks: int, now: datetime) -> bool:
    return definition.to_instant(definition.dates.deadline, rolled_weeks=weeks) >= now + AHEAD
