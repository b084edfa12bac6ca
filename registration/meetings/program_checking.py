"""Where a file's segments, roadmap and contact do not fit together, or not with their source."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from registration.meetings.faults import name_place
from registration.meetings.remarks import Remark, quote

if TYPE_CHECKING:
    from registration.meetings.definition import Definition
    from registration.meetings.program import RoadmapPart

#: Names of which nobody has a mailbox (RFC 2606).
_NOBODYS = re.compile(r"@(.+\.)?(example\.(org|com|net)|example|invalid|test)$")
_YEAR = re.compile(r"\b[12]\d{3}\b")
#: The objectives of the Global Compact.
_OBJECTIVES = range(1, 24)


def check(definition: "Definition") -> Iterator[Remark]:
    """Give what contradicts itself, in the order of the file."""
    if _NOBODYS.search(definition.contact):
        yield Remark(
            "contact", f"{definition.contact} reaches nobody: write the address that people read."
        )
    yield from _places_of_segments(definition)
    yield from _lines_of_segments(definition)
    yield from _objectives(definition)
    yield from _years_of_sources(definition)
    yield from _days_of_the_meeting(definition)
    yield from _days_of_segments(definition)
    yield from _order(definition)


def _places_of_segments(definition: "Definition") -> Iterator[Remark]:
    """A segment that one sentence of the source puts within the conference and another beside."""
    for index, segment in enumerate(definition.segments):
        within = [each.words for each in segment.sources if each.is_within]
        beside = [each.words for each in segment.sources if not each.is_within]
        if segment.within is not None and beside:
            conference, here = quote(segment.within.root), name_place(("segments", index))
            title = quote(segment.title.root)
            other = f", and within it in “{within[0]}”" if within else ""
            yield Remark(
                here,
                f"{title} stands within {conference} here;"
                f" the source puts it beside it in “{beside[0]}”{other}.",
            )


def _lines_of_segments(definition: "Definition") -> Iterator[Remark]:
    """A line of the agenda that is meant to be a segment and is called otherwise in a language."""
    for at, segment in enumerate(definition.segments):
        for number, day in enumerate(definition.agenda):
            lines = enumerate(day.items) if day.day == segment.day else ()
            for index, item in lines:
                other = [
                    each
                    for each, title in segment.title.root.items()
                    if item.title.root.get(each) != title
                ]
                if other and len(other) < len(segment.title.root):
                    line = name_place(("agenda", number, "items", index))
                    yield Remark(
                        name_place(("segments", at, "title")),
                        f"{line} bears the title of {segment.key!r}, but not in"
                        f" {', '.join(other)}: the line is the segment only where all are the"
                        " same.",
                    )


def _objectives(definition: "Definition") -> Iterator[Remark]:
    times = Counter(each for segment in definition.segments for each in segment.objectives)
    for number in _OBJECTIVES if times else ():
        if times[number] != 1:
            how = "no segment" if not times[number] else f"{times[number]} segments"
            yield Remark("segments", f"Objective {number} is that of {how}.")


def _years_of_sources(definition: "Definition") -> Iterator[Remark]:
    for index, step in enumerate(definition.roadmap):
        years = {each.year for each in (step.first_day, step.last_day, step.month) if each}
        for told in _YEAR.findall(step.source or ""):
            if years and int(told) not in years:
                yield Remark(
                    name_place(("roadmap", index, "source")),
                    f"The source says “{step.source}”, and {quote(step.title.root)}"
                    f" is in {' and '.join(map(str, sorted(years)))}, not in {told}.",
                )


def _days_of_the_meeting(definition: "Definition") -> Iterator[Remark]:
    dates = definition.dates
    for index, step in enumerate(definition.roadmap):
        days = _days(step)
        if step.is_meeting and days and days != (dates.first_day, dates.last_day):
            yield Remark(
                name_place(("roadmap", index)),
                f"{quote(step.title.root)} is the meeting itself and takes place {_span(*days)}"
                f" here, {_span(dates.first_day, dates.last_day)} in [dates].",
            )


def _days_of_segments(definition: "Definition") -> Iterator[Remark]:
    of_segment = {each.key: each.day for each in definition.segments}
    for index, step in enumerate(definition.roadmap):
        days, day = _days(step), of_segment.get(step.segment or "")
        if days and day and not days[0] <= day <= days[1]:
            yield Remark(
                name_place(("roadmap", index, "segment")),
                f"{quote(step.title.root)} is {_span(*days)} here; as a segment it is on {day}.",
            )


def _order(definition: "Definition") -> Iterator[Remark]:
    begins = [(each.first_day or each.month, each) for each in definition.roadmap]
    for index, ((before, _), (after, step)) in enumerate(pairwise(begins), start=1):
        if before and after and after < before:
            yield Remark(
                name_place(("roadmap", index)),
                f"{quote(step.title.root)} of {after} stands below a step of {before}.",
            )


def _days(step: "RoadmapPart") -> tuple[date, date] | None:
    return (step.first_day, step.last_day or step.first_day) if step.first_day else None


def _span(first: date, last: date) -> str:
    return f"on {first}" if first == last else f"from {first} to {last}"
