"""A message of the desk as one recipient reads it."""

from registration.domain.meeting import Meeting
from registration.domain.messages import Message, fill_line, fill_paragraphs, uses
from registration.domain.registrations import Registration
from registration.language.messages import field_values
from registration.language.translator import Translator
from registration.mail.facts import Note


def compose_note(
    message: Message,
    meeting: Meeting,
    registration: Registration,
    words: Translator,
    *,
    link: str | None,
) -> Note:
    """Return the message in the translator's language with the recipient's fields.

    Raises KeyError where it is not written in that language.
    """
    values = field_values(meeting, registration, words, link=link or "")
    return Note(
        subject=fill_line(message.subjects[words.language], values),
        paragraphs=fill_paragraphs(message.bodies[words.language], values),
    )


def asks_link(message: Message, words: Translator) -> bool:
    """Return whether the message holds the private link; only then its mail says so."""
    return any(
        uses(text, "link")
        for text in (message.subjects[words.language], message.bodies[words.language])
    )
