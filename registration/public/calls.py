"""All that people are invited to send to a meeting: what is open, what opens, what has closed."""

from datetime import datetime
from operator import attrgetter

from flask import abort, g, render_template

from registration.domain.calls import Call
from registration.domain.meeting import Meeting
from registration.public import blueprint
from registration.public.words import who_answers
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import current_words

_MOST_ON_FIRST_PAGE = 4


@blueprint.get("/<meeting>/calls/")
def calls() -> str:
    """Show the calls by where they stand, each with its dates and who may answer."""
    shown, now = get_current_meeting(), g.arrived_at
    if not shown.calls:
        abort(404)
    return render_template(
        "public/calls.html",
        open_now=[each for each in shown.calls if each.is_open(now)],
        later=[each for each in shown.calls if each.is_early(now)],
        over=[each for each in shown.calls if each.is_late(now)],
        for_whom=lambda call: who_answers(call, shown, current_words()),
        now=now,
        today=now.astimezone(shown.zone).date(),
    )


def list_next_to_close(meeting: Meeting, now: datetime) -> list[Call]:
    """Return the open calls that close first, as many as a first page names."""
    closing = [each for each in meeting.calls if each.is_open(now) and each.closes is not None]
    return sorted(closing, key=attrgetter("closes"))[:_MOST_ON_FIRST_PAGE]
