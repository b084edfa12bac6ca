"""What is refused about journeys and stays: values, each with its sentence in `language.travel`."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class NotTravelling:
    """Nobody buys this person's ticket or room: not invited, or their delegation has none paid."""


@dataclass(frozen=True)
class TicketIssued:
    """A ticket was bought on what the person told, so the person changes it no more."""


@dataclass(frozen=True)
class RecordedMeanwhile:
    """Another person of the desk wrote the ticket or the room since the page was opened."""


@dataclass(frozen=True)
class NoTicket:
    """There is no ticket that this could be done with."""


@dataclass(frozen=True)
class NoRoom:
    """There is no room that this could be done with."""


TravelRefusal: TypeAlias = NotTravelling | TicketIssued | RecordedMeanwhile | NoTicket | NoRoom
