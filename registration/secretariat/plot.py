"""The numbers of a meeting over time as a drawing: where its lines run, in its own units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registration.store.reading.overview import Step

#: Of the drawing, and what its axes leave free: left for figures, below for dates.
WIDTH, HEIGHT = 380, 214
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 372, 16, 186
#: A drawing of fewer days than these would be a wall; one of more, a scribble.
_FEWEST_DAYS, _MOST_DAYS = 14, 180
#: With so many more entries than seats, the line of the seats says nothing.
_MOST_OVER_SEATS = 4


@dataclass(frozen=True)
class Line:
    """One step. path: of the stairs; area: the same, closed along the base. total: up to today."""

    step: Step
    path: str
    area: str
    total: int
    end: tuple[float, float]


@dataclass(frozen=True)
class Day:
    """What happened on one day, for those who read the table."""

    day: date
    numbers: Mapping[Step, int]


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The drawing. levels: heights with their figures. dates: places with their days.

    seats_at, deadline_at: where these two stand, or None where they are outside. days: those on
    which something happened, the newest first.
    """

    lines: Sequence[Line]
    levels: Sequence[tuple[float, int]]
    dates: Sequence[tuple[float, date]]
    seats_at: float | None
    deadline_at: float | None
    days: Sequence[Day]
    base: float = _BOTTOM
    left: float = _LEFT
    right: float = _RIGHT
    top: float = _TOP


def draw_plot(
    steps: Mapping[Step, Mapping[date, int]], *, today: date, deadline: date, seats: int
) -> Plot | None:
    """Return the drawing of how many took each step by which day; None before the first did.

    deadline: the last day to register.
    """
    happened = {day for days in steps.values() for day in days}
    if not happened:
        return None
    last = max(deadline, today)
    # A day earlier, so that the stairs begin on the ground.
    first = min(min(happened) - timedelta(days=1), last - timedelta(days=_FEWEST_DAYS))
    first = max(first, last - timedelta(days=_MOST_DAYS))
    most = max(sum(days.values()) for days in steps.values())
    shows_seats = most <= seats * _MOST_OVER_SEATS
    gap = _find_gap(max(most, seats if shows_seats else 0))
    levels = range(0, max(most, seats if shows_seats else 0) + gap, gap)
    scale = _Scale(first, last, levels[-1])
    return Plot(
        lines=[_draw_line(step, days, scale, today) for step, days in steps.items()],
        levels=[(scale.y(level), level) for level in levels],
        dates=[(scale.x(each), each) for each in (first, first + (last - first) / 2, last)],
        seats_at=scale.y(seats) if shows_seats else None,
        deadline_at=scale.x(deadline) if deadline >= first else None,
        days=[
            Day(day, {step: days.get(day, 0) for step, days in steps.items()})
            for day in sorted(happened, reverse=True)
            if day >= first
        ],
    )


@dataclass(frozen=True)
class _Scale:
    """Days and numbers as places in the drawing."""

    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(_LEFT + (_RIGHT - _LEFT) * min(max(share, 0), 1), 1)

    def y(self, number: int) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * number / self.most, 1)


def _draw_line(step: Step, days: Mapping[date, int], scale: _Scale, today: date) -> Line:
    number = sum(count for day, count in days.items() if day < scale.first)
    path = f"M{scale.x(scale.first)} {scale.y(number)}"
    for day in sorted(day for day in days if day >= scale.first):
        number += days[day]
        path += f"H{scale.x(day)}V{scale.y(number)}"
    end = (scale.x(today), scale.y(number))
    path += f"H{end[0]}"
    return Line(step, path, f"{path}V{_BOTTOM}H{_LEFT}Z", number, end)


def _find_gap(most: int) -> int:
    """Return the step of the axis: 1, 2 or 5 with noughts, so that at most five lines stand."""
    gap = 1
    while True:
        for factor in (1, 2, 5):
            if most <= gap * factor * 4:
                return gap * factor
        gap *= 10
