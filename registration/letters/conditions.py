"""The first annex: on what terms the invitation is given, and what it does not cover."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from registration.domain.meeting import Meeting
from registration.domain.meeting_text import Text
from registration.language.translator import Translator


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the annex: its items are a list."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """The annex. remarks_heading, remarks: what is expected of the meeting and of who comes."""

    heading: str
    parts: tuple[Part, ...]
    remarks_heading: str
    remarks: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say, and so no such annex."""
        return not (self.parts or self.remarks)


def compose_conditions(
    meeting: Meeting, words: Translator, said: Callable[[Text], str]
) -> Conditions:
    """Return the annex in the language of `words`. said: fills a text of the meeting's file."""

    def part(heading: str, texts: Sequence[Text]) -> Part:
        return Part(heading=heading, items=tuple(said(each) for each in texts))

    unpaid = meeting.letter.not_paid_heading
    remarks = (meeting.product, meeting.participation_level, meeting.sovereignty_note)
    parts = (
        part(said(unpaid) if unpaid else "", meeting.not_paid),
        part(words.pgettext("letter", "Terms of acceptance"), meeting.terms),
    )
    return Conditions(
        heading=words.pgettext("letter", "Annex\u00a01. Conditions of participation"),
        parts=tuple(each for each in parts if each.items),
        remarks_heading=words.pgettext("letter", "Expected result and participation"),
        remarks=tuple(said(each) for each in remarks if each),
    )
