"""Calls: what people are invited to send by a date, as a meeting's file describes it.

One mechanism for expressions of interest, for questions to States, for consultations and for
addresses to which news go: what is asked, of whom, until when and what follows is data.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from registration.domain.meeting_text import Text


class AnswerKind(StrEnum):
    """How a question is answered. LINE: a few words. TEXT: paragraphs. CHOICE: one of the choices.
    CHOICES: any number of them."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"


class Answering(StrEnum):
    """Who answers a call. PERSON: anybody, who confirms the address. DELEGATION: a delegation with
    one voice, whose people write over days by a private link."""

    PERSON = "person"
    DELEGATION = "delegation"


class Publishing(StrEnum):
    """What of a call the public may read, once a person at the desk has said so."""

    NOTHING = "nothing"
    #: Who was chosen.
    DECISION = "decision"
    #: What was sent, word for word.
    SUBMISSIONS = "submissions"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer that is offered. key: what is stored."""

    key: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. most: characters, at most. hint: a sentence below it."""

    key: str
    kind: AnswerKind
    text: Text
    hint: Text | None = None
    required: bool = False
    most: int = 20_000
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions under one heading; of a call without headings title is None."""

    key: str
    title: Text | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call.

    opens, closes: aware UTC, the first instant accepted and the first refused; None: at once, and
    never. decided_on: the day by which it is decided. decided_by: who decides, in words.
    kinds, regions: of the delegations that may answer it; empty: of all of them.
    is_sole: whether a delegation has one submission and no more.
    choose: how many are chosen; 0: nobody is. one_from_each_region: of the chosen at most one is
    from each sub-region, which the schema holds.
    attachments: how many files, at most.
    leaves: whether one leaves again by one click (news), and nothing is decided.
    """

    key: str
    title: Text
    summary: Text
    answering: Answering
    sections: tuple[Section, ...]
    opens: datetime | None = None
    closes: datetime | None = None
    decided_on: date | None = None
    decided_by: Text | None = None
    criteria: tuple[Text, ...] = ()
    afterwards: tuple[Text, ...] = ()
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    is_sole: bool = False
    choose: int = 0
    one_from_each_region: bool = False
    publishes: Publishing = Publishing.NOTHING
    attachments: int = 0
    leaves: bool = False

    @property
    def is_drafted(self) -> bool:
        """Whether delegations write it over days by a private link. Where some of those who answer
        are chosen they fill in a form instead."""
        return self.answering is Answering.DELEGATION and not self.choose

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order of the file."""
        return tuple(each for section in self.sections for each in section.questions)

    def find_question(self, key: str) -> Question | None:
        """Return the question with this key, or None."""
        return next((each for each in self.questions if each.key == key), None)

    def is_open(self, now: datetime) -> bool:
        """Return whether a submission that arrived at this instant is taken."""
        return not self.is_early(now) and not self.is_late(now)

    def is_early(self, now: datetime) -> bool:
        return self.opens is not None and now < self.opens

    def is_late(self, now: datetime) -> bool:
        return self.closes is not None and now >= self.closes
