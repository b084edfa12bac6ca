"""A meeting at a glance: its seats, what waits, what went wrong, and whom to call today."""

from datetime import datetime

from flask import g, render_template

from registration.domain.meeting import Meeting
from registration.domain.states import State
from registration.secretariat import blueprint
from registration.secretariat.board import STATES_IN_ORDER, Board, make_board
from registration.secretariat.plot import Plot, draw_plot
from registration.store.database import db
from registration.store.reading import desk, listing, overview
from registration.store.reading.overview import Step
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import last_minute_of
from registration.web.words import gettext

#: As many as each list names before it says that there are more.
SHOWN = 6
#: People to call are named up to here, of each kind.
SHOWN_PEOPLE = 4
#: Delegations without an answer are named up to here.
SHOWN_UNANSWERED = 12
#: What the delegates owe: entries at these states wait for them and not for the desk.
OWED = (State.UNCONFIRMED, State.NOMINATED, State.RETURNED, State.INVITED)


@blueprint.get("/<meeting>/", endpoint="overview")
def show_overview() -> str:
    """Show the meeting."""
    meeting, session = get_current_meeting(), db.session()
    board = make_board(
        meeting,
        overview.count_by_delegation(session, meeting.id),
        overview.list_seat_holders(session, meeting.id),
        g.language,
    )
    undelivered, undelivered_number = desk.list_undelivered(session, meeting.id, limit=SHOWN)
    spoilt, spoilt_number = overview.list_spoilt_files(session, meeting.id, limit=SHOWN)
    return render_template(
        "secretariat/overview.html",
        board=board,
        states=STATES_IN_ORDER,
        waiting_entries=listing.list_longest_waiting(session, meeting.id, limit=SHOWN),
        undelivered=undelivered,
        undelivered_number=undelivered_number,
        spoilt=spoilt,
        spoilt_number=spoilt_number,
        owed=OWED,
        plot=_draw(meeting, board, g.arrived_at),
        days_to_meeting=_days_to(meeting, g.arrived_at),
        shown_people=SHOWN_PEOPLE,
        shown_unanswered=SHOWN_UNANSWERED,
        now=g.arrived_at,
        State=State,
        Step=Step,
    )


@blueprint.app_template_global()
def step_word(step: Step) -> str:
    """Return what a line of the plot counts."""
    match step:
        case Step.REGISTERED:
            return gettext("Registered")
        case Step.CONFIRMED:
            return gettext("Address confirmed")
        case Step.APPROVED:
            return gettext("Approved")
        case Step.ACCEPTED:
            return gettext("Accepted")


@blueprint.app_template_global()
def owed_words(state: State) -> str:
    """Return what the delegate of an entry at this state has still to do."""
    match state:
        case State.UNCONFIRMED:
            return gettext("Address not confirmed")
        case State.NOMINATED:
            return gettext("Nominated, form not filled in")
        case State.RETURNED:
            return gettext("Correction not made")
        case State.INVITED:
            return gettext("Letter not signed")
        case _:
            raise ValueError(state)


def _draw(meeting: Meeting, board: Board, now: datetime) -> Plot | None:
    here = now.astimezone(meeting.zone)
    offset = here.utcoffset()
    assert offset is not None
    return draw_plot(
        overview.count_steps(db.session(), meeting.id, offset=offset),
        today=here.date(),
        deadline=last_minute_of(meeting.deadline).astimezone(meeting.zone).date(),
        seats=board.seats,
    )


def _days_to(meeting: Meeting, now: datetime) -> int:
    return (meeting.first_day - now.astimezone(meeting.zone).date()).days
