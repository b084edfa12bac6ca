"""The states of a registration and the moves between them: one table, from which the guards, the
buttons, the history and the diagram in the docs come (design, part 3)."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a registration stands, in the order of legends and filters."""

    UNCONFIRMED = "unconfirmed"
    NOMINATED = "nominated"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    INVITED = "invited"
    ACCEPTED = "accepted"
    RESERVE = "reserve"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


#: States that hold a seat of the delegation.
SEATED = frozenset(
    {State.NOMINATED, State.SUBMITTED, State.RETURNED, State.INVITED, State.ACCEPTED}
)
#: States in which the entry counts as this person's one registration.
LIVE = SEATED | {State.UNCONFIRMED, State.RESERVE}
#: States that nothing leaves.
FINAL = frozenset(State) - LIVE


class Actor(StrEnum):
    """Who makes a move."""

    DELEGATE = "delegate"
    FOCAL_POINT = "focal_point"
    SECRETARIAT = "secretariat"
    CLOCK = "clock"


class Seat(StrEnum):
    """What a move does to the delegation's seat."""

    NONE = "none"
    TAKES = "takes"
    KEEPS = "keeps"
    FREES = "frees"
    HANDS_OVER = "hands_over"
    EXCHANGES = "exchanges"


class Closing(StrEnum):
    """Which date closes a move to everybody but the Secretariat."""

    DEADLINE = "deadline"
    CHANGES_UNTIL = "changes_until"
    NEVER = "never"


class MoveName(StrEnum):
    """The moves, imperative."""

    REGISTER = "register"
    JOIN_RESERVE = "join_reserve"
    NOMINATE = "nominate"
    ENTER = "enter"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    COMPLETE = "complete"
    APPROVE = "approve"
    RETURN = "return"
    TAKE_BACK = "take_back"
    DECLINE = "decline"
    CORRECT = "correct"
    AMEND = "amend"
    ACCEPT = "accept"
    PROMOTE = "promote"
    REPLACE = "replace"
    SWAP = "swap"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One line of the table.

    sources: the states it leaves; None stands for "no registration yet".
    to: for each source, the state it leads to.
    otherwise: the state it leads to where a seat is wanted and none can be had.
    reason: whether it needs a reason in words, read by the delegate.
    """

    name: MoveName
    actors: frozenset[Actor]
    to: dict[State | None, State]
    seat: Seat
    closing: Closing
    otherwise: State | None = None
    reason: bool = False

    @property
    def sources(self) -> frozenset[State | None]:
        return frozenset(self.to)


def _same(states: frozenset[State]) -> dict[State | None, State]:
    return {state: state for state in states}


def _all_to(states: frozenset[State], to: State) -> dict[State | None, State]:
    return dict.fromkeys(states, to)


_DELEGATE = frozenset({Actor.DELEGATE})
_FOCAL_POINT = frozenset({Actor.FOCAL_POINT})
_SECRETARIAT = frozenset({Actor.SECRETARIAT})

_TABLE = (
    Move(
        name=MoveName.REGISTER,
        actors=_DELEGATE,
        to={None: State.UNCONFIRMED},
        seat=Seat.NONE,
        closing=Closing.DEADLINE,
    ),
    Move(
        name=MoveName.JOIN_RESERVE,
        actors=_DELEGATE,
        to={None: State.UNCONFIRMED},
        seat=Seat.NONE,
        closing=Closing.DEADLINE,
    ),
    Move(
        name=MoveName.NOMINATE,
        actors=_FOCAL_POINT,
        to={None: State.NOMINATED},
        seat=Seat.TAKES,
        closing=Closing.DEADLINE,
    ),
    Move(
        name=MoveName.ENTER,
        actors=_SECRETARIAT,
        to={None: State.SUBMITTED},
        seat=Seat.TAKES,
        closing=Closing.NEVER,
    ),
    Move(
        name=MoveName.CONFIRM,
        actors=_DELEGATE,
        to={State.UNCONFIRMED: State.SUBMITTED},
        seat=Seat.TAKES,
        closing=Closing.CHANGES_UNTIL,
        otherwise=State.RESERVE,
    ),
    Move(
        name=MoveName.LAPSE,
        actors=frozenset({Actor.CLOCK}),
        to={State.UNCONFIRMED: State.LAPSED},
        seat=Seat.NONE,
        closing=Closing.NEVER,
    ),
    Move(
        name=MoveName.COMPLETE,
        actors=_DELEGATE,
        to={State.NOMINATED: State.SUBMITTED},
        seat=Seat.KEEPS,
        closing=Closing.CHANGES_UNTIL,
    ),
    Move(
        name=MoveName.APPROVE,
        actors=_SECRETARIAT,
        to={State.SUBMITTED: State.INVITED},
        seat=Seat.KEEPS,
        closing=Closing.NEVER,
    ),
    Move(
        name=MoveName.RETURN,
        actors=_SECRETARIAT,
        to={State.SUBMITTED: State.RETURNED},
        seat=Seat.KEEPS,
        closing=Closing.NEVER,
        reason=True,
    ),
    # The desk's own second thought: once the delegate has corrected there is nothing to take back.
    Move(
        name=MoveName.TAKE_BACK,
        actors=_SECRETARIAT,
        to={State.RETURNED: State.SUBMITTED},
        seat=Seat.KEEPS,
        closing=Closing.NEVER,
    ),
    Move(
        name=MoveName.DECLINE,
        actors=_SECRETARIAT,
        to={State.SUBMITTED: State.DECLINED},
        seat=Seat.FREES,
        closing=Closing.NEVER,
        reason=True,
    ),
    Move(
        name=MoveName.CORRECT,
        actors=_DELEGATE,
        to={
            State.SUBMITTED: State.SUBMITTED,
            State.RETURNED: State.SUBMITTED,
            State.RESERVE: State.RESERVE,
        },
        seat=Seat.KEEPS,
        closing=Closing.CHANGES_UNTIL,
    ),
    # The Secretariat's own correction. It leaves the state alone, but an accepted entry whose
    # letter changes goes back to `invited`: what was accepted is no longer what is on paper
    # (`after_amend`).
    Move(
        name=MoveName.AMEND,
        actors=_SECRETARIAT,
        to=_same(LIVE),
        seat=Seat.KEEPS,
        closing=Closing.NEVER,
    ),
    Move(
        name=MoveName.ACCEPT,
        actors=_DELEGATE | _SECRETARIAT,
        to={State.INVITED: State.ACCEPTED},
        seat=Seat.KEEPS,
        closing=Closing.CHANGES_UNTIL,
    ),
    Move(
        name=MoveName.PROMOTE,
        actors=_SECRETARIAT | {Actor.CLOCK},
        to={State.RESERVE: State.SUBMITTED},
        seat=Seat.TAKES,
        closing=Closing.NEVER,
    ),
    Move(
        name=MoveName.REPLACE,
        actors=_FOCAL_POINT | _SECRETARIAT,
        to=_all_to(SEATED, State.WITHDRAWN),
        seat=Seat.HANDS_OVER,
        closing=Closing.CHANGES_UNTIL,
    ),
    Move(
        name=MoveName.SWAP,
        actors=_SECRETARIAT,
        to=_same(SEATED),
        seat=Seat.EXCHANGES,
        closing=Closing.NEVER,
    ),
    Move(
        name=MoveName.WITHDRAW,
        actors=_DELEGATE | _FOCAL_POINT | _SECRETARIAT,
        to=_all_to(LIVE, State.WITHDRAWN),
        seat=Seat.FREES,
        closing=Closing.NEVER,
    ),
)

MOVES: dict[MoveName, Move] = {move.name: move for move in _TABLE}


def holds_seat(state: State) -> bool:
    """Return whether a registration in this state has a seat number."""
    return state in SEATED


def is_permitted(name: MoveName, *, source: State | None, actor: Actor) -> bool:
    """Return whether the actor may make the move from the state, dates and seats aside."""
    move = MOVES[name]
    return source in move.sources and actor in move.actors


def after_amend(state: State, *, reissued: bool) -> State:
    """Return the state after the Secretariat's correction (design, table of moves)."""
    return State.INVITED if reissued and state is State.ACCEPTED else state


def list_moves(source: State, actor: Actor) -> tuple[MoveName, ...]:
    """Return the moves that the table offers the actor from the state, in the table's order."""
    return tuple(name for name in MOVES if is_permitted(name, source=source, actor=actor))
