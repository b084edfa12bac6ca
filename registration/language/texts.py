"""Texts of a meeting's file, with their placeholders filled: {deadline}, {dates}, {contact} ..."""

from string import Formatter

from registration.domain.meeting import Delegation, Meeting
from registration.domain.meeting_text import Text
from registration.language.translator import Translator

#: What a text of a meeting's file may hold between braces.
PLACEHOLDERS = frozenset(
    {
        "title",
        "short_title",
        "dates",
        "venue",
        "city",
        "deadline",
        "changes_until",
        "zone_name",
        "contact",
        "office",
        "organisation",
        "delegation",
        "of_delegation",
        "erased_on",
        "passports_erased_on",
        "name",
    }
)


def list_placeholders(text: str) -> frozenset[str]:
    """Return the names between braces. Raises ValueError for a brace without its pair."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def fill(
    text: Text,
    meeting: Meeting,
    words: Translator,
    *,
    delegation: Delegation | None = None,
    name: str = "",
) -> str:
    """Return the text in the translator's language with dates and names in their places.

    delegation, name: for texts about one delegate; {delegation} and {name} are empty without them.
    {of_delegation}: "of the Republic of Panama", as a sentence needs it.
    """
    language = words.language
    of_name = delegation.of_name or delegation.official_name if delegation else None
    return text[language].format(
        title=meeting.title[language],
        short_title=meeting.short_title[language],
        dates=words.days(meeting.first_day, meeting.last_day),
        venue=meeting.venue[language],
        city=meeting.city[language],
        deadline=words.last_minute(meeting.deadline, meeting.zone),
        changes_until=words.last_minute(meeting.changes_until, meeting.zone),
        zone_name=meeting.zone_name[language],
        contact=meeting.contact,
        office=meeting.office[language],
        organisation=meeting.organisation[language],
        delegation=delegation.official_name[language] if delegation else "",
        of_delegation=of_name[language] if of_name else "",
        erased_on=words.weekday(meeting.erased_on),
        passports_erased_on=words.weekday(meeting.passports_erased_on),
        name=name,
    )
