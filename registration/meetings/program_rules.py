"""What must hold of a file's regions, segments, roadmap and documents, and of what is paid."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from registration.meetings.faults import Place, Wrong, name_days
from registration.meetings.repeats import find_repeated

if TYPE_CHECKING:
    from registration.meetings.definition import Definition
    from registration.meetings.program import RoadmapPart, SegmentPart


def check(definition: "Definition") -> Iterator[Wrong]:
    """Give everything that breaks a rule."""
    yield from _unique_keys(definition)
    yield from _regions(definition)
    for index, segment in enumerate(definition.segments):
        yield from _segment(definition, segment, ("segments", index))
    for index, step in enumerate(definition.roadmap):
        yield from _days_of_step(step, ("roadmap", index))
        yield from _step(definition, step, ("roadmap", index))
    yield from _documents(definition)
    yield from _paid(definition)


def _unique_keys(definition: "Definition") -> Iterator[Wrong]:
    yield from find_repeated(("regions",), [each.key for each in definition.regions])
    yield from find_repeated(("segments",), [each.key for each in definition.segments])
    yield from find_repeated(("roadmap",), [each.key for each in definition.roadmap])
    yield from find_repeated(("documents",), [each.key for each in definition.documents])


def _regions(definition: "Definition") -> Iterator[Wrong]:
    known = [each.key for each in definition.regions]
    for index, each in enumerate(definition.delegations):
        place = ("delegations", index, "region")
        if each.region is None and known:
            yield Wrong(
                place,
                f"The delegation {each.key!r} belongs to no region.",
                f'Add region = "..", one of {", ".join(known)}.',
            )
        elif each.region is not None and each.region not in known:
            yield Wrong(place, f"There is no region {each.region!r}.", _offer(known, "regions"))


def _segment(definition: "Definition", segment: "SegmentPart", place: Place) -> Iterator[Wrong]:
    dates = definition.dates
    if dates.are_in_order and not dates.first_day <= segment.day <= dates.last_day:
        yield Wrong(
            (*place, "day"),
            f"{segment.day} is no day of the meeting.",
            name_days(dates.first_day, dates.last_day),
        )
    if segment.ends is not None and segment.starts is None:
        yield Wrong(
            (*place, "ends"),
            "The segment has an end, but no beginning.",
            "Add starts, or take ends out.",
        )
    elif segment.starts and segment.ends and segment.ends <= segment.starts:
        yield Wrong(
            (*place, "ends"), "The segment ends before it starts.", "Write an hour after starts."
        )
    for at, number in enumerate(segment.objectives):
        if number in segment.objectives[:at]:
            yield Wrong(
                (*place, "objectives"),
                f"Objective {number} stands here twice.",
                "Take one of them out.",
            )
    if segment.sources and segment.within is None:
        yield Wrong(
            (*place, "sources"),
            "The source is quoted on what the segment is within, and within is missing.",
            "Add within, the name of the conference, or take sources out.",
        )


def _days_of_step(step: "RoadmapPart", place: Place) -> Iterator[Wrong]:
    if step.first_day is None and step.month is None:
        yield Wrong(
            place,
            f"The step {step.key!r} has neither a day nor a month.",
            "Add first_day, or month where only the month is known.",
        )
    if step.month is not None and (step.first_day is not None or step.last_day is not None):
        yield Wrong(
            (*place, "month"),
            f"The step {step.key!r} has both days and a month.",
            "Take month out: the days say it.",
        )
    if step.month is not None and step.month.day != 1:
        yield Wrong(
            (*place, "month"),
            f"{step.month} is not the first day of a month.",
            f"Write {step.month.replace(day=1)}: it stands for the whole month.",
        )
    if step.last_day is not None and step.first_day is None and step.month is None:
        yield Wrong((*place, "last_day"), "The step has a last day alone.", "Add first_day.")
    elif step.last_day and step.first_day and step.last_day < step.first_day:
        yield Wrong(
            (*place, "last_day"),
            f"The last day, {step.last_day}, comes before the first, {step.first_day}.",
            "Write a day that is not before first_day.",
        )


def _step(definition: "Definition", step: "RoadmapPart", place: Place) -> Iterator[Wrong]:
    calls = [each.key for each in definition.calls]
    segments = [each.key for each in definition.segments]
    if step.call is not None and step.call not in calls:
        yield Wrong((*place, "call"), f"There is no call {step.call!r}.", _offer(calls, "calls"))
    if step.segment is not None and step.segment not in segments:
        yield Wrong(
            (*place, "segment"),
            f"There is no segment {step.segment!r}.",
            _offer(segments, "segments"),
        )
    yield from _link(step.link, place)
    others = [each.key for each in definition.roadmap if each.is_meeting]
    if step.is_meeting and others[0] != step.key:
        yield Wrong(
            (*place, "is_meeting"),
            f"The step {others[0]!r} is the meeting itself already.",
            "Take is_meeting out of one of them.",
        )


def _documents(definition: "Definition") -> Iterator[Wrong]:
    for index, each in enumerate(definition.documents):
        place = ("documents", index)
        yield from _link(each.link, place)
        if each.announced and each.link is not None:
            yield Wrong(
                (*place, "announced"),
                "The document is said to be yet to come, and has a link.",
                "Take announced out, or the link.",
            )


def _link(link: str | None, place: Place) -> Iterator[Wrong]:
    if link is not None and not (link.startswith("https://") and len(link.split()) == 1):
        yield Wrong(
            (*place, "link"),
            f"{link!r} is not an address of the web.",
            "Write one that begins with https://, without blanks.",
        )


def _paid(definition: "Definition") -> Iterator[Wrong]:
    if definition.courtesies and definition.paid is None:
        yield Wrong(
            ("courtesies",),
            "There are courtesies, and [paid] is missing.",
            "Add [paid] with note and by_nobody: a letter says both.",
        )
    if definition.courtesies and definition.letter.courtesies_intro is None:
        yield Wrong(
            ("letter",),
            "There are courtesies, and the letter has no courtesies_intro.",
            "Add it: the sentence before the courtesies.",
        )
    if definition.paid is not None and definition.letter.not_paid_heading is None:
        yield Wrong(
            ("letter",),
            "The letter has no not_paid_heading for what [paid] says.",
            "Add it: the heading above what nobody pays.",
        )


def _offer(known: Sequence[str], table: str) -> str:
    if not known:
        return f"Add it under [[{table}]], or take this key out."
    return f"Write one of {', '.join(known)}, or add it under [[{table}]]."
