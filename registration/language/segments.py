"""Segments of a meeting in words: when, where, which objectives, and how much room is left."""

from typing import assert_never

from registration.domain.program import Segment
from registration.domain.refusals import SegmentFull, UnknownSegment
from registration.domain.segments import Room
from registration.language.translator import Translator


def hours(segment: Segment, words: Translator) -> str:
    """Return "10:00 – 13:00", "10:00", or nothing where the source gives no hours."""
    if segment.starts is None:
        return ""
    if segment.ends is None:
        return words.hour(segment.starts)
    return f"{words.hour(segment.starts)}\u00a0–\u00a0{words.hour(segment.ends)}"


def objectives(segment: Segment, words: Translator) -> str:
    """Return "Objectives 1, 3 and 5 of the Global Compact", or nothing."""
    if not segment.objectives:
        return ""
    numbers = words.enumerate([str(number) for number in segment.objectives])
    return words.ngettext(
        "Objective %(numbers)s of the Global Compact",
        "Objectives %(numbers)s of the Global Compact",
        len(segment.objectives),
        numbers=numbers,
    )


def facts(segment: Segment, words: Translator) -> str:
    """Return hours, place and objectives on one line, those that the file gives."""
    place = "" if segment.place is None else segment.place[words.language]
    told = (hours(segment, words), place, objectives(segment, words))
    return " · ".join(each for each in told if each)


def title_on_day(segment: Segment, words: Translator) -> str:
    """Return the title with its day and hours: "Closing (1 April, 16:00)"."""
    when = ", ".join(filter(None, (words.short_day(segment.day), hours(segment, words))))
    return f"{segment.title[words.language]} ({when})"


def segment_sentence(refusal: SegmentFull | UnknownSegment, words: Translator) -> str:
    """Return why these segments cannot be chosen."""
    match refusal:
        case SegmentFull(titles=titles):
            return words.gettext(
                "No place is left in: %(segments)s. Take the tick away or choose another part; all "
                "else is kept.",
                segments=words.enumerate([each[words.language] for each in titles]),
            )
        case UnknownSegment():
            return words.gettext("Choose among the parts of the meeting in the list.")
        case _:
            assert_never(refusal)


def room(left: Room, words: Translator) -> str:
    """Return how much room is left; nothing while there is enough."""
    match left:
        case Room.OPEN:
            return ""
        case Room.FEW:
            return words.gettext("Few places left")
        case Room.FULL:
            # Translators: of a part of the meeting in which no place is left
            return words.pgettext("segment", "Full")
        case _:
            assert_never(left)
