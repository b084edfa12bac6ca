"""Journeys and stays in words: what is wrong with what was told, kinds, diets, flights."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import assert_never

from registration.domain import travel_refusals as refusals
from registration.domain.ids import Language
from registration.domain.journeys import Diet, Leg, PassportKind
from registration.domain.meeting import Meeting
from registration.domain.names import canonical_name
from registration.domain.travel import TicketStatus, Visa
from registration.domain.travel_refusals import TravelRefusal
from registration.domain.travel_rules import Fault
from registration.language.translator import Translator, get_translator

#: Regions of CLDR that are two letters and no country whose passport anybody carries.
_NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)


def travel_sentence(refusal: TravelRefusal, words: Translator) -> str:
    """Return what a person reads of a refusal about journeys and stays."""
    match refusal:
        case refusals.NotTravelling():
            return words.gettext(
                "Nothing is arranged for this registration: it has no invitation in force, or its "
                "delegation does not receive this courtesy."
            )
        case refusals.TicketIssued():
            return words.gettext(
                "The air ticket is issued with these data. To change them, write to the "
                "Secretariat."
            )
        case refusals.RecordedMeanwhile():
            return words.gettext(
                "Somebody else of the desk recorded this meanwhile, so nothing was changed. "
                "Compare with what stands there now."
            )
        case refusals.NoTicket():
            return words.gettext("There is no ticket in force for this person.")
        case refusals.NoRoom():
            return words.gettext("No room is booked for this person.")
        case _:
            assert_never(refusal)


def fault_sentence(fault: Fault, meeting: Meeting, words: Translator) -> str:
    """Return what is wrong with one field of the travel step, and what to write."""
    match fault:
        case Fault.NUMBER:
            return words.gettext(
                "Write the number as in the passport: 5 to 20 letters and digits, without signs."
            )
        case Fault.NATIONALITY:
            return words.gettext("Choose the nationality from the list.")
        case Fault.BORN:
            return words.gettext("Write the date of birth with day, month and year: 09/04/1978.")
        case Fault.EXPIRES:
            return words.gettext("Write the date of expiry with day, month and year: 31/12/2030.")
        case Fault.EXPIRES_EARLY:
            return words.gettext(
                "This passport expires before the meeting ends (%(day)s), so no ticket can be "
                "issued with it. Write to the Secretariat when you have the new one.",
                day=words.day(meeting.last_day),
            )
        case Fault.CITY:
            return words.gettext("Write the city from which you will fly.")
        case Fault.TELEPHONE:
            return words.gettext(
                "Write the telephone with its country code, in digits: +506 2222 3333."
            )
        case _:
            assert_never(fault)


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
    """Return what a person said of the visa."""
    match answer:
        case Visa.NEEDED:
            return words.pgettext("visa", "I need one")
        case Visa.NOT_NEEDED:
            return words.pgettext("visa", "I need none")
        case Visa.UNKNOWN:
            return words.pgettext("visa", "I do not know yet")
        case _:
            assert_never(answer)


def visa_short(answer: Visa, words: Translator) -> str:
    """Return the same as the desk's lists have it."""
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


@cache
def list_countries(language: Language) -> Mapping[str, str]:
    """Return the countries that may be a nationality, by ISO 3166 alpha-2, sorted by their names in
    the language."""
    words = get_translator(language)
    found = {
        code: str(name)
        for code, name in words.locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    # As people look for them: "África" under A.
    return dict(sorted(found.items(), key=lambda each: canonical_name(each[1])))
