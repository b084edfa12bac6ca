"""The table of moves is the one of the design, line by line."""

import pytest

from registration.domain.events import Event, event_of
from registration.domain.states import (
    FINAL,
    LIVE,
    MOVES,
    SEATED,
    Actor,
    State,
    after_amend,
    is_permitted,
    list_moves,
)
from registration.domain.states import MoveName as Move

SEATED_STATES = ["nominated", "submitted", "returned", "invited", "accepted"]
LIVE_STATES = ["unconfirmed", "reserve", *SEATED_STATES]
NEW = ""

# Copied by hand from the design, part 3: from, move, who, to, what becomes of the seat, closed by.
DESIGN = [
    (NEW, "register", "delegate", "unconfirmed", "none", "deadline"),
    (NEW, "join_reserve", "delegate", "unconfirmed", "none", "deadline"),
    (NEW, "nominate", "focal_point", "nominated", "takes", "deadline"),
    (NEW, "enter", "secretariat", "submitted", "takes", "never"),
    ("unconfirmed", "confirm", "delegate", "submitted", "takes", "changes_until"),
    ("unconfirmed", "lapse", "clock", "lapsed", "none", "never"),
    ("nominated", "complete", "delegate", "submitted", "keeps", "changes_until"),
    ("submitted", "approve", "secretariat", "invited", "keeps", "never"),
    ("submitted", "return", "secretariat", "returned", "keeps", "never"),
    ("returned", "take_back", "secretariat", "submitted", "keeps", "never"),
    ("submitted", "decline", "secretariat", "declined", "frees", "never"),
    ("submitted", "correct", "delegate", "submitted", "keeps", "changes_until"),
    ("returned", "correct", "delegate", "submitted", "keeps", "changes_until"),
    ("reserve", "correct", "delegate", "reserve", "keeps", "changes_until"),
    *((state, "amend", "secretariat", state, "keeps", "never") for state in LIVE_STATES),
    ("invited", "accept", "delegate", "accepted", "keeps", "changes_until"),
    ("invited", "accept", "secretariat", "accepted", "keeps", "changes_until"),
    ("reserve", "promote", "secretariat", "submitted", "takes", "never"),
    ("reserve", "promote", "clock", "submitted", "takes", "never"),
    *(
        (state, "replace", who, "withdrawn", "hands_over", "changes_until")
        for state in SEATED_STATES
        for who in ("focal_point", "secretariat")
    ),
    *((state, "swap", "secretariat", state, "exchanges", "never") for state in SEATED_STATES),
    *(
        (state, "withdraw", who, "withdrawn", "frees", "never")
        for state in LIVE_STATES
        for who in ("delegate", "focal_point", "secretariat")
    ),
]


def test_table_is_the_one_of_the_design() -> None:
    table = {
        (source or NEW, move.name, actor, to, move.seat, move.closing)
        for move in MOVES.values()
        for source, to in move.to.items()
        for actor in move.actors
    }

    assert table == set(DESIGN)


def test_nobody_may_make_any_other_move() -> None:
    written = {(source, move, who) for source, move, who, *_ in DESIGN}

    permitted = {
        (source or NEW, move, actor)
        for source in (None, *State)
        for move in Move
        for actor in Actor
        if is_permitted(move, source=source, actor=actor)
    }

    assert permitted == written


def test_nothing_leaves_a_final_state() -> None:
    assert {"declined", "withdrawn", "lapsed"} == FINAL
    assert [list_moves(state, actor) for state in FINAL for actor in Actor] == [()] * 12


def test_states_that_hold_a_seat_and_that_live() -> None:
    assert set(SEATED_STATES) == SEATED
    assert set(LIVE_STATES) == LIVE


def test_only_returning_and_declining_always_need_a_reason() -> None:
    assert {move.name for move in MOVES.values() if move.reason} == {"return", "decline"}


def test_only_a_confirmation_may_lead_elsewhere() -> None:
    otherwise = {move.name: move.otherwise for move in MOVES.values() if move.otherwise}

    assert otherwise == {"confirm": "reserve"}


def test_moves_are_listed_for_the_delegate_in_the_order_of_the_table() -> None:
    assert list_moves(State.SUBMITTED, Actor.DELEGATE) == ("correct", "withdraw")
    assert list_moves(State.INVITED, Actor.DELEGATE) == ("accept", "withdraw")
    assert list_moves(State.NOMINATED, Actor.DELEGATE) == ("complete", "withdraw")


@pytest.mark.parametrize("state", sorted(LIVE))
def test_only_an_accepted_entry_goes_back_when_its_letter_is_replaced(state: State) -> None:
    assert after_amend(state, reissued=False) is state
    expected = State.INVITED if state is State.ACCEPTED else state
    assert after_amend(state, reissued=True) is expected


def test_each_move_writes_a_line_of_its_own() -> None:
    events = {move: event_of(move, State.SUBMITTED) for move in Move}

    assert events[Move.CONFIRM] is Event.CONFIRMED
    assert event_of(Move.CONFIRM, State.RESERVE) is Event.PUT_ON_RESERVE
    assert len(set(events.values())) == len(Move) - 1, "the two ways to register share one"
