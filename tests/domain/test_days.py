"""A meeting day by day, and what of its roadmap is over."""

from datetime import date, datetime, time

import pytest

from registration.domain.days import ProgramDay, find_hours, is_past, list_program_days
from registration.domain.meeting_text import Text
from registration.domain.program import RoadmapItem
from tests.builders import make_meeting
from tests.summits import SUMMIT, define_summit

NAME = Text({"en": "Briefing", "es": "Sesión"})
CITY = make_meeting().zone


def test_days_hold_segments_and_agenda_in_the_order_of_the_calendar() -> None:
    days = list_program_days(define_summit().to_meeting(SUMMIT, 0))

    told = [
        (day.day.day, [each.key for each in day.segments], day.agenda is not None) for day in days
    ]
    assert told == [
        (31, ["hearing", "progress"], True),
        (1, ["adoption"], True),
        (2, ["closing"], False),
    ]


def test_line_that_bears_a_segments_name_is_that_segment_once() -> None:
    first, second, last = list_program_days(define_summit().to_meeting(SUMMIT, 0))

    # Two lines of the first day bear that name; an anchor leads to one of them.
    assert _find_keys(first) == ["progress"]
    assert _find_keys(second) == ["adoption"]
    unplaced = [[each.key for each in day.unplaced] for day in (first, second, last)]
    assert unplaced == [["hearing"], [], ["closing"]]


@pytest.mark.parametrize(
    ("starts", "ends", "wanted"),
    [
        (None, None, None),
        (time(9), None, (datetime(2022, 3, 31, 9, tzinfo=CITY), None)),
        (
            time(9),
            time(10),
            (datetime(2022, 3, 31, 9, tzinfo=CITY), datetime(2022, 3, 31, 10, tzinfo=CITY)),
        ),
        # Over midnight.
        (
            time(22),
            time(1),
            (datetime(2022, 3, 31, 22, tzinfo=CITY), datetime(2022, 4, 1, 1, tzinfo=CITY)),
        ),
    ],
)
def test_hours_of_a_part(
    starts: time | None, ends: time | None, wanted: tuple[datetime, datetime | None] | None
) -> None:
    found = find_hours(make_meeting(), date(2022, 3, 31), starts, ends)

    assert (None if found is None else (found.starts_at, found.ends_at)) == wanted


@pytest.mark.parametrize(
    ("days", "today", "over"),
    [
        ({"first_day": date(2025, 1, 13), "last_day": date(2025, 1, 14)}, date(2025, 1, 14), False),
        ({"first_day": date(2025, 1, 13), "last_day": date(2025, 1, 14)}, date(2025, 1, 15), True),
        ({"month": date(2025, 1, 1)}, date(2025, 1, 31), False),
        ({"month": date(2025, 1, 1)}, date(2025, 2, 1), True),
        ({"month": date(2024, 12, 1)}, date(2025, 1, 1), True),
        ({"month": date(2025, 12, 1)}, date(2025, 2, 1), False),
    ],
)
def test_step_is_over_after_its_last_day_or_its_month(
    days: dict[str, date], today: date, over: bool
) -> None:
    item = RoadmapItem(key="briefing", title=NAME, place=NAME, **days)

    assert is_past(item, today) == over


def _find_keys(day: ProgramDay) -> list[str]:
    lines = day.agenda.items if day.agenda else ()
    return [segment.key for each in lines if (segment := day.find_segment(each))]
