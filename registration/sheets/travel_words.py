"""Journeys and stays in the words of a table: passports, visas, diets, tickets, flights."""

from datetime import datetime
from typing import assert_never

from registration.domain.journeys import Diet, Leg, PassportKind
from registration.domain.travel import TicketStatus, Visa
from registration.language.translator import Translator


def passport_kind(kind: PassportKind, words: Translator) -> str:
    """Return the name of a kind of passport."""
    match kind:
        case PassportKind.ORDINARY:
            return words.pgettext("passport", "Ordinary")
        case PassportKind.OFFICIAL:
            return words.pgettext("passport", "Official")
        case PassportKind.DIPLOMATIC:
            return words.pgettext("passport", "Diplomatic")
        case _:
            assert_never(kind)


def visa(answer: Visa, words: Translator) -> str:
    """Return whether a visa is needed, as the person says."""
    match answer:
        case Visa.NEEDED:
            return words.pgettext("visa", "Needed")
        case Visa.NOT_NEEDED:
            return words.pgettext("visa", "Not needed")
        case Visa.UNKNOWN:
            return words.pgettext("visa", "Not known")
        case _:
            assert_never(answer)


def diet(chosen: Diet, words: Translator) -> str:
    """Return the name of a diet."""
    match chosen:
        case Diet.NONE:
            return words.pgettext("diet", "No particular diet")
        case Diet.VEGETARIAN:
            return words.pgettext("diet", "Vegetarian")
        case Diet.VEGAN:
            return words.pgettext("diet", "Vegan")
        case Diet.NO_PORK:
            return words.pgettext("diet", "Without pork")
        case Diet.HALAL:
            return words.pgettext("diet", "Halal")
        case Diet.KOSHER:
            return words.pgettext("diet", "Kosher")
        case Diet.NO_GLUTEN:
            return words.pgettext("diet", "Without gluten")
        case Diet.OTHER:
            return words.pgettext("diet", "Another one")
        case _:
            assert_never(chosen)


def ticket_status(status: TicketStatus, words: Translator) -> str:
    """Return how a ticket stands."""
    match status:
        case TicketStatus.ISSUED:
            return words.pgettext("ticket", "Issued")
        case TicketStatus.TO_CANCEL:
            return words.pgettext("ticket", "To be cancelled")
        case TicketStatus.CANCELLED:
            return words.pgettext("ticket", "Cancelled")
        case _:
            assert_never(status)


def flight_time(at: datetime, words: Translator) -> str:
    """Return "30 March, 07:15", the local time of an airport."""
    # Translators: when a flight leaves or arrives: "30 March, 07:15"
    return words.pgettext(
        "flight", "%(day)s, %(hour)s", day=words.short_day(at.date()), hour=words.hour(at)
    )


def leg(flight: Leg, words: Translator) -> tuple[str, str]:
    """Return the flight and the way of it with its times, local to each airport."""
    way = words.pgettext(
        "flight",
        "%(origin)s, %(departs)s – %(to)s, %(arrives)s",
        origin=flight.origin,
        departs=flight_time(flight.departs, words),
        to=flight.to,
        arrives=flight_time(flight.arrives, words),
    )
    return flight.flight, way
