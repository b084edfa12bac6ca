"""The page of a delegation's focal point: its seats, who holds them, and what can be done now.

Of a person it shows name, institution, position, state and seat; never an address, never a file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.domain.answers import list_answering
from registration.domain.calls import Call
from registration.domain.deadline import closed, deadline_of
from registration.domain.meeting import Delegation
from registration.domain.nominations import Standing, standing_of
from registration.domain.registrations import Registration
from registration.domain.states import LIVE, Actor, MoveName, State, list_moves
from registration.store import reading
from registration.store.database import db
from registration.store.reading import DelegationRow
from registration.web.current_meeting import get_current_meeting

#: In whom a focal point has an interest: whoever has not confirmed an address is nobody yet.
_SHOWN = LIVE - {State.UNCONFIRMED}
#: Entries that came by themselves, of which the focal point's word is asked.
_ASKED_ABOUT = frozenset({State.SUBMITTED, State.RETURNED, State.RESERVE})


@dataclass(frozen=True)
class SeatShown:
    """One seat. label: its name in the page's language, or ""."""

    number: int
    label: str
    holder: Registration | None


@dataclass(frozen=True)
class PersonShown:
    """One entry as the focal point sees it. moves: what can be done with it now."""

    entry: Registration
    standing: Standing
    moves: Collection[str]
    asks_word: bool


@blueprint.get("/<meeting>/delegation")
def delegation() -> str:
    """Show the delegation."""
    row, place = current_row(), current_place()
    entries = list_entries()
    meeting = get_current_meeting()
    seats = list_seats(place, entries)
    late = closed(
        MoveName.NOMINATE,
        Actor.FOCAL_POINT,
        meeting,
        now=g.arrived_at,
        later=row.later_deadline,
    )
    reserve = [each for each in entries if each.state is State.RESERVE]
    return render_template(
        "delegate/delegation.html",
        delegation=place,
        row=row,
        seats=seats,
        seated=[show_person(each) for each in entries if each.seat_number is not None],
        reserve=[show_person(each) for each in reserve],
        free=sum(1 for each in seats if each.holder is None),
        is_open=late is None,
        deadline=deadline_of(meeting, row.later_deadline),
        Standing=Standing,
        asked=_list_asked(place),
    )


def _list_asked(delegation: Delegation) -> list[Call]:
    """Return what the delegation answers by a private link of its own."""
    meeting = get_current_meeting()
    drafted = (each for each in meeting.calls if each.is_drafted)
    return [each for each in drafted if delegation in list_answering(meeting, each)]


def current_row() -> DelegationRow:
    """Return the row of the delegation whose link this browser came through."""
    row: DelegationRow = g.delegation
    return row


def current_place() -> Delegation:
    """Return the delegation as the meeting has it."""
    return get_current_meeting().get_delegation(current_row().key)


def list_entries() -> list[Registration]:
    """Return the delegation's live entries, by seat, then those who wait, the longest first."""
    found = reading.list_of_delegation(db.session(), current_row().id, states=_SHOWN)
    return sorted(found, key=lambda each: each.seat_number is None)


def get_own_entry(reference: str) -> Registration:
    """Return the live entry of the focal point's own delegation; any other answers 404."""
    found = reading.find_by_reference(db.session(), reference)
    if found is None or found.delegation_id != current_row().id or found.state not in _SHOWN:
        abort(404)
    g.registration = found
    return found


def list_seats(place: Delegation, entries: Sequence[Registration]) -> list[SeatShown]:
    """Return the delegation's seats in their order."""
    by_number = {each.seat_number: each for each in entries}
    return [
        SeatShown(number, _label(place, number), by_number.get(number))
        for number in range(1, place.seats + 1)
    ]


def show_person(entry: Registration) -> PersonShown:
    """Return the entry as the focal point sees it, with the moves of the table that are open."""
    meeting = get_current_meeting()
    moves = {
        move.value
        for move in list_moves(entry.state, Actor.FOCAL_POINT)
        if closed(move, Actor.FOCAL_POINT, meeting, now=g.arrived_at) is None
    }
    standing = standing_of(entry)
    asks = entry.state in _ASKED_ABOUT and standing is not Standing.NOMINATED
    return PersonShown(entry, standing, moves, asks)


def answer(refusal: object, code: int) -> ResponseReturnValue:
    """Say why nothing was changed, and lead back to the delegation."""
    return render_template("delegate/delegation_refused.html", refusal=refusal), code


def _label(place: Delegation, number: int) -> str:
    if not 0 < number <= len(place.labels):
        return ""
    return place.labels[number - 1].name[g.language]
