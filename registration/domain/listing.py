"""Which entries the desk wants to see: every part given must hold, and the text word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from registration.domain.ids import DelegationKey, Language, Reference
from registration.domain.names import canonical_name
from registration.domain.nominations import Standing
from registration.domain.states import State

Line = TypeVar("Line")


class Side(StrEnum):
    """Which lines a page shows: the first, or those on one side of a place."""

    FIRST = "first"
    AFTER = "after"
    BEFORE = "before"


class VisaAnswer(StrEnum):
    """What the person told about a visa (`travel.Visa`). NONE: nothing yet."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"
    NONE = "none"


class Trouble(StrEnum):
    """What went wrong. MAIL: one did not arrive. FILE: the copy of the passport was unusable."""

    MAIL = "mail"
    FILE = "file"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of an entry; None and "" ask nothing.

    among: keys of which the delegation must be one (those that receive a courtesy).
    text: each of its words must be found (`split_words`).
    within: states of which the entry's must be one (those that an action is about).
    segment: key of one that the person has chosen, with a place or as a wish.
    unchanged_since: the entry's last change was at or before this aware moment.
    """

    delegation: DelegationKey | None = None
    among: frozenset[DelegationKey] | None = None
    state: State | None = None
    language: Language | None = None
    standing: Standing | None = None
    visa: VisaAnswer | None = None
    trouble: Trouble | None = None
    text: str = ""
    within: frozenset[State] | None = None
    segment: str | None = None
    unchanged_since: datetime | None = None


@dataclass(frozen=True)
class Place:
    """Where an entry stands in the list, the newest change first."""

    changed_at: datetime
    reference: Reference


class ListedEntry(NamedTuple):
    """One line of the list. full_name: the entry's number once the name was erased."""

    reference: Reference
    version: int
    state: State
    delegation_key: DelegationKey
    full_name: str
    institution: str
    changed_at: datetime
    standing: Standing
    is_erased: bool

    @property
    def place(self) -> Place:
        return Place(self.changed_at, self.reference)


@dataclass(frozen=True)
class ListPage(Generic[Line]):
    """Some lines of a list, and whether there are more in front of them and behind them."""

    lines: Sequence[Line]
    has_before: bool
    has_after: bool


def cut_page(found: Sequence[Line], size: int, side: Side) -> ListPage[Line]:
    """Return the page of `size` lines. found: one more than that, if there is one, from the place
    on: of a page in front of it backwards."""
    has_more = len(found) > size
    lines = found[:size]
    if side is Side.BEFORE:
        return ListPage(lines[::-1], has_before=has_more, has_after=True)
    return ListPage(lines, has_before=side is Side.AFTER, has_after=has_more)


def page_of(
    found: Sequence[Line], size: int, *, after: int | None = None, before: int | None = None
) -> ListPage[Line]:
    """Return the page of what is all at hand: behind the line at `after`, or in front of the one at
    `before`, or the first. Both count from 0."""
    if before is not None:
        return cut_page(found[max(0, before - size - 1) : before][::-1], size, Side.BEFORE)
    if after is not None:
        return cut_page(found[after + 1 : after + size + 2], size, Side.AFTER)
    return cut_page(found[: size + 1], size, Side.FIRST)


def split_words(text: str) -> list[tuple[str, str]]:
    """Return each word to look for: in the form of `names.search_text`, and as a reference has it.

    Words of which nothing is left in that form ask nothing.
    """
    words = ((canonical_name(word), word.upper()) for word in text.split())
    return [(plain, capital) for plain, capital in words if plain]
