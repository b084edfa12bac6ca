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
    LINE,
    RECORD_TERM,
    TEXT_WIDTH,
)
from registration.letters.tagging import Element

if TYPE_CHECKING:
    from registration.letters.record import Record

_LABEL = 44 * mm
_SIGNATURE_WIDTH, _SIGNATURE_HEIGHT = 60 * mm, 18 * mm
# The canvas of the page draws some 840 x 300; more is no signature of ours.
_MOST_PIXELS = 4_000_000


def list_record_blocks(record: "Record", body: Element) -> Iterator[Block]:
    """Yield the blocks of the record."""
    yield paragraph(record.sentence, body, BODY)
    yield from _facts(record.facts, body)
    picture = _read_signature(record.signature)
    if picture is not None:
        yield heading(record.signature_heading, body)
        yield _signature(picture, Element("Figure", body, alt=record.signature_heading))
    yield heading(record.terms_heading, body)
    yield from list_items(record.terms, body, RECORD_TERM)
    yield heading(record.nature_heading, body)
    yield paragraph(record.nature, body, CELL, before=1.2 * mm)


def _facts(facts: tuple[tuple[str, str], ...], body: Element) -> Iterator[Row]:
    rows = Element("TBody", Element("Table", body))
    for index, (label, value) in enumerate(facts):
        line = Element("TR", rows)
        name, text = Element("TH", line, scope="Row"), Element("TD", line)
        yield Row(
            cells=[
                _cell(label, name, CELL_STRONG, LEFT, _LABEL),
                _cell(value, text, CELL, LEFT + _LABEL, TEXT_WIDTH - _LABEL),
            ],
            padding=1 * mm,
            before=0 if index else 5 * mm,
            rule_above=None if index else (0.35 * mm, INK),
        )


def _cell(text: str, element: Element, style: Style, left: float, width: float) -> Cell:
    block = paragraph(text, element, style, left=left, width=width - 2 * mm, before=0)
    return Cell(left=left, width=width, blocks=[block])


def _signature(picture: ImageReader, figure: Element) -> Drawing:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.picture(
            figure,
            picture,
            left=LEFT,
            bottom=y + _SIGNATURE_HEIGHT,
            width=_SIGNATURE_WIDTH,
            height=_SIGNATURE_HEIGHT,
        )
        sheet.rule(LEFT, LEFT + _SIGNATURE_WIDTH, y + _SIGNATURE_HEIGHT, 0.2 * mm, LINE)

    return Drawing(height=_SIGNATURE_HEIGHT + 1 * mm, draw=draw, before=1 * mm)


def _read_signature(png: bytes | None) -> ImageReader | None:
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
