"""What is known of one person's journey and stay, and how it is kept: each as the JSON of a box.

The values hold passport numbers, allergies and hotels, so none of them shows itself in a traceback.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from registration.domain.ids import RegistrationId
from registration.domain.travel import Visa


class Box(StrEnum):
    """One of the four things that are kept locked for an entry."""

    TRAVEL = "travel"
    NEEDS = "needs"
    TICKET = "ticket"
    STAY = "stay"


class PassportKind(StrEnum):
    """What the cover of the passport says. Visas and counters differ."""

    ORDINARY = "ordinary"
    OFFICIAL = "official"
    DIPLOMATIC = "diplomatic"


class Diet(StrEnum):
    """What the kitchen counts; what it must know beside that is in words."""

    NONE = "none"
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    NO_PORK = "no_pork"
    HALAL = "halal"
    KOSHER = "kosher"
    NO_GLUTEN = "no_gluten"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class TravelData:
    """What a person whose flight is paid told. nationality: ISO 3166 alpha-2 in upper case.

    number: of the passport, in capitals without spaces. wishes: free words, perhaps "".
    """

    passport_kind: PassportKind = field(repr=False)
    number: str = field(repr=False)
    nationality: str = field(repr=False)
    born: date = field(repr=False)
    expires: date = field(repr=False)
    city: str = field(repr=False)
    telephone: str = field(repr=False)
    visa: Visa
    wishes: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a person asked for at table and in the house; all of it optional.

    diet_words: allergies and what else the kitchen must know.
    """

    diet: Diet = field(default=Diet.NONE, repr=False)
    diet_words: str = field(default="", repr=False)
    accessibility: str = field(default="", repr=False)

    @property
    def is_empty(self) -> bool:
        return self == Needs()


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One flight. departs, arrives: local times of their airports, without a zone."""

    flight: str
    origin: str
    to: str
    departs: datetime
    arrives: datetime


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A ticket as it was issued. cost: a decimal number as text, perhaps "". currency: ISO 4217.

    full_name, passport_number: as on the ticket, so that a later correction is noticed.
    file_id: of the e-ticket, or "".
    """

    number: str = field(repr=False)
    legs: tuple[Leg, ...] = field(repr=False)
    cost: str = field(default="", repr=False)
    currency: str = "USD"
    full_name: str = field(default="", repr=False)
    passport_number: str = field(default="", repr=False)
    file_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A room that is booked. arrives, leaves: the first day and the day of leaving, so the nights
    are those between them."""

    hotel: str = field(repr=False)
    address: str = field(repr=False)
    room: str = field(repr=False)
    arrives: date
    leaves: date
    confirmation: str = field(default="", repr=False)

    @property
    def nights(self) -> int:
        return (self.leaves - self.arrives).days


def bind_box(box: Box, id: RegistrationId) -> str:
    """Return what this box of this entry is bound to in the vault; never that of a file of it."""
    return f"{box} data:{id}"


def dump(value: TravelData | Needs | Ticket | Stay) -> bytes:
    """Return the value as the bytes that are locked."""
    return json.dumps(_plain(value), ensure_ascii=False).encode()


def load_travel(data: bytes) -> TravelData:
    """Return what `dump` was given."""
    told = json.loads(data)
    return TravelData(
        **{
            **told,
            "passport_kind": PassportKind(told["passport_kind"]),
            "born": date.fromisoformat(told["born"]),
            "expires": date.fromisoformat(told["expires"]),
            "visa": Visa(told["visa"]),
        }
    )


def load_needs(data: bytes) -> Needs:
    """Return what `dump` was given."""
    told = json.loads(data)
    return Needs(**{**told, "diet": Diet(told["diet"])})


def load_ticket(data: bytes) -> Ticket:
    """Return what `dump` was given."""
    told = json.loads(data)
    return Ticket(**{**told, "legs": tuple(_load_leg(each) for each in told["legs"])})


def load_stay(data: bytes) -> Stay:
    """Return what `dump` was given."""
    told = json.loads(data)
    days = {name: date.fromisoformat(told[name]) for name in ("arrives", "leaves")}
    return Stay(**{**told, **days})


def _load_leg(told: Mapping[str, str]) -> Leg:
    times = {name: datetime.fromisoformat(told[name]) for name in ("departs", "arrives")}
    return Leg(**{**told, **times})  # type: ignore[arg-type]  # its texts and its two times


def _plain(value: object) -> Any:  # noqa: ANN401  # what JSON knows
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, TravelData | Needs | Ticket | Stay | Leg):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
