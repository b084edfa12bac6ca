"""Badges and nameplates in words."""

from registration.domain.batches import list_card_languages
from registration.domain.meeting import Meeting
from registration.web.templates import current_words


def card_languages_words(meeting: Meeting) -> str:
    """Return the languages that badges and nameplates bear: "English and Spanish"."""
    words = current_words()
    return words.enumerate([words.language_name(each) for each in list_card_languages(meeting)])
