"""The agenda of a meeting, day by day, and the same as a calendar file."""

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.days import list_program_days
from registration.links.program_calendars import make_agenda
from registration.public import blueprint
from registration.public.calendar_files import answer_calendar, find_host
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import current_words


@blueprint.get("/<meeting>/agenda")
def agenda() -> str:
    """Show each day with its segments and its lines, in the city's time and the reader's."""
    days = list_program_days(get_current_meeting())
    if not days:
        abort(404)
    return render_template("public/agenda.html", days=days)


@blueprint.get("/<meeting>/agenda.ics")
def agenda_calendar() -> ResponseReturnValue:
    """Give the days and segments to the reader's own calendar."""
    shown = get_current_meeting()
    if not list_program_days(shown):
        abort(404)
    data = make_agenda(shown, current_words(), stamped_at=g.arrived_at, host=find_host())
    return answer_calendar(data, f"{shown.id}-agenda.ics")
