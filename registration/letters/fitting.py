"""Text that must fit a place: set smaller until it does, never cut."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registration.letters.breaking import Line, Span, Style, break_lines
from registration.letters.sheet import Sheet
from registration.letters.tagging import Element

# Each step is so many times the one before; below the last size nobody reads.
_STEP = 0.92
_LEAST = 3.0
# Where the base line lies within a line, and how much of the leading is below the last one.
_ASCENT = 0.76


@dataclass(frozen=True)
class Fitted:
    """Lines in the style in which they fit."""

    lines: Sequence[Line]
    style: Style

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    def paint(
        self,
        sheet: Sheet,
        element: Element | None,
        y: float,
        *,
        left: float = 0,
        middle: float | None = None,
    ) -> float:
        """Paint the lines with their upper edge at y; return their lower edge."""
        sheet.text(
            element,
            self.lines,
            left=left,
            middle=middle,
            base=y + _ASCENT * self.style.leading,
            leading=self.style.leading,
        )
        return y + self.height


def fit(text: str, style: Style, *, width: float, height: float, most: int = 99) -> Fitted:
    """Return the text in lines within the place, in the style or a smaller one.

    most: how many lines look well; more are taken only where the text would else be too small to
    read. A word is broken only when nothing else helps.
    """
    smaller = style
    while smaller.size >= _readable(style):
        lines = break_lines([Span(text, smaller)], width)
        is_whole = all(line.at_space for line in lines[:-1])
        if is_whole and len(lines) <= most and len(lines) * smaller.leading <= height:
            return Fitted(lines, smaller)
        smaller = _step(smaller)
    return _squeeze(text, replace(style), width=width, height=height)


def _squeeze(text: str, style: Style, *, width: float, height: float) -> Fitted:
    """Return the largest setting that fits with as many lines as it takes."""
    while True:
        lines = break_lines([Span(text, style)], width)
        if len(lines) * style.leading <= height or style.size < _LEAST:
            return Fitted(lines, style)
        style = _step(style)


def _readable(style: Style) -> float:
    """Return the size below which more lines are better than smaller ones."""
    return style.size * 0.45


def _step(style: Style) -> Style:
    return replace(style, size=style.size * _STEP, leading=style.leading * _STEP)
