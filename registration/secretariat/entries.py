"""The list of a meeting's entries: by delegation, with seats, filter and search."""

from collections.abc import Sequence

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from registration.domain.names import clean_line
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.secretariat import blueprint
from registration.secretariat.approving import ApproveForm, can_be_approved, choice_of
from registration.secretariat.board import STATES_IN_ORDER, find_matching, make_board
from registration.store import reading
from registration.store.database import db
from registration.store.reading import desk
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import make_entry_id

_KEY = "desk_search"
#: As many as the first page shows before it says that there are more.
SHOWN_WAITING = 6
LONGEST_SEARCH = 100


class SearchForm(FlaskForm):
    """What is looked for. It is sent as a form: names and addresses do not belong in an address."""

    text = StringField(
        lazy_gettext("Name, institution, e-mail address or number"),
        validators=[Length(max=LONGEST_SEARCH)],
    )


@blueprint.get("/<meeting>/")
def entries() -> str:
    """Show the entries, those of one state where the address names it, or those searched for."""
    meeting = get_current_meeting()
    everybody = reading.list_registrations(db.session(), meeting.id)
    state, text = _chosen_state(), _searched_text(meeting.id)
    shown = _choose(everybody, state, text)
    return render_template(
        "secretariat/entries.html",
        board=make_board(meeting, everybody, g.language),
        shown=shown,
        approvable=sum(can_be_approved(each) for group in shown.values() for each in group),
        approve_form=_make_approve_form(shown),
        total=len(everybody),
        state=state,
        text=text,
        search_form=SearchForm(formdata=None, text=text),
        states=STATES_IN_ORDER,
        now=g.arrived_at,
        undelivered=[
            each for each in desk.list_undelivered(db.session()) if each.meeting_id == meeting.id
        ],
        shown_waiting=SHOWN_WAITING,
        State=State,
    )


@blueprint.post("/<meeting>/search")
def search() -> ResponseReturnValue:
    """Keep what is looked for in the browser's session and show the list."""
    form = SearchForm()
    text = clean_line(form.text.data or "") if form.validate() else ""
    session[_KEY] = {"meeting": get_current_meeting().id, "text": text}
    if not text:
        session.pop(_KEY)
    return redirect(f"{url_for('.entries')}#entries", 303)


def _make_approve_form(shown: dict[str, list[Registration]]) -> ApproveForm:
    """Return the form that names what the page shows, as it stands now."""
    submitted = (each for group in shown.values() for each in group if can_be_approved(each))
    names = " ".join(choice_of(each) for each in submitted)
    return ApproveForm(formdata=None, batch=make_entry_id(), shown=names)


def _choose(
    everybody: Sequence[Registration], state: State | None, text: str
) -> dict[str, list[Registration]]:
    """Return the chosen entries by their delegation's key."""
    found = find_matching(everybody, text) if text else everybody
    chosen: dict[str, list[Registration]] = {}
    for each in found:
        if state is None or each.state is state:
            chosen.setdefault(each.delegation_key, []).append(each)
    return chosen


def _chosen_state() -> State | None:
    value = request.args.get("state", "")
    return State(value) if value in set(State) else None


def _searched_text(meeting_id: str) -> str:
    kept = session.get(_KEY, {})
    return str(kept["text"]) if kept.get("meeting") == meeting_id else ""
