"""What travellers tell and what the desks arrange for them, invented."""

from datetime import date, datetime
from typing import Any

from registration.domain.events import DELEGATE, By
from registration.domain.journeys import Diet, Leg, Needs, PassportKind, Stay, Ticket, TravelData
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.domain.travel import Visa
from registration.registrar.office import Moved
from registration.registrar.telling_travel import tell_travel
from registration.registrar.ticketing import record_ticket
from registration.registrar.travel_data import find_travel
from tests.offices import REVIEWER, Guide

NEEDS = Needs(diet=Diet.VEGETARIAN, diet_words="nueces", accessibility="silla de ruedas")
STAY = Stay(
    hotel="Hotel Imperial",
    address="Reforma 64",
    room="Sencilla",
    arrives=date(2022, 3, 30),
    leaves=date(2022, 4, 1),
    confirmation="HR-22871",
)


def make_travel(**changes: Any) -> TravelData:
    told: dict[str, Any] = {
        "passport_kind": PassportKind.OFFICIAL,
        "number": "C7654321",
        "nationality": "CR",
        "born": date(1978, 4, 9),
        "expires": date(2031, 5, 1),
        "city": "San José",
        "telephone": "+506 2222 3333",
        "visa": Visa.NOT_NEEDED,
    }
    return TravelData(**(told | changes))


def make_ticket(**changes: Any) -> Ticket:
    leg = Leg(
        flight="AV 690",
        origin="San José",
        to="Bogotá",
        departs=datetime.fromisoformat("2022-03-30T07:15"),
        arrives=datetime.fromisoformat("2022-03-30T10:50"),
    )
    told: dict[str, Any] = {"number": "139-2401234567", "legs": (leg,), "cost": "612.50"}
    return Ticket(**(told | changes))


def tell(
    guide: Guide, entry: Registration, *, by: By = DELEGATE, **changes: Any
) -> Moved | Refusal:
    data = make_travel(**changes)
    return tell_travel(guide.office, entry.id, data, by=by, arrived_at=guide.now)


def issue(guide: Guide, entry: Registration, **changes: Any) -> Moved | Refusal:
    """Record a ticket, seeing the one that is there."""
    seen = find_travel(guide.office, entry).ticket_at
    guide.wait(seconds=1)
    ticket = make_ticket(**changes)
    return record_ticket(
        guide.office, entry.id, ticket, seen_at=seen, by=REVIEWER, arrived_at=guide.now
    )
