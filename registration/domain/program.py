"""What a larger meeting consists of: sub-regions, segments, the way to it, and its documents."""

from dataclasses import dataclass
from datetime import date, time

from registration.domain.ids import Language
from registration.domain.meeting_text import Text


@dataclass(frozen=True, kw_only=True)
class Region:
    """A group of delegations, in the order of the file. counts: whether it is one of the
    sub-regions from which calls choose ("outside the region" is not)."""

    key: str
    name: Text
    counts: bool = True


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of the meeting that a person chooses to attend.

    capacity: how many places, held as seats are; None: without limit.
    objectives: numbers of the Global Compact's objectives, or empty.
    within: the name of the conference of which it is a part, or None.
    starts, ends: local time of the meeting's city, or None where the source gives none.
    """

    key: str
    day: date
    title: Text
    summary: Text | None = None
    place: Text | None = None
    starts: time | None = None
    ends: time | None = None
    capacity: int | None = None
    objectives: tuple[int, ...] = ()
    within: Text | None = None


@dataclass(frozen=True, kw_only=True)
class RoadmapItem:
    """One step on the way to the meeting.

    first_day, last_day: its days; for one of which only the month is known month holds its first
    day, and the two are None: it enters no calendar file.
    call: the key of the call through which people register for it, or None.
    segment: the key of the segment of the meeting that it is, or None.
    """

    key: str
    title: Text
    place: Text
    first_day: date | None = None
    last_day: date | None = None
    month: date | None = None
    call: str | None = None
    segment: str | None = None
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A paper of the meeting. symbol: of the United Nations ("A/RES/73/195"). link: where it is to
    be read, or None while it is not out. announced: to come, and perhaps not ("tbc").
    languages: in which it is to be read there, or empty where that is not known."""

    key: str
    title: Text
    symbol: str | None = None
    link: str | None = None
    announced: bool = False
    languages: tuple[Language, ...] = ()
