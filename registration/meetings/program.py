"""The parts of a larger meeting in its file: regions, segments, roadmap, documents."""

from datetime import date, time, timedelta
from typing import Annotated, Literal

from pydantic import Field

from registration.domain.program import Document, Region, RoadmapItem, Segment
from registration.meetings.parts import Key, Line, Many, Part, Words, build_maybe

#: Those of the United Nations, and Portuguese.
DocumentLanguage = Literal["ar", "en", "es", "fr", "pt", "ru", "zh"]


class RegionPart(Part):
    """counts: false for what is no sub-region ("outside the region")."""

    key: Key
    name: Words
    counts: bool = True

    def build(self) -> Region:
        return Region(key=self.key, name=self.name.build(), counts=self.counts)


class SourcePart(Part):
    """A sentence of the source. is_within: whether it puts the segment within the conference."""

    words: Line
    is_within: bool


class SegmentPart(Part):
    """starts and ends are left out where the source gives no hours."""

    key: Key
    day: date
    title: Words
    summary: Words | None = None
    place: Words | None = None
    starts: time | None = None
    ends: time | None = None
    capacity: Annotated[int, Field(ge=1, le=100_000)] | None = None
    objectives: Many[Annotated[int, Field(ge=1, le=23)]] = ()
    within: Words | None = None
    sources: Many[SourcePart] = ()

    def build(self, shift: timedelta) -> Segment:
        return Segment(
            key=self.key,
            day=self.day + shift,
            title=self.title.build(),
            summary=build_maybe(self.summary),
            place=build_maybe(self.place),
            starts=self.starts,
            ends=self.ends,
            capacity=self.capacity,
            objectives=self.objectives,
            within=build_maybe(self.within),
        )


class RoadmapPart(Part):
    """Either first_day, with last_day where it is another one, or month: its first day.

    source: the words of the source for its date. is_meeting: whether it is the meeting itself. The
    check alone reads the two.
    """

    key: Key
    title: Words
    place: Words
    first_day: date | None = None
    last_day: date | None = None
    month: date | None = None
    call: str | None = None
    segment: str | None = None
    link: str | None = None
    source: Line | None = None
    is_meeting: bool = False

    def build(self, shift: timedelta) -> RoadmapItem:
        first = self.first_day + shift if self.first_day else None
        return RoadmapItem(
            key=self.key,
            title=self.title.build(),
            place=self.place.build(),
            first_day=first,
            last_day=self.last_day + shift if self.last_day else first,
            month=(self.month + shift).replace(day=1) if self.month else None,
            call=self.call,
            segment=self.segment,
            link=self.link,
        )


class DocumentPart(Part):
    key: Key
    title: Words
    symbol: str | None = None
    link: str | None = None
    announced: bool = False
    languages: Many[DocumentLanguage] = ()

    def build(self) -> Document:
        return Document(
            key=self.key,
            title=self.title.build(),
            symbol=self.symbol,
            link=self.link,
            announced=self.announced,
            languages=self.languages,
        )
