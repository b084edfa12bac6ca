"""Which place of a segment somebody takes, and how much room is left in it.

That no two have the same place is the schema's work, as with seats.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registration.domain.program import Segment
from registration.domain.states import FINAL, State, holds_seat

#: How the mail about a change names the segments attended before it: keys, apart by a blank.
ATTENDED_BEFORE = "attended_before"


@dataclass(frozen=True)
class FreePlace:
    """The number of the place to take, from 1; None in a segment without limit."""

    number: int | None


@dataclass(frozen=True)
class NoPlace:
    """Every place of the segment is held."""


@dataclass(frozen=True)
class Choice:
    """That somebody chose a segment. attends: whether it is theirs; else it is a wish, which waits
    for the confirmation or found the segment full."""

    key: str
    attends: bool


@dataclass(frozen=True)
class Numbers:
    """How many attend a segment, and how many wish to and have no place."""

    attending: int = 0
    wishing: int = 0


class Room(StrEnum):
    """How much room is left, as the public reads it: how many exactly is the desk's to know."""

    OPEN = "open"
    FEW = "few"
    FULL = "full"


def choose_place(capacity: int | None, taken: Collection[int]) -> FreePlace | NoPlace:
    """Return the place to take: the lowest free number, from 1. taken: the numbers held now."""
    if capacity is None:
        return FreePlace(None)
    free = (number for number in range(1, capacity + 1) if number not in taken)
    number = next(free, None)
    return NoPlace() if number is None else FreePlace(number)


def room_in(capacity: int | None, attending: int) -> Room:
    """Return how much room is left; few: of ten places the last one, and of less than ten too."""
    if capacity is None:
        return Room.OPEN
    left = capacity - attending
    if left <= 0:
        return Room.FULL
    return Room.FEW if left <= max(1, capacity // 10) else Room.OPEN


def attends_now(state: State) -> bool:
    """Return whether what somebody in this state chose is theirs, as far as there is room: whoever
    has no seat yet has wishes."""
    return holds_seat(state)


def may_choose(state: State) -> bool:
    """Return whether somebody in this state can change what they chose. Whoever has not confirmed
    the address does so first; whoever was nominated completes the registration first."""
    return state not in FINAL and state not in {State.UNCONFIRMED, State.NOMINATED}


def list_chosen(segments: Sequence[Segment], choices: Collection[Choice]) -> list[Segment]:
    """Return the segments that are attended, in the order of the file."""
    keys = {each.key for each in choices if each.attends}
    return [each for each in segments if each.key in keys]


def list_unmet(segments: Sequence[Segment], choices: Collection[Choice]) -> list[Segment]:
    """Return the segments that are wished for and not attended, in the order of the file."""
    keys = {each.key for each in choices if not each.attends}
    return [each for each in segments if each.key in keys]
