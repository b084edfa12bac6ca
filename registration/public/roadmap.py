"""The way to a meeting, step by step, and the same as a calendar file."""

from dataclasses import dataclass

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.calls import Call
from registration.domain.days import is_past
from registration.domain.program import RoadmapItem
from registration.links.program_calendars import make_roadmap
from registration.public import blueprint
from registration.public.calendar_files import answer_calendar, find_host
from registration.public.words import site_of
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import current_words


@dataclass(frozen=True)
class Step:
    """One step as the page shows it. call: through which people register for it, or None."""

    item: RoadmapItem
    call: Call | None
    is_past: bool


@blueprint.get("/<meeting>/roadmap")
def roadmap() -> str:
    """Show what is still to come, then what is over."""
    shown = get_current_meeting()
    if not shown.roadmap:
        abort(404)
    today = g.arrived_at.astimezone(shown.zone).date()
    steps = [
        Step(each, shown.find_call(each.call) if each.call else None, is_past(each, today))
        for each in shown.roadmap
    ]
    return render_template(
        "public/roadmap.html",
        coming=[each for each in steps if not each.is_past],
        past=[each for each in steps if each.is_past],
        site_of=site_of,
        now=g.arrived_at,
        dated=[each for each in shown.roadmap if each.first_day],
    )


@blueprint.get("/<meeting>/roadmap.ics")
def roadmap_calendar() -> ResponseReturnValue:
    """Give the steps that have a day to the reader's own calendar."""
    shown = get_current_meeting()
    if not any(each.first_day for each in shown.roadmap):
        abort(404)
    data = make_roadmap(shown, current_words(), stamped_at=g.arrived_at, host=find_host())
    return answer_calendar(data, f"{shown.id}-roadmap.ics")
