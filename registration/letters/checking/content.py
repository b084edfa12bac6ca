"""Reads what a page paints: its marked stretches, the text of each, and what lies outside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from registration.letters.checking.characters import Font
from registration.letters.checking.findings import Fault, Finding

_FILLS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}
_SHOWS = {"Tj", "TJ", "'", '"'}
# Neither filled nor stroked: invisible, or only a path for clipping.
_UNSEEN_MODES = {3, 7}
_SMALLEST = 1.0  # points: text set smaller is not for reading

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass
class Stretch:
    """A marked stretch of a page. page: from 0. number: None for an ornament.

    text: what is told. painted: the characters of its glyphs. inked: whether it paints at all.
    places: where its texts begin, (x, y) in points from the lower left corner.
    """

    page: int
    tag: str
    number: int | None
    actual: str | None = None
    painted: str = ""
    inked: bool = False
    places: list[tuple[float, float]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.painted if self.actual is None else self.actual


@dataclass
class _Ink:
    """What the next glyph would be painted with. matrix: from text or shapes to the page."""

    font: Font | None = None
    size: float = 0
    mode: int = 0
    matrix: Matrix = _SAME


@dataclass
class ContentReader:
    """Reads pages of one file. findings: what was wrong on the way; fonts are read once."""

    findings: list[Finding] = field(default_factory=list)
    _fonts: dict[tuple[int, int], Font] = field(default_factory=dict)

    def read(self, number: int, page: pikepdf.Page) -> list[Stretch]:
        """Return the stretches of the page in the order in which they are painted."""
        left, bottom, right, top = (float(each) for each in page.mediabox)
        reading = _PageReading(self, number, (left, bottom, right, top))
        reading.run(page, page.obj.get("/Resources", pikepdf.Dictionary()))
        reading.end()
        return reading.stretches

    def get_font(self, font: pikepdf.Object) -> Font:
        if font.objgen not in self._fonts or font.objgen == (0, 0):
            self._fonts[font.objgen] = Font(font)
        return self._fonts[font.objgen]


class _PageReading:
    """The state of reading one page, operator by operator."""

    def __init__(
        self, reader: ContentReader, number: int, box: tuple[float, float, float, float]
    ) -> None:
        self._reader = reader
        self._number = number
        self._box = box
        self._open: list[Stretch] = []
        self._in_text = False
        self._in_form = 0
        self._ink = _Ink()
        self._kept: list[_Ink] = []
        self._line: Matrix = _SAME
        self.stretches: list[Stretch] = []

    def run(self, stream: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> None:
        for instruction in pikepdf.parse_content_stream(stream):
            name = str(instruction.operator)
            operands: Sequence[Any] = list(instruction.operands)
            if name in _SHOWS:
                self._show(_list_codes(operands))
            elif name in _FILLS:
                self._paint()
            elif name == "Do":
                self._do(resources.XObject[operands[0]], resources)
            elif name in {"BDC", "BMC"}:
                self._begin(operands, resources)
            elif name == "EMC":
                self._end_mark()
            elif name == "Tf":
                self._ink.font = self._reader.get_font(resources.Font[operands[0]])
                self._ink.size = float(operands[1])
            else:
                self._set(name, operands)

    def end(self) -> None:
        if self._open:
            self._note(Fault.UNCLOSED)
        self.stretches += reversed(self._open)

    def _note(self, fault: Fault, detail: str = "") -> None:
        self._reader.findings.append(Finding(fault, detail, self._number + 1))

    def _set(self, name: str, operands: Sequence[Any]) -> None:
        """Follow what changes the place and the kind of what is painted next."""
        if name in {"BT", "ET"}:
            self._in_text = name == "BT"
            self._line = _SAME
        elif name == "Tm":
            self._line = _matrix(operands)
        elif name in {"Td", "TD"}:
            right, up = (float(each) for each in operands)
            self._line = _multiply((1, 0, 0, 1, right, up), self._line)
        elif name == "Tr":
            self._ink.mode = int(operands[0])
        elif name == "q":
            self._kept.append(_Ink(**vars(self._ink)))
        elif name == "Q" and self._kept:
            self._ink = self._kept.pop()
        elif name == "cm":
            self._ink.matrix = _multiply(_matrix(operands), self._ink.matrix)

    def _begin(self, operands: Sequence[Any], resources: pikepdf.Object) -> None:
        properties: Any = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, pikepdf.Name):
            properties = resources.Properties[properties]
        number = properties.get("/MCID")
        actual = properties.get("/ActualText")
        if self._open or self._in_form:
            self._note(Fault.NESTED, str(operands[0]))
        if self._in_text:
            self._note(Fault.ACROSS_TEXT, str(operands[0]))
        self._open.append(
            Stretch(
                self._number,
                str(operands[0])[1:],
                None if number is None else int(number),
                None if actual is None else str(actual),
            )
        )

    def _end_mark(self) -> None:
        if self._in_text:
            self._note(Fault.ACROSS_TEXT)
        if not self._open:
            self._note(Fault.UNCLOSED)
            return
        self.stretches.append(self._open.pop())

    def _paint(self) -> None:
        if self._open:
            self._open[-1].inked = True
        else:
            self._note(Fault.UNMARKED)

    def _show(self, codes: bytes) -> None:
        self._paint()
        text = self._ink.font.read(codes) if self._ink.font else None
        if text is None:
            self._note(Fault.UNREADABLE, codes.hex())
            return
        place = _multiply(self._line, self._ink.matrix)
        if text.strip() and not self._is_seen(place):
            self._note(Fault.UNSEEN, text)
        if self._open:
            self._open[-1].painted += text
            self._open[-1].places.append((place[4], place[5]))

    def _is_seen(self, place: Matrix) -> bool:
        a, b, _, _, x, y = place
        left, bottom, right, top = self._box
        return (
            self._ink.mode not in _UNSEEN_MODES
            and self._ink.size * (a * a + b * b) ** 0.5 >= _SMALLEST
            and left <= x <= right
            and bottom <= y <= top
        )

    def _do(self, drawn: pikepdf.Object, resources: pikepdf.Object) -> None:
        """Paint a picture, or what a form holds: text of a form is told by the mark around it."""
        if drawn.get("/Subtype") != "/Form":
            self._paint()
            return
        kept, line = _Ink(**vars(self._ink)), self._line
        self._ink.matrix = _multiply(_matrix(drawn.get("/Matrix", _SAME)), self._ink.matrix)
        self._in_form += 1
        self.run(drawn, drawn.get("/Resources", resources))
        self._in_form -= 1
        self._ink, self._line = kept, line


def _list_codes(operands: Sequence[Any]) -> bytes:
    """Return the codes of Tj, TJ, ' or ": a string, or strings and numbers in between."""
    shown = operands[-1]
    parts = shown if isinstance(shown, pikepdf.Array | list) else [shown]
    return b"".join(bytes(each) for each in parts if isinstance(each, pikepdf.String | bytes))


def _matrix(values: Any) -> Matrix:  # noqa: ANN401 -- an operand list or an array of PDF
    a, b, c, d, e, f = (float(each) for each in values)
    return a, b, c, d, e, f


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
