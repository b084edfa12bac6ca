"""What is refused at the desks alone: values, each with its sentence in `language`."""

from dataclasses import dataclass
from datetime import datetime
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
class MeetingNotBegun:
    """The list of those who did not come was asked for before anybody could come."""


@dataclass(frozen=True)
class AmendmentUnfit:
    """A change of the meeting that its file's own rules do not allow. problems: the checker's."""

    problems: tuple[str, ...]


@dataclass(frozen=True)
class SeatHeld:
    """A seat that somebody holds, or a delegation that has entries, is not taken away."""


@dataclass(frozen=True)
class NoFocalPoint:
    """The delegation has no focal point on record, so its link goes to nobody."""


@dataclass(frozen=True)
class DateOutOfRange:
    """A delegation's own deadline comes after the meeting's, and not after the last changes.

    after, until: aware UTC."""

    after: datetime
    until: datetime


@dataclass(frozen=True)
class DelegationThere:
    """The meeting has a delegation with this key already."""


@dataclass(frozen=True)
class SomebodyWaits:
    """A free seat was asked for at the desk while people wait for one. waiting: how many."""

    waiting: int


@dataclass(frozen=True)
class AddressNotConfirmed:
    """Nobody has confirmed the entry's address: it may be a stranger's."""


@dataclass(frozen=True)
class MessageNotInLanguage:
    """The message is not written in this person's language."""


@dataclass(frozen=True)
class LinkOfNobody:
    """The message holds the private link, and the entry is over: there is nothing behind it."""


@dataclass(frozen=True)
class MessageSent:
    """The message has left: its words stand as they are."""


@dataclass(frozen=True)
class NothingToRemind:
    """The entry stands where nothing is asked of its person, or not any more."""


@dataclass(frozen=True)
class RemindedToday:
    """The person was reminded on this day already."""


@dataclass(frozen=True)
class RoundDecided:
    """The reminders of this rule and day went out, or were held back, by somebody else."""


DeskRefusal: TypeAlias = (
    NotExpected
    | NotArrived
    | NobodyChosen
    | MeetingNotOver
    | MeetingNotBegun
    | AmendmentUnfit
    | SeatHeld
    | NoFocalPoint
    | DateOutOfRange
    | DelegationThere
    | SomebodyWaits
    | AddressNotConfirmed
    | MessageNotInLanguage
    | LinkOfNobody
    | MessageSent
    | NothingToRemind
    | RemindedToday
    | RoundDecided
)
