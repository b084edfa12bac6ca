"""What is refused at the desks alone: values, each with its sentence in `language`."""

from dataclasses import dataclass
from typing import TypeAlias

from registration.domain.states import State


@dataclass(frozen=True)
class NotExpected:
    """The person has no letter in force, so nobody records that they came."""

    state: State


@dataclass(frozen=True)
class NotArrived:
    """Nobody recorded that the person came, so there is nothing to take back."""


@dataclass(frozen=True)
class NobodyChosen:
    """Work on many entries was asked for, and no entry is among them."""


@dataclass(frozen=True)
class MeetingNotOver:
    """Certificates of attendance were asked for before there is anything to certify."""


@dataclass(frozen=True)
class AmendmentUnfit:
    """A change of the meeting that its file's own rules do not allow. problems: the checker's."""

    problems: tuple[str, ...]


@dataclass(frozen=True)
class SeatHeld:
    """A seat that somebody holds, or a delegation that has entries, is not taken away."""


DeskRefusal: TypeAlias = (
    NotExpected | NotArrived | NobodyChosen | MeetingNotOver | AmendmentUnfit | SeatHeld
)
