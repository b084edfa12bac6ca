"""By how many weeks a past meeting is moved, to be run as a rehearsal (design, part 2)."""

from datetime import datetime, timedelta

from registration.meetings.definition import Definition

#: How far ahead the deadline of a rehearsal lies at least, so that everything can be tried.
AHEAD = timedelta(days=30)
#: The same of the first call to close. One that is open for a month has opened by then.
CALLS_AHEAD = timedelta(days=14)
_WEEK = timedelta(weeks=1)


def weeks_to_roll(definition: Definition, now: datetime) -> int:
    """Return by how many whole weeks all dates move so that the deadline is 30 days ahead, and the
    closing of every call 14.

    0 if they are. now: aware. Whole weeks keep the days of the week; the hours stay those on the
    clock of the meeting's zone, so summer time may make the last week an hour longer or shorter.
    """
    missing = max(
        now + ahead - definition.to_instant(local) for local, ahead in _list_ends(definition)
    )
    weeks = max(0, -(-missing // _WEEK))
    # An hour of summer time between the two dates makes it a week too many or too few.
    while weeks and _is_ahead(definition, weeks - 1, now):
        weeks -= 1
    while not _is_ahead(definition, weeks, now):
        weeks += 1
    return weeks


def _list_ends(definition: Definition) -> list[tuple[datetime, timedelta]]:
    """Return what closes, local time of the file, and how far ahead it is to be."""
    calls = [(each.closes, CALLS_AHEAD) for each in definition.calls if each.closes is not None]
    return [(definition.dates.deadline, AHEAD), *calls]


def _is_ahead(definition: Definition, weeks: int, now: datetime) -> bool:
    return all(
        definition.to_instant(local, rolled_weeks=weeks) >= now + ahead
        for local, ahead in _list_ends(definition)
    )
