"""The recipient's fields of a message in words, and what is wrong with a field."""

from collections.abc import Mapping
from typing import assert_never

from registration.domain.meeting import Meeting
from registration.domain.messages import FIELDS, BraceAlone, FieldFault, UnknownField
from registration.domain.registrations import Registration
from registration.language.translator import Translator


def field_values(
    meeting: Meeting, registration: Registration, words: Translator, *, link: str
) -> Mapping[str, str]:
    """Return what stands in each field of a message to this person. link: "" where there is none.

    Dates are told as the last minute before a first instant refused, with the city's clock.
    """
    person, language = registration.particulars, words.language
    zone_name = meeting.zone_name[language]
    values = {
        "name": registration.full_name,
        "treatment": person.treatment,
        "delegation": _delegation(meeting, registration, language),
        "reference": registration.reference,
        "meeting": meeting.short_title[language],
        "deadline": f"{words.last_minute(meeting.deadline, meeting.zone)} ({zone_name})",
        "changes_until": f"{words.last_minute(meeting.changes_until, meeting.zone)} ({zone_name})",
        "link": link,
    }
    return {field: values[field] for field in FIELDS}


def field_words(words: Translator) -> Mapping[str, str]:
    """Return what each field stands for, for whoever writes."""
    meanings = {
        "name": words.gettext("the person's complete name"),
        "treatment": words.gettext("the form of address, where the person gave one"),
        "delegation": words.gettext("the delegation"),
        "reference": words.gettext("the number of the registration"),
        "meeting": words.gettext("the short title of the meeting"),
        "deadline": words.gettext("until when delegations can register"),
        "changes_until": words.gettext("until when one can correct and sign"),
        "link": words.gettext("the private link; alone in a paragraph it becomes a button"),
    }
    return {field: meanings[field] for field in FIELDS}


def fault_sentence(fault: FieldFault, words: Translator) -> str:
    """Return what is wrong with the fields of a text, and what to write."""
    match fault:
        case UnknownField(name=name):
            return words.gettext(
                "There is no field {%(name)s}. The fields are %(fields)s.",
                name=name,
                fields=", ".join(f"{{{each}}}" for each in FIELDS),
            )
        case BraceAlone():
            return words.gettext(
                "A brace has no partner. Write fields like {name}, and {{ where a brace is meant."
            )
        case _:
            assert_never(fault)


def _delegation(meeting: Meeting, registration: Registration, language: str) -> str:
    found = meeting.find_delegation(registration.delegation_key)
    if found is not None:
        return found.official_name[language]
    names = {each.key: each.name[language] for each in meeting.categories}
    return names.get(registration.delegation_key, "")
