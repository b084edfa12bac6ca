"""What the templates of the desks, and the macros in them, put into words."""

from typing import assert_never

from flask import g, url_for
from markupsafe import Markup, escape

from registration.domain.ids import Language, MeetingId
from registration.domain.journeys import Diet
from registration.domain.meeting import Meeting
from registration.domain.papers import LetterStatus
from registration.domain.registrations import Registration
from registration.domain.travel import TicketStatus
from registration.language import travel
from registration.secretariat import blueprint
from registration.secretariat.history_words import mail_status_words
from registration.secretariat.occasion_words import occasion_words
from registration.web.access import RULES
from registration.web.current_meeting import current_meeting
from registration.web.doors import may_pass
from registration.web.staff import find_staff
from registration.web.templates import current_words
from registration.web.words import gettext

blueprint.add_app_template_global(occasion_words)
blueprint.add_app_template_global(mail_status_words)


@blueprint.app_template_global()
def passes(endpoint: str, meeting_id: MeetingId | None = None) -> bool:
    """Return whether whoever is signed in passes the door of the page: a link is shown to them.

    meeting_id: of the meeting whose page it is; the current one's where it is left out.
    """
    meeting = current_meeting()
    if meeting_id is None and meeting is not None:
        meeting_id = meeting.id
    return may_pass(RULES[endpoint].door, find_staff(), meeting_id)


@blueprint.app_template_global()
def delegation_name(meeting: Meeting, registration: Registration, language: Language) -> str:
    """Return for whom the person takes part: the delegation's name, or the category's."""
    found = meeting.find_delegation(registration.delegation_key)
    return registration.delegation_key if found is None else found.name[language]


@blueprint.app_template_global()
def place_words(meeting: Meeting, registration: Registration) -> str:
    """Return "Costa Rica, seat 1 of 2 · Director, Ministry"."""
    return "".join(_place_parts(meeting, registration))


@blueprint.app_template_global()
def linked_place(meeting: Meeting, registration: Registration) -> Markup:
    """Return the same, the delegation's name being the link to its page at the desk."""
    name, rest = _place_parts(meeting, registration)
    found = meeting.find_delegation(registration.delegation_key)
    if found is None or found.is_category:
        return escape(name + rest)
    address = url_for("secretariat.delegation", meeting=meeting.id, key=found.key)
    return Markup('<a href="{}">{}</a>{}').format(address, name, rest)


def _place_parts(meeting: Meeting, registration: Registration) -> tuple[str, str]:
    """Return the name of the delegation, and what follows it: the seat, the position."""
    language = str(g.language)
    name, rest = delegation_name(meeting, registration, language), ""
    found = meeting.find_delegation(registration.delegation_key)
    if found is not None and not found.is_category and registration.seat_number is not None:
        number = registration.seat_number
        seat = gettext("seat %(number)d of %(seats)d", number=number, seats=found.seats)
        rest = f", {seat}"
        if 0 < number <= len(found.labels):
            rest += f" ({found.labels[number - 1].name[language]})"
    person = registration.particulars
    if registration.erased_at is not None:
        return name, rest
    return name, f"{rest} · {', '.join(filter(None, (person.position, person.institution)))}"


@blueprint.app_template_global()
def data_rows(meeting: Meeting, registration: Registration) -> list[tuple[str, str]]:
    """Return labels and values of what the person told of themselves."""
    words, person = current_words(), registration.particulars
    rows = [
        (gettext("Form of address"), person.treatment),
        (gettext("Given names"), person.given_names),
        (gettext("Surnames"), person.surnames),
        (
            _group_label(meeting, registration),
            delegation_name(meeting, registration, words.language),
        ),
        (gettext("Institution"), person.institution),
        (gettext("Position"), person.position),
        (gettext("E-mail address"), person.email),
        (gettext("New address, not confirmed yet"), registration.new_email or ""),
        (gettext("Copy to"), person.copy_to or ""),
        (gettext("Language"), words.language_name(person.language).capitalize()),
        (gettext("List of participants"), _listed_words(listed=person.listed)),
        (gettext("Number"), registration.reference),
    ]
    return [(label, value) for label, value in rows if value]


def _group_label(meeting: Meeting, registration: Registration) -> str:
    found = meeting.find_delegation(registration.delegation_key)
    return gettext("Category") if found and found.is_category else gettext("Delegation")


def _listed_words(*, listed: bool) -> str:
    return gettext("May be printed") if listed else gettext("Not to be printed, only counted")


@blueprint.app_template_global()
def letter_status_words(status: LetterStatus) -> str:
    """Return what a letter is worth now."""
    match status:
        case LetterStatus.VALID:
            return gettext("in force")
        case LetterStatus.REPLACED:
            return gettext("replaced by a newer one")
        case LetterStatus.WITHDRAWN:
            return gettext("no longer valid")
        case _:
            assert_never(status)


@blueprint.app_template_global()
def ticket_word(status: TicketStatus) -> str:
    """Return how a ticket stands."""
    return travel.ticket_status(status, current_words())


@blueprint.app_template_global()
def diet_word(diet: Diet) -> str:
    """Return the name of a diet."""
    return travel.diet(diet, current_words())
