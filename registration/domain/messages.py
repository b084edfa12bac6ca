"""What the desk writes to a selection: plain text with the recipient's fields in braces."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import TypeAlias
from uuid import UUID

from registration.domain.desk_refusals import (
    AddressNotConfirmed,
    LinkOfNobody,
    MessageNotInLanguage,
)
from registration.domain.ids import Language, MeetingId, RegistrationId
from registration.domain.names import clean_block, clean_prose
from registration.domain.refusals import DataErased
from registration.domain.registrations import Registration
from registration.domain.states import FINAL, State

#: The recipient's fields, a closed list, in the order in which the page explains them.
FIELDS = (
    "name",
    "treatment",
    "delegation",
    "reference",
    "meeting",
    "deadline",
    "changes_until",
    "link",
)
#: Characters, after which a subject is cut by mail programs and a text by patience.
LONGEST_SUBJECT = 150
LONGEST_BODY = 10_000

_EMPTY_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True)
class UnknownField:
    """A field that no recipient has. name: as it was written between the braces."""

    name: str


@dataclass(frozen=True)
class BraceAlone:
    """A brace without its partner."""


FieldFault: TypeAlias = UnknownField | BraceAlone


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message of the desk. subjects, bodies: by language. written_at: aware UTC.

    chosen: to whom, each with the version that was on the screen.
    """

    id: UUID
    meeting_id: MeetingId
    subjects: Mapping[Language, str]
    bodies: Mapping[Language, str]
    chosen: tuple[tuple[RegistrationId, int], ...]
    staff_name: str
    written_at: datetime

    def speaks(self, language: Language) -> bool:
        """Return whether subject and text are written in the language."""
        return bool(self.subjects.get(language)) and bool(self.bodies.get(language))


def find_fault(text: str) -> FieldFault | None:
    """Return what is wrong with the fields of a subject or a text, the first one only.

    A field is its bare name: "{name}"; no "{name!r}", "{name:>9}", "{name.x}" or "{}".
    """
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return BraceAlone()
    for _, name, pattern, conversion in parts:
        if name is None:
            continue
        if name not in FIELDS or pattern or conversion:
            written = name + (f"!{conversion}" if conversion else "")
            return UnknownField(written + (f":{pattern}" if pattern else ""))
    return None


def uses(text: str, field: str) -> bool:
    """Return whether the text has the field. The text has no fault."""
    return any(name == field for _, name, _, _ in Formatter().parse(text))


def fill_line(text: str, values: Mapping[str, str]) -> str:
    """Return a subject with the recipient's fields: one line, whatever they hold."""
    return clean_prose(text.format_map(values))


def fill_paragraphs(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paragraphs with the recipient's fields; an empty line parts two of them. A field
    that is empty for somebody leaves no double space."""
    whole = _EMPTY_LINES.sub("\n\n", clean_block(text))
    return tuple(clean_block(each.format_map(values)) for each in whole.split("\n\n") if each)


def refuse_message(
    registration: Registration, message: Message
) -> DataErased | AddressNotConfirmed | MessageNotInLanguage | LinkOfNobody | None:
    """Return why the message does not go to this person, or None.

    An address that nobody confirmed may be a stranger's; one that a focal point gave is asked to
    complete the entry, so it is written to.
    """
    language = registration.particulars.language
    if registration.erased_at is not None:
        return DataErased()
    if registration.confirmed_at is None and registration.state is not State.NOMINATED:
        return AddressNotConfirmed()
    if not message.speaks(language):
        return MessageNotInLanguage()
    needs_link = any(
        uses(text, "link") for text in (message.subjects[language], message.bodies[language])
    )
    if needs_link and registration.state in FINAL:
        return LinkOfNobody()
    return None
