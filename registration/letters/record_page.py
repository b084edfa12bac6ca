"""How the record of an acceptance looks: its words as blocks, in reading order."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from registration.letters.blocks import Block, Cell, Drawing, Row
from registration.letters.breaking import Style
from registration.letters.lists import list_items, paragraph
from registration.letters.sheet import Sheet
from registration.letters.styles import (
    BODY,
    FACT,
    FACT_NAME,
    GROUP,
    INK,
    LEFT,
    SMALL,
    TEXT_WIDTH,
)
from registration.letters.tagging import Element

if TYPE_CHECKING:
    from registration.letters.record import Record

_LABEL = 44 * mm
_SIGNATURE_WIDTH, _SIGNATURE_HEIGHT = 64 * mm, 16 * mm
_PADDING = 0.55 * mm
# The canvas of the page draws some 840 x 300; more is no signature of ours.
_MOST_PIXELS = 4_000_000
#: Which of the groups of facts ends with the drawn signature, from 0: who accepted.
SIGNATURE_GROUP = 1


@dataclass(frozen=True)
class _Type:
    """The type of a record at a scale."""

    scale: float

    def of(self, style: Style) -> Style:
        return replace(style, size=style.size * self.scale, leading=style.leading * self.scale)


def list_record_blocks(record: "Record", body: Element, scale: float = 1) -> Iterator[Block]:
    """Yield the blocks of the record. scale: of its type."""
    kind = _Type(scale)
    yield paragraph(record.sentence, body, kind.of(BODY), before=0)
    picture = read_signature(record.signature)
    for index, group in enumerate(record.groups):
        yield _heading(group.heading, body, kind)
        rows = Element("TBody", Element("Table", body))
        for at, (label, value) in enumerate(group.facts):
            yield _fact(label, value, rows, kind, first=at == 0)
        if picture is not None and index == SIGNATURE_GROUP:
            yield _signature(record.signature_heading, picture, rows, kind)
    yield _heading(record.terms_heading, body, kind)
    yield from list_items(record.terms, body, kind.of(SMALL))
    yield _heading(record.nature_heading, body, kind)
    yield paragraph(record.nature, body, kind.of(SMALL), before=0.8 * mm)


def _heading(text: str, body: Element, kind: _Type) -> Block:
    return paragraph(text, body, kind.of(GROUP), tag="H2", before=3.6 * mm * kind.scale, keep=True)


def _fact(label: str, value: str, rows: Element, kind: _Type, *, first: bool) -> Row:
    line = Element("TR", rows)
    name, text = Element("TH", line, scope="Row"), Element("TD", line)
    return Row(
        cells=[
            _cell(label, name, kind.of(FACT_NAME), LEFT, _LABEL),
            _cell(value, text, kind.of(FACT), LEFT + _LABEL, TEXT_WIDTH - _LABEL),
        ],
        padding=_PADDING * kind.scale,
        before=0.8 * mm if first else 0,
        rule_above=(0.35 * mm, INK) if first else None,
    )


def _signature(label: str, picture: ImageReader, rows: Element, kind: _Type) -> Row:
    line = Element("TR", rows)
    name = _cell(label, Element("TH", line, scope="Row"), kind.of(FACT_NAME), LEFT, _LABEL)
    figure = Element("Figure", Element("TD", line), alt=label)
    width, height = _SIGNATURE_WIDTH * kind.scale, _SIGNATURE_HEIGHT * kind.scale

    # White as it is, it must not touch the line above.
    below = height + 0.8 * mm

    def draw(sheet: Sheet, y: float) -> None:
        left = LEFT + _LABEL
        sheet.picture(figure, picture, left=left, bottom=y + below, width=width, height=height)

    drawing = Drawing(height=below, draw=draw)
    return Row(cells=[name, Cell(blocks=[drawing])], padding=_PADDING * kind.scale)


def _cell(text: str, element: Element, style: Style, left: float, width: float) -> Cell:
    block = paragraph(text, element, style, left=left, width=width - 2 * mm, before=0)
    return Cell(blocks=[block])


def read_signature(png: bytes | None) -> ImageReader | None:
    """Return the drawing on white, or None where there is none that can be read.

    The record stands on the typed name; a broken drawing is no reason to lose it.
    """
    if png is None:
        return None
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            drawn = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for broken pictures
        return None
    white = Image.new("RGBA", drawn.size, "white")
    return ImageReader(Image.alpha_composite(white, drawn).convert("RGB"))
