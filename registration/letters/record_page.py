"""How the record of an acceptance looks: its words as blocks, in reading order."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from registration.letters.blocks import Block, Cell, Drawing, Row
from registration.letters.breaking import Style
from registration.letters.lists import heading, list_items, paragraph
from registration.letters.sheet import Sheet
from registration.letters.styles import (
    BODY,
    CELL,
    CELL_STRONG,
    INK,
    LEFT,
    SMALL,
    TEXT_WIDTH,
)
from registration.letters.tagging import Element

if TYPE_CHECKING:
    from registration.letters.record import Record

_LABEL = 44 * mm
_SIGNATURE_WIDTH, _SIGNATURE_HEIGHT = 60 * mm, 15 * mm
_PADDING = 0.8 * mm
# The canvas of the page draws some 840 x 300; more is no signature of ours.
_MOST_PIXELS = 4_000_000


def list_record_blocks(record: "Record", body: Element) -> Iterator[Block]:
    """Yield the blocks of the record."""
    yield paragraph(record.sentence, body, BODY, before=0)
    rows = Element("TBody", Element("Table", body))
    for index, (label, value) in enumerate(record.facts):
        yield _fact(label, value, rows, first=index == 0)
    picture = read_signature(record.signature)
    if picture is not None:
        yield _signature(record.signature_heading, picture, rows)
    yield heading(record.terms_heading, body)
    yield from list_items(record.terms, body, SMALL)
    yield heading(record.nature_heading, body)
    yield paragraph(record.nature, body, SMALL, before=1.2 * mm)


def _fact(label: str, value: str, rows: Element, *, first: bool) -> Row:
    line = Element("TR", rows)
    name, text = Element("TH", line, scope="Row"), Element("TD", line)
    return Row(
        cells=[
            _cell(label, name, CELL_STRONG, LEFT, _LABEL),
            _cell(value, text, CELL, LEFT + _LABEL, TEXT_WIDTH - _LABEL),
        ],
        padding=_PADDING,
        before=5 * mm if first else 0,
        rule_above=(0.35 * mm, INK) if first else None,
    )


def _signature(label: str, picture: ImageReader, rows: Element) -> Row:
    line = Element("TR", rows)
    name = _cell(label, Element("TH", line, scope="Row"), CELL_STRONG, LEFT, _LABEL)
    figure = Element("Figure", Element("TD", line), alt=label)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.picture(
            figure,
            picture,
            left=LEFT + _LABEL,
            bottom=y + _SIGNATURE_HEIGHT,
            width=_SIGNATURE_WIDTH,
            height=_SIGNATURE_HEIGHT,
        )

    drawing = Drawing(height=_SIGNATURE_HEIGHT, draw=draw)
    return Row(cells=[name, Cell(blocks=[drawing])], padding=_PADDING)


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
