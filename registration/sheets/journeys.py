"""Tables of journeys and stays: the travel manifest, the rooming list, the meals."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from registration.domain.journeys import Diet, Needs, Stay, Ticket, TravelData
from registration.domain.meeting import Meeting
from registration.domain.names import canonical_name
from registration.domain.registrations import Registration
from registration.domain.travel import TicketStatus
from registration.language import travel as travel_words
from registration.language.translator import Translator
from registration.sheets.people import by_name, group_name, make_sheet
from registration.sheets.table import Cell, Column, Sheet


class Journey(Protocol):
    """One person with what is known of journey and stay; None where nothing is."""

    @property
    def registration(self) -> Registration: ...
    @property
    def travel(self) -> TravelData | None: ...
    @property
    def needs(self) -> Needs | None: ...
    @property
    def ticket(self) -> Ticket | None: ...
    @property
    def ticket_status(self) -> TicketStatus | None: ...
    @property
    def stay(self) -> Stay | None: ...


def compose_manifest(meeting: Meeting, rows: Sequence[Journey], words: Translator) -> Sheet:
    """Return those whose flight is paid, by city and date of departure; who has told no city yet
    stands at the end."""
    columns = (
        Column(words.gettext("City of departure"), 20),
        Column(words.gettext("Date of departure"), 14),
        Column(words.gettext("Delegation or category"), 24),
        Column(words.gettext("Form of address"), 12),
        Column(words.gettext("Surnames"), 24),
        Column(words.gettext("Given names"), 24),
        Column(words.gettext("Passport"), 14),
        Column(words.gettext("Passport number"), 18),
        Column(words.gettext("Nationality"), 18),
        Column(words.gettext("Date of birth"), 14),
        Column(words.gettext("Passport expires"), 14),
        Column(words.gettext("Visa"), 14),
        Column(words.gettext("Telephone"), 18),
        Column(words.gettext("E-mail address"), 30),
        Column(words.gettext("Ticket"), 14),
        Column(words.gettext("Ticket number"), 18),
        Column(words.gettext("Flights"), 60),
        Column(words.gettext("Cost"), 12),
        Column(words.gettext("Currency"), 10),
        Column(words.gettext("Wishes"), 30),
        Column(words.gettext("Number"), 16),
    )
    cells = [_traveller(meeting, each, words) for each in sorted(rows, key=_by_departure)]
    return make_sheet(meeting, words.pgettext("table", "Travel manifest"), columns, cells, words)


def compose_rooms(meeting: Meeting, rows: Sequence[Journey], words: Translator) -> Sheet:
    """Return those who are given a room, by hotel and first night; no passport is in it."""
    columns = (
        Column(words.gettext("Hotel"), 28),
        Column(words.gettext("Room"), 10),
        Column(words.gettext("Arrives"), 14),
        Column(words.gettext("Leaves"), 14),
        Column(words.gettext("Nights"), 8),
        Column(words.gettext("Form of address"), 12),
        Column(words.gettext("Surnames"), 24),
        Column(words.gettext("Given names"), 24),
        Column(words.gettext("Delegation or category"), 28),
        Column(words.gettext("Confirmation"), 18),
        Column(words.gettext("Accessibility"), 36),
        Column(words.gettext("Number"), 16),
    )
    cells = [_guest(meeting, each, words) for each in sorted(rows, key=_by_hotel)]
    return make_sheet(meeting, words.pgettext("table", "Rooming list"), columns, cells, words)


def compose_meals(meeting: Meeting, rows: Sequence[Journey], words: Translator) -> Sheet:
    """Return everybody who takes part with what the kitchen must know, in the file's order."""
    columns = (
        Column(words.gettext("Diet"), 22),
        Column(words.gettext("Allergies and other"), 44),
        Column(words.gettext("Surnames"), 24),
        Column(words.gettext("Given names"), 24),
        Column(words.gettext("Delegation or category"), 28),
        Column(words.gettext("Number"), 16),
    )
    cells = [_eater(meeting, each, words) for each in rows]
    return make_sheet(meeting, words.pgettext("table", "Meals"), columns, cells, words)


def _traveller(meeting: Meeting, row: Journey, words: Translator) -> tuple[Cell, ...]:
    person, told, ticket = row.registration.particulars, row.travel, row.ticket
    status = row.ticket_status
    return (
        told.city if told else "",
        _departure(row),
        group_name(meeting, row.registration, words),
        person.treatment,
        person.surnames,
        person.given_names,
        travel_words.passport_kind(told.passport_kind, words) if told else "",
        told.number if told else "",
        words.country(told.nationality) if told else "",
        told.born if told else None,
        told.expires if told else None,
        travel_words.visa(told.visa, words) if told else "",
        told.telephone if told else "",
        person.email,
        travel_words.ticket_status(status, words) if status else "",
        ticket.number if ticket else "",
        _flights(ticket, words),
        ticket.cost if ticket else "",
        ticket.currency if ticket and ticket.cost else "",
        told.wishes if told else "",
        row.registration.reference,
    )


def _guest(meeting: Meeting, row: Journey, words: Translator) -> tuple[Cell, ...]:
    person, stay = row.registration.particulars, row.stay
    return (
        stay.hotel if stay else "",
        stay.room if stay else "",
        stay.arrives if stay else None,
        stay.leaves if stay else None,
        stay.nights if stay else None,
        person.treatment,
        person.surnames,
        person.given_names,
        group_name(meeting, row.registration, words),
        stay.confirmation if stay else "",
        row.needs.accessibility if row.needs else "",
        row.registration.reference,
    )


def _eater(meeting: Meeting, row: Journey, words: Translator) -> tuple[Cell, ...]:
    person = row.registration.particulars
    needs = row.needs or Needs()
    return (
        "" if needs.diet is Diet.NONE else travel_words.diet(needs.diet, words),
        needs.diet_words,
        person.surnames,
        person.given_names,
        group_name(meeting, row.registration, words),
        row.registration.reference,
    )


def _flights(ticket: Ticket | None, words: Translator) -> str:
    legs = ticket.legs if ticket else ()
    return "; ".join(" ".join(travel_words.leg(each, words)) for each in legs)


def _departure(row: Journey) -> date | None:
    legs = row.ticket.legs if row.ticket else ()
    return min(each.departs for each in legs).date() if legs else None


def _by_departure(row: Journey) -> tuple[bool, str, date, tuple[str, str]]:
    city = canonical_name(row.travel.city) if row.travel else ""
    return not city, city, _departure(row) or date.max, by_name(row.registration)


def _by_hotel(row: Journey) -> tuple[bool, str, date, tuple[str, str]]:
    hotel = canonical_name(row.stay.hotel) if row.stay else ""
    first = row.stay.arrives if row.stay else date.max
    return not hotel, hotel, first, by_name(row.registration)
