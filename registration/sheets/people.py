"""Tables of people: participants in the order of the file, the door's list, who did not come."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from registration.domain.ids import RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.names import canonical_name
from registration.domain.program import Segment
from registration.domain.registrations import Registration
from registration.domain.segments import Choice
from registration.domain.states import State
from registration.domain.travel import TicketStatus
from registration.language import states
from registration.language import travel as travel_words
from registration.language.translator import Translator
from registration.sheets.table import Cell, Column, Sheet


class WithTicket(Protocol):
    """Somebody, and how the ticket stands that was bought for the person."""

    @property
    def registration(self) -> Registration: ...
    @property
    def ticket_status(self) -> TicketStatus | None: ...


def compose_participants(
    meeting: Meeting,
    people: Sequence[Registration],
    arrivals: Mapping[RegistrationId, datetime],
    words: Translator,
    *,
    choices: Mapping[RegistrationId, Sequence[Choice]] | None = None,
) -> Sheet:
    """Return everybody with what the entry says. people: in the order of the meeting's file.
    choices: what each attends or wished to: a column for each segment of the meeting."""
    columns = (
        Column(words.gettext("Delegation or category"), 28),
        Column(words.gettext("Seat"), 20),
        Column(words.gettext("Form of address"), 12),
        Column(words.gettext("Surnames"), 24),
        Column(words.gettext("Given names"), 24),
        Column(words.gettext("Position"), 32),
        Column(words.gettext("Institution"), 40),
        Column(words.gettext("E-mail address"), 30),
        Column(words.gettext("Copy to"), 30),
        Column(words.gettext("Language"), 12),
        Column(words.gettext("State"), 22),
        Column(words.gettext("May be printed in the list"), 14),
        Column(words.gettext("Arrived"), 16),
        Column(words.gettext("Number"), 16),
        *(Column(each.title[words.language], 18) for each in meeting.segments),
    )
    rows = [
        (
            *_participant(meeting, each, arrivals.get(each.id), words),
            *_attendance(meeting, (choices or {}).get(each.id, ()), words),
        )
        for each in people
    ]
    name = words.pgettext("table", "Participants")
    return make_sheet(meeting, name, columns, rows, words)


def compose_door_list(
    meeting: Meeting,
    people: Sequence[Registration],
    arrivals: Mapping[RegistrationId, datetime],
    words: Translator,
) -> Sheet:
    """Return those who are let in, by surname, with room to sign on paper."""
    return _compose_to_sign(meeting, words.pgettext("table", "Door list"), people, arrivals, words)


def compose_segment(
    meeting: Meeting,
    segment: Segment,
    people: Sequence[Registration],
    arrivals: Mapping[RegistrationId, datetime],
    words: Translator,
) -> Sheet:
    """Return those who attend a segment, by surname, with room to sign at its door."""
    return _compose_to_sign(meeting, segment.title[words.language], people, arrivals, words)


def _compose_to_sign(
    meeting: Meeting,
    name: str,
    people: Sequence[Registration],
    arrivals: Mapping[RegistrationId, datetime],
    words: Translator,
) -> Sheet:
    columns = (
        Column(words.gettext("Surnames"), 26),
        Column(words.gettext("Given names"), 26),
        Column(words.gettext("Delegation or category"), 28),
        Column(words.gettext("Position"), 32),
        Column(words.gettext("Institution"), 36),
        Column(words.gettext("Number"), 16),
        Column(words.gettext("Arrived"), 18),
        Column(words.gettext("Signature"), 24),
    )
    rows = [
        (
            each.particulars.surnames,
            each.particulars.given_names,
            group_name(meeting, each, words),
            each.particulars.position,
            each.particulars.institution,
            each.reference,
            _moment(meeting, arrivals.get(each.id), words),
            "",
        )
        for each in sorted(people, key=by_name)
    ]
    return make_sheet(meeting, name, columns, rows, words)


def compose_absent(meeting: Meeting, people: Sequence[WithTicket], words: Translator) -> Sheet:
    """Return those who were expected and of whom no arrival is recorded, in the file's order."""
    columns = (
        Column(words.gettext("Delegation or category"), 28),
        Column(words.gettext("Surnames"), 24),
        Column(words.gettext("Given names"), 24),
        Column(words.gettext("Position"), 32),
        Column(words.gettext("Institution"), 40),
        Column(words.gettext("E-mail address"), 30),
        Column(words.gettext("State"), 22),
        Column(words.gettext("Ticket"), 16),
        Column(words.gettext("Number"), 16),
    )
    rows = [_absent(meeting, each, words) for each in people]
    return make_sheet(meeting, words.pgettext("table", "Did not come"), columns, rows, words)


def make_sheet(
    meeting: Meeting,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    words: Translator,
) -> Sheet:
    """Return the table; a rehearsal's says in its name that it is one."""
    if meeting.rehearsal:
        name = words.pgettext("table", "Rehearsal: %(name)s", name=name)
    return Sheet(
        name=name,
        title=f"{name}, {meeting.short_title[words.language]}",
        columns=columns,
        rows=rows,
        # Translators: how a spreadsheet shows a day: letters of its own, in this order
        date_format=words.pgettext("date in a spreadsheet", "d mmm yyyy"),
    )


def group_name(meeting: Meeting, registration: Registration, words: Translator) -> str:
    """Return for whom the person takes part."""
    group = meeting.find_delegation(registration.delegation_key)
    return registration.delegation_key if group is None else group.name[words.language]


def by_name(registration: Registration) -> tuple[str, str]:
    """Sort by surname, accents and case aside; who has a single name stands under it."""
    person = registration.particulars
    name = f"{person.surnames} {person.given_names}".strip()
    return canonical_name(name), registration.reference


def state_word(meeting: Meeting, registration: Registration, words: Translator) -> str:
    """Return how the entry stands, as the desk's pages say it."""
    group = meeting.find_delegation(registration.delegation_key)
    if registration.state is State.INVITED and group is not None and not group.asks_letter:
        return states.registered(words)
    return states.word(registration.state, words)


def _participant(
    meeting: Meeting, registration: Registration, arrived_at: datetime | None, words: Translator
) -> tuple[Cell, ...]:
    person = registration.particulars
    return (
        group_name(meeting, registration, words),
        _seat(meeting, registration, words),
        person.treatment,
        person.surnames,
        person.given_names,
        person.position,
        person.institution,
        person.email,
        person.copy_to,
        words.language_name(person.language).capitalize(),
        state_word(meeting, registration, words),
        words.pgettext("answer", "Yes") if person.listed else words.pgettext("answer", "No"),
        _moment(meeting, arrived_at, words),
        registration.reference,
    )


def _attendance(meeting: Meeting, choices: Sequence[Choice], words: Translator) -> tuple[Cell, ...]:
    """Return a cell for each segment: yes, full (wished for, and no place was left), or nothing."""
    attends = {each.key: each.attends for each in choices}
    yes = words.pgettext("answer", "Yes")
    # Translators: of a part of the meeting that somebody wished to attend
    wished = words.pgettext("table", "Wish, without a place")
    return tuple(
        "" if each.key not in attends else yes if attends[each.key] else wished
        for each in meeting.segments
    )


def _absent(meeting: Meeting, row: WithTicket, words: Translator) -> tuple[Cell, ...]:
    registration, person = row.registration, row.registration.particulars
    ticket = (
        "" if row.ticket_status is None else travel_words.ticket_status(row.ticket_status, words)
    )
    return (
        group_name(meeting, registration, words),
        person.surnames,
        person.given_names,
        person.position,
        person.institution,
        person.email,
        state_word(meeting, registration, words),
        ticket,
        registration.reference,
    )


def _seat(meeting: Meeting, registration: Registration, words: Translator) -> Cell:
    group = meeting.find_delegation(registration.delegation_key)
    if group is None or group.is_category or registration.seat_number is None:
        return None
    if 0 < registration.seat_number <= len(group.labels):
        return group.labels[registration.seat_number - 1].name[words.language]
    return registration.seat_number


def _moment(meeting: Meeting, at: datetime | None, words: Translator) -> str:
    if at is None:
        return ""
    local = at.astimezone(meeting.zone)
    return f"{words.short_day(local.date())}, {words.hour(local)}"
