"""The words of a meeting's letter, and who signs it."""

from dataclasses import dataclass

from registration.domain.meeting_text import Text


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs the letters."""

    name: Text
    office: Text


@dataclass(frozen=True, kw_only=True)
class LetterTexts:
    """What this meeting's letter says beside what every letter says, with placeholders.

    courtesies_intro, not_paid_heading: None where nobody pays anything.
    """

    salutation: Text
    opening: tuple[Text, ...]
    courtesies_intro: Text | None
    not_paid_heading: Text | None
    closing: tuple[Text, ...]
    farewell: Text
    signatory: Signatory
