"""Reminders at the desk: those to come, with whom they reach, and those that went out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.batches import Batch, BatchKind
from registration.domain.desk_refusals import NobodyChosen, RoundDecided
from registration.domain.ids import RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import (
    OCCASIONS,
    STILL_WORTH,
    Round,
    RoundStatus,
    due_at,
    list_rounds,
)
from registration.mail.previewing import Preview, preview_mail
from registration.registrar import batching, reminding
from registration.secretariat import blueprint
from registration.secretariat.choosing import list_chosen
from registration.secretariat.framing import frame, with_frame
from registration.secretariat.papers import nobody_chosen, to_batch
from registration.store import reading
from registration.store.database import db
from registration.store.reading import reminders as told
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import refusal_sentence
from registration.web.words import gettext

#: How far the page looks ahead.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class RoundView:
    """A round on the page. status: None while it is to come. people: whom it reaches as the entries
    stand now; of one that went out, its batch tells whom it reached."""

    round: Round
    at: datetime
    status: RoundStatus | None
    people: Sequence[Registration] = ()
    batch: Batch | None = None


@blueprint.get("/<meeting>/reminders/")
def reminders() -> str:
    """Show the rounds of the coming days, and those that are over."""
    meeting, now = get_current_meeting(), g.arrived_at
    decided = told.map_rounds(db.session(), meeting.id)
    whom = {
        rule: reminding.list_concerned(db.session(), meeting, rule, now=now)
        for rule in {each.rule for each in meeting.reminders}
    }
    coming = [
        RoundView(each, due_at(meeting, each), _status(decided, each), whom[each.rule])
        for each in list_rounds(meeting)
        if _is_coming(meeting, each, decided, now)
    ]
    return render_template(
        "secretariat/reminders.html",
        coming=coming,
        past=_list_past(meeting, decided),
        later=[
            RoundView(each, due_at(meeting, each), _status(decided, each))
            for each in list_rounds(meeting)
            if due_at(meeting, each) > now + AHEAD
        ],
        RoundStatus=RoundStatus,
    )


@blueprint.get("/<meeting>/reminders/<rule>/<due_on>/")
def reminder_round(rule: str, due_on: str) -> ResponseReturnValue:
    """Show whom a round reaches and what one of them will read."""
    meeting, round = get_current_meeting(), _get_round(rule, due_on)
    people = reminding.list_concerned(db.session(), meeting, round.rule, now=g.arrived_at)
    number = min(max(request.args.get("n", 1, type=int), 1), max(len(people), 1))
    shown = people[number - 1] if people else None
    decided = told.map_rounds(db.session(), meeting.id)
    page = render_template(
        "secretariat/reminder.html",
        view=RoundView(round, due_at(meeting, round), _status(decided, round), people),
        number=number,
        shown=shown,
        preview=None if shown is None else _preview(round.rule, shown),
        RoundStatus=RoundStatus,
    )
    return with_frame(page)


@blueprint.get("/<meeting>/reminders/<rule>/<due_on>/mail/<reference>")
def reminder_frame(rule: str, due_on: str, reference: str) -> Response:
    """Answer with the HTML of one person's reminder."""
    meeting, round = get_current_meeting(), _get_round(rule, due_on)
    people = reminding.list_concerned(db.session(), meeting, round.rule, now=g.arrived_at)
    found = next((each for each in people if each.reference == reference), None)
    if found is None:
        abort(404)
    return frame(_preview(round.rule, found))


@blueprint.post("/<meeting>/reminders/<rule>/<due_on>/")
def decide_round(rule: str, due_on: str) -> ResponseReturnValue:
    """Send a round now, hold it back, or let one go that was held."""
    round, office = _get_round(rule, due_on), current_office()
    meeting_id, by, at = get_current_meeting().id, staff_by(), g.arrived_at
    what = request.form.get("what")
    if what not in {"send", "hold", "free"}:
        abort(HTTPStatus.BAD_REQUEST)
    match what:
        case "send":
            sent = reminding.send_round(office, meeting_id, round, by=by, at=at)
            if isinstance(sent, Batch):
                return to_batch(sent)
            nobody = gettext("There is nobody to remind; the round is over.")
            return _say(nobody if isinstance(sent, NobodyChosen) else sent)
        case "hold":
            held = reminding.hold_round(office, meeting_id, round, by=by, at=at)
            return _say(held or gettext("Held back: this round does not go out."))
        case _:
            freed = reminding.free_round(office, meeting_id, round, by=by, at=at)
            return _say(freed or gettext("The round goes out on its day."))


def _say(what: str | RoundDecided) -> ResponseReturnValue:
    """Say on the page of the reminders what was done, or why not."""
    if isinstance(what, str):
        flash(what, "done")
    else:
        flash(refusal_sentence(what), "attention")
    return redirect(url_for("secretariat.reminders"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<meeting>/remind")
def remind_chosen() -> ResponseReturnValue:
    """Remind those who were chosen in the list, each of what their entry asks for."""
    asked = batching.ask(
        current_office(),
        id=find_entry_id(request.form.get("batch", "")) or RegistrationId(uuid4()),
        meeting_id=get_current_meeting().id,
        kind=BatchKind.REMIND,
        chosen=list_chosen(),
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(asked, Batch):
        flash(nobody_chosen(), "attention")
        return redirect(f"{url_for('secretariat.entries')}#entries", HTTPStatus.SEE_OTHER)
    return to_batch(asked)


@blueprint.app_template_global()
def rule_words(rule: Rule) -> str:
    """Return what people are reminded of."""
    return {
        Rule.CONFIRM: gettext("Confirm the e-mail address"),
        Rule.COMPLETE: gettext("Complete the registration"),
        Rule.CORRECT: gettext("Make the correction"),
        Rule.ACCEPT: gettext("Sign the acceptance"),
        Rule.TRAVEL: gettext("Give the travel data"),
    }[rule]


def _get_round(rule: str, due_on: str) -> Round:
    """Return the round of the meeting that the address names. Answers 404 for any other."""
    meeting = get_current_meeting()
    rounds = {(each.rule.value, each.due_on.isoformat()): each for each in list_rounds(meeting)}
    if (rule, due_on) not in rounds:
        abort(404)
    return rounds[rule, due_on]


def _status(decided: Mapping[Round, told.DecidedRound], round: Round) -> RoundStatus | None:
    return decided[round].status if round in decided else None


def _is_coming(
    meeting: Meeting, round: Round, decided: Mapping[Round, told.DecidedRound], now: datetime
) -> bool:
    """Held ones stand here until their day is over, so that they can be let go."""
    at = due_at(meeting, round)
    if _status(decided, round) is RoundStatus.SENT:
        return False
    is_missed = any(
        other.rule is round.rule and round.due_on < other.due_on and due_at(meeting, other) <= now
        for other in list_rounds(meeting)
    )
    return now - STILL_WORTH < at <= now + AHEAD and not is_missed


def _list_past(meeting: Meeting, decided: Mapping[Round, told.DecidedRound]) -> list[RoundView]:
    """Return the rounds that went out, the newest first, and those held whose day is over."""
    now, views = g.arrived_at, list[RoundView]()
    for round, what in decided.items():
        if what.status is RoundStatus.HELD and _is_coming(meeting, round, decided, now):
            continue
        batch = reading.find_batch(db.session(), reminding.batch_of(meeting.id, round))
        views.append(RoundView(round, what.at, what.status, (), batch))
    return sorted(views, key=lambda each: (each.at, each.round.due_on), reverse=True)


def _preview(rule: Rule, registration: Registration) -> Preview:
    return preview_mail(
        OCCASIONS[rule], get_current_meeting(), registration, current_office().addresses
    )
