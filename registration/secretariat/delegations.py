"""The delegations of a meeting, and the page of each: seats, focal point, link, dates, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.deadline import deadline_of
from registration.domain.ids import DelegationKey
from registration.domain.meeting import Addressee, Admission, Delegation, Meeting, Promotion
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.domain.states import LIVE, State
from registration.registrar.meetings import find_delegation_link
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of
from registration.secretariat.board import Board, DelegationView, make_board
from registration.secretariat.delegation_forms import (
    ExtendForm,
    FocalPointForm,
    ReasonedForm,
    SeatForm,
    SwapForm,
    last_day_before,
    make_seat_form,
)
from registration.secretariat.delegation_words import tell_lines
from registration.store import reading
from registration.store.database import db
from registration.store.reading import DelegationRow, overview
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office


@dataclass(frozen=True, kw_only=True)
class DelegationShown:
    """A delegation in the meeting's list. deadline: the first instant refused, aware UTC.

    reserve: who waits, the longest first.
    """

    view: DelegationView
    row: DelegationRow
    deadline: datetime
    reserve: tuple[Registration, ...]

    @property
    def free(self) -> int:
        return len(self.view.arches) - self.view.taken


@dataclass(frozen=True, kw_only=True)
class Forms:
    """The forms of a delegation's page, filled with what holds now."""

    focal_point: FocalPointForm
    extend: ExtendForm
    seat: SeatForm
    fewer: ReasonedForm
    swap: SwapForm


@blueprint.get("/<meeting>/delegations/")
def delegations() -> str:
    """Show dates, seats, focal points and who waits, delegation by delegation."""
    meeting = get_current_meeting()
    shown = list_shown(meeting)
    return render_template(
        "secretariat/delegations.html",
        delegations=shown,
        waiting=[each for each in shown if each.reserve],
        is_auto=meeting.promotion is Promotion.AUTO,
        Admission=Admission,
    )


@blueprint.get("/<meeting>/delegations/<key>/")
def delegation(key: str) -> ResponseReturnValue:
    """Show one delegation."""
    return show_delegation(key)


def list_shown(meeting: Meeting) -> list[DelegationShown]:
    """Return the meeting's delegations, those without limit left out, in the file's order."""
    session = db.session()
    views = {each.key: each for each in _make_board(meeting).delegations}
    waiting: dict[DelegationKey, list[Registration]] = {}
    for each in reading.list_registrations(session, meeting.id, states=[State.RESERVE]):
        waiting.setdefault(each.delegation_key, []).append(each)
    return [
        DelegationShown(
            view=views[row.key],
            row=row,
            deadline=deadline_of(meeting, row.later_deadline),
            reserve=tuple(waiting.get(row.key, ())),
        )
        for row in reading.list_delegations(session, meeting.id)
        if row.key in views and views[row.key].arches
    ]


def _make_board(meeting: Meeting) -> Board:
    session = db.session()
    return make_board(
        meeting,
        overview.count_by_delegation(session, meeting.id),
        overview.list_seat_holders(session, meeting.id),
        g.language,
    )


def get_place(key: str) -> tuple[Delegation, DelegationRow]:
    """Return the delegation and its row. Answers 404 where there is none."""
    meeting = get_current_meeting()
    place = meeting.find_delegation(key)
    row = reading.find_delegation(db.session(), meeting.id, key)
    if place is None or row is None:
        abort(404)
    return place, row


def show_delegation(
    key: str, *, refusal: Refusal | None = None, wrong: str = "", **forms: object
) -> ResponseReturnValue:
    """Show the delegation's page. wrong: the name of the form that was sent and is not good;
    forms: that form as it was sent."""
    meeting = get_current_meeting()
    place, row = get_place(key)
    entries = reading.list_of_delegation(db.session(), row.id, states=LIVE)
    view = next(each for each in _make_board(meeting).delegations if each.key == key)
    page = render_template(
        "secretariat/delegation.html",
        delegation=place,
        row=row,
        view=view,
        reserve=[each for each in entries if each.state is State.RESERVE],
        deadline=deadline_of(meeting, row.later_deadline),
        link=find_delegation_link(current_office(), meeting.id, key),
        lines=tell_lines(reading.list_delegation_lines(db.session(), meeting.id, row.key)),
        forms=_make_forms(row, entries, forms),
        wrong=wrong,
        refusal=refusal,
        Admission=Admission,
        Addressee=Addressee,
    )
    is_good = refusal is None and not wrong
    return page, 200 if is_good else code_of(refusal)


def choose_seated(entries: Sequence[Registration]) -> list[tuple[str, str]]:
    """Return a choice for each who holds a seat: id and version, and the name with the seat."""
    seated = [each for each in entries if each.seat_number is not None]
    return [
        (f"{each.id}:{each.version}", f"{each.seat_number} · {each.full_name}") for each in seated
    ]


def _make_forms(
    row: DelegationRow,
    entries: Sequence[Registration],
    sent: dict[str, object],
) -> Forms:
    meeting, person = get_current_meeting(), row.focal_point
    until = None if row.later_deadline is None else last_day_before(row.later_deadline, meeting)
    made: dict[str, object] = {
        "focal_point": FocalPointForm(
            formdata=None,
            part="focal",
            name=person.name if person else "",
            email=person.email if person else "",
            language=person.language if person else g.language,
        ),
        "extend": ExtendForm(formdata=None, part="extend", until=until),
        "seat": make_seat_form(meeting, formdata=None, part="seat"),
        "fewer": ReasonedForm(formdata=None, part="fewer"),
        "swap": SwapForm(formdata=None, part="swap"),
    }
    forms = Forms(**{**made, **sent})  # type: ignore[arg-type]  # each under its own name
    forms.focal_point.offer(meeting, g.language)
    choices = choose_seated(entries)
    forms.swap.one.choices = forms.swap.other.choices = choices
    if "swap" not in sent and len(choices) > 1:
        forms.swap.one.data, forms.swap.other.data = choices[0][0], choices[1][0]
    return forms
