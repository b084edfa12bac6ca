"""By how many weeks a past meeting is moved, to be run as a rehearsal (design, part 2)."""

from datetime import datetime, timedelta

from registration.meetings.definition import Definition

#: How far ahead the deadline of a rehearsal lies at least, so that everything can be tried.
AHEAD = timedelta(days=30)
#: How long each call can still be answered at least. Shorter than a call is usually open, so that
#: one that opens on a day has opened.
CALLS_AHEAD = timedelta(days=14)
_WEEK = timedelta(weeks=1)


def weeks_to_roll(definition: Definition, now: datetime) -> int:
    """Return by how many whole weeks all dates move so that the deadline is 30 days ahead, and the
    end of each call 14.

    0 if they are. now: aware. Whole weeks keep the days of the week; the hours stay those on the
    clock of the meeting's zone, so summer time may make the last week an hour longer or shorter.
    """
    ends = [(definition.dates.deadline, AHEAD)]
    ends += [(each.closes, CALLS_AHEAD) for each in definition.calls if each.closes]
    return max(_weeks_until(definition, local, ahead, now) for local, ahead in ends)


def _weeks_until(definition: Definition, local: datetime, ahead: timedelta, now: datetime) -> int:
    missing = now + ahead - definition.to_instant(local)
    weeks = max(0, -(-missing // _WEEK))

    def is_ahead(weeks: int) -> bool:
        return definition.to_instant(local, rolled_weeks=weeks) >= now + ahead

    # An hour of summer time between the two dates makes it a week too many or too few.
    while weeks and is_ahead(weeks - 1):
        weeks -= 1
    while not is_ahead(weeks):
        weeks += 1
    return weeks
