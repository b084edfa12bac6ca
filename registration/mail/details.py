"""The facts that a mail lists in two columns: about the meeting, about the person."""

from collections.abc import Collection
from dataclasses import dataclass

from registration.domain.calls import Call
from registration.domain.courtesies import list_courtesies
from registration.domain.days import list_segments
from registration.domain.ids import Language
from registration.domain.journeys import Stay, Ticket
from registration.domain.meeting import Delegation, Meeting
from registration.domain.registrations import Registration
from registration.domain.segments import Choice, attends_now, list_chosen, list_unmet
from registration.domain.states import State
from registration.domain.submissions import Stand, Submission
from registration.language import travel
from registration.language.segments import title_on_day
from registration.language.translator import Translator


@dataclass(frozen=True)
class Detail:
    """One line: "Venue", "Ministry of the Interior, Mexico City"."""

    label: str
    value: str


def about_meeting(
    meeting: Meeting,
    registration: Registration,
    words: Translator,
    *,
    letter_number: str | None = None,
    choices: Collection[Choice] = (),
) -> tuple[Detail, ...]:
    """Return what the delegate needs to know of the meeting and to quote of the entry.

    The reference is told only once the address is confirmed (design, part 5).
    """
    language = words.language
    place = f"{meeting.venue[language]}, {meeting.city[language]}"
    lines = [
        Detail(words.gettext("Meeting"), meeting.short_title[language]),
        Detail(words.gettext("Dates"), words.days(meeting.first_day, meeting.last_day)),
        Detail(words.gettext("Venue"), place),
        *_belonging(meeting, registration, words),
    ]
    if registration.state not in {State.UNCONFIRMED, State.LAPSED}:
        lines.append(Detail(words.gettext("Reference"), registration.reference))
    if letter_number:
        lines.append(Detail(words.gettext("Letter"), letter_number))
    return (*lines, *_attending(meeting, registration, choices, words))


def list_titles(
    meeting: Meeting, registration: Registration, choices: Collection[Choice], words: Translator
) -> str:
    """Return the segments in which no place was left for somebody who has a seat, enumerated."""
    if not attends_now(registration.state):
        return ""
    unmet = list_unmet(list_segments(meeting), choices)
    return words.enumerate([each.title[words.language] for each in unmet]) if unmet else ""


def _attending(
    meeting: Meeting, registration: Registration, choices: Collection[Choice], words: Translator
) -> list[Detail]:
    """What the person attends, a line for each segment; before there is a seat, what they wish."""
    if attends_now(registration.state):
        label, shown = words.gettext("You attend"), list_chosen(list_segments(meeting), choices)
    else:
        label, shown = words.gettext("You chose"), list_unmet(list_segments(meeting), choices)
    return [
        Detail(label if at == 0 else "", title_on_day(each, words)) for at, each in enumerate(shown)
    ]


def about_person(
    meeting: Meeting, registration: Registration, words: Translator
) -> tuple[Detail, ...]:
    """Return what the Secretariat's list shows of an entry: no passport, no private address."""
    told = registration.particulars
    return (
        Detail(words.gettext("Name"), registration.full_name),
        *_belonging(meeting, registration, words),
        Detail(words.gettext("Institution"), told.institution),
        *([Detail(words.gettext("Position"), told.position)] if told.position else []),
        Detail(words.gettext("Reference"), registration.reference),
        Detail(words.gettext("Meeting"), meeting.short_title[words.language]),
    )


def about_delegation(
    meeting: Meeting, delegation: Delegation, words: Translator
) -> tuple[Detail, ...]:
    """Return what the focal point of a delegation needs to know of the meeting."""
    language = words.language
    place = f"{meeting.venue[language]}, {meeting.city[language]}"
    return (
        Detail(words.gettext("Meeting"), meeting.short_title[language]),
        Detail(words.gettext("Dates"), words.days(meeting.first_day, meeting.last_day)),
        Detail(words.gettext("Venue"), place),
        Detail(words.gettext("Delegation"), delegation.official_name[language]),
        Detail(words.gettext("Seats"), str(delegation.seats)),
    )


def about_submission(
    meeting: Meeting, call: Call, submission: Submission, words: Translator
) -> tuple[Detail, ...]:
    """Return what was sent, to which call, and by when it is decided. The reference is told only
    once the address is confirmed."""
    language = words.language
    delegation = meeting.find_delegation(submission.delegation_key or "")
    told = [
        (words.gettext("Meeting"), meeting.short_title[language]),
        (words.pgettext("of a meeting", "Call"), call.title[language]),
        (words.gettext("Delegation"), delegation.official_name[language] if delegation else ""),
        (
            words.gettext("Decision by"),
            words.day(call.decided_on) if call.decided_on and not submission.decided_at else "",
        ),
    ]
    if submission.stand not in {Stand.UNCONFIRMED, Stand.LAPSED}:
        told.append((words.gettext("Reference"), submission.reference))
    return tuple(Detail(label, value) for label, value in told if value)


def about_sender(
    meeting: Meeting, call: Call, submission: Submission, words: Translator
) -> tuple[Detail, ...]:
    """Return what the desk reads of whoever sent something: no address."""
    sender = submission.sender
    told = [
        Detail(words.gettext("Name"), sender.name),
        Detail(words.gettext("Institution"), sender.institution),
        Detail(words.gettext("Position"), sender.position),
    ]
    return (
        *(each for each in told if each.value),
        *about_submission(meeting, call, submission, words),
    )


def about_ticket(ticket: Ticket, words: Translator) -> tuple[Detail, ...]:
    """Return what the traveller needs of the ticket: never what it cost."""
    return (
        Detail(words.gettext("Name on the ticket"), ticket.full_name),
        Detail(words.gettext("Ticket number"), ticket.number),
        *(Detail(*travel.leg(each, words)) for each in ticket.legs),
    )


def about_stay(stay: Stay, words: Translator) -> tuple[Detail, ...]:
    """Return what the guest needs of the room."""
    told = [
        (words.gettext("Hotel"), stay.hotel),
        (words.gettext("Address"), stay.address),
        (words.gettext("Room"), stay.room),
        (words.gettext("Arrival"), words.weekday(stay.arrives)),
        (words.gettext("Departure"), words.weekday(stay.leaves)),
        (words.gettext("Confirmation number"), stay.confirmation),
    ]
    return tuple(Detail(label, value) for label, value in told if value)


def own_courtesies(
    meeting: Meeting, registration: Registration, language: Language
) -> tuple[Detail, ...]:
    """Return what this person receives beside what everybody has, and who provides it."""
    delegation = meeting.find_delegation(registration.delegation_key)
    if delegation is None:
        return ()
    return tuple(
        Detail(each.name[language], each.payer[language])
        for each in list_courtesies(meeting, delegation)
        if not each.everybody
    )


def asks_passport(meeting: Meeting, registration: Registration) -> bool:
    """Return whether a copy of this person's passport is asked for and has not come yet."""
    delegation = meeting.find_delegation(registration.delegation_key)
    asked = delegation is not None and delegation.asks_passport
    return asked and registration.passport is None


def _belonging(
    meeting: Meeting, registration: Registration, words: Translator
) -> tuple[Detail, ...]:
    """For whom the person takes part: a delegation, or the category of those without a seat."""
    language = words.language
    delegation = meeting.find_delegation(registration.delegation_key)
    if delegation is None:
        return ()
    label = words.gettext("Category") if delegation.is_category else words.gettext("Delegation")
    return (Detail(label, delegation.official_name[language]),)
