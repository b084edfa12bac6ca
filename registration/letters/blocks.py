"""The parts that a page's text is made of: each knows its height and paints itself.

Lengths are in points, y from the upper edge of the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from registration.letters.breaking import Line, Span, Style, break_lines
from registration.letters.sheet import Sheet
from registration.letters.styles import LEFT, LINE, RIGHT, TEXT_WIDTH
from registration.letters.tagging import Element

# A part of a paragraph that a page break leaves alone has at least so many lines.
_FEWEST_LINES = 2
# Where the base line lies within a line: this part of the leading is above it.
_ASCENT = 0.74


class Block(Protocol):
    """before: space above, dropped at the head of a page. keep: never parted from the next block.
    new_page: whether it begins one."""

    before: float
    keep: bool
    new_page: bool

    @property
    def height(self) -> float: ...

    def paint(self, sheet: Sheet, y: float) -> None:
        """Paint itself with its upper edge at y."""

    def split(self, room: float) -> "tuple[Block, Block] | None":
        """Return itself in two, the first no higher than `room`, or None where it stays whole."""


@dataclass(kw_only=True)
class TextBlock:
    """A paragraph. flush_right: set against the right margin.

    bullet: painted `hang` left of the text.
    """

    element: Element
    spans: Sequence[Span]
    style: Style
    before: float = 0
    left: float = LEFT
    width: float = TEXT_WIDTH
    flush_right: bool = False
    keep: bool = False
    new_page: bool = False
    bullet: tuple[Element, Span] | None = None
    hang: float = 0
    lines: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        if not self.lines:
            self.lines = break_lines(self.spans, self.width)

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    def paint(self, sheet: Sheet, y: float) -> None:
        base = y + _ASCENT * self.style.leading
        if self.bullet is not None:
            element, span = self.bullet
            mark = break_lines([span], self.width)
            sheet.text(element, mark, left=self.left - self.hang, base=base, leading=0)
        sheet.text(
            self.element,
            self.lines,
            left=self.left,
            base=base,
            leading=self.style.leading,
            right=self.left + self.width if self.flush_right else None,
        )

    def split(self, room: float) -> "tuple[Block, Block] | None":
        fits = int(room / self.style.leading)
        fits = min(fits, len(self.lines) - _FEWEST_LINES)
        if fits < _FEWEST_LINES:
            return None
        first = self._part(self.lines[:fits], before=self.before)
        rest = self._part(self.lines[fits:], before=0)
        first.bullet, first.hang = self.bullet, self.hang
        return first, rest

    def _part(self, lines: tuple[Line, ...], *, before: float) -> "TextBlock":
        return TextBlock(
            element=self.element,
            spans=self.spans,
            style=self.style,
            before=before,
            left=self.left,
            width=self.width,
            flush_right=self.flush_right,
            lines=lines,
        )


@dataclass(kw_only=True)
class Cell:
    """What stands in one column of a row: blocks one below the other."""

    blocks: "Sequence[Block]"

    @property
    def height(self) -> float:
        return sum(each.before + each.height for each in self.blocks)

    def paint(self, sheet: Sheet, y: float) -> None:
        for each in self.blocks:
            each.paint(sheet, y + each.before)
            y += each.before + each.height


@dataclass(kw_only=True)
class Row:
    """A row of a table: never cut by a page's end. padding: above and below.

    rule_above, rule_below: (width, colour) of lines across the row.
    """

    cells: Sequence[Cell]
    padding: float
    before: float = 0
    keep: bool = False
    new_page: bool = False
    rule_above: tuple[float, str] | None = None
    rule_below: tuple[float, str] | None = (0.2, LINE)

    @property
    def height(self) -> float:
        return max(each.height for each in self.cells) + 2 * self.padding

    def paint(self, sheet: Sheet, y: float) -> None:
        for each in self.cells:
            each.paint(sheet, y + self.padding)
        for rule, at in ((self.rule_above, y), (self.rule_below, y + self.height)):
            if rule is not None:
                sheet.rule(LEFT, RIGHT, at, *rule)

    def split(self, room: float) -> "tuple[Block, Block] | None":  # noqa: ARG002 -- a Block's
        return None


@dataclass(kw_only=True)
class Drawing:
    """A block of a given height that a function paints: a picture, a signature's line."""

    height: float
    draw: Callable[[Sheet, float], None]
    before: float = 0
    keep: bool = False
    new_page: bool = False

    def paint(self, sheet: Sheet, y: float) -> None:
        self.draw(sheet, y)

    def split(self, room: float) -> "tuple[Block, Block] | None":  # noqa: ARG002 -- a Block's
        return None
