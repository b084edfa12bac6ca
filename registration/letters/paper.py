"""How an invitation letter looks: its words as blocks, in reading order."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from reportlab.lib.units import mm

from registration.letters.agenda_table import list_agenda_blocks
from registration.letters.blocks import Block, Cell, Drawing, Row, TextBlock
from registration.letters.breaking import Span, Style
from registration.letters.document import draw_document
from registration.letters.finishing import Facts
from registration.letters.lists import HEADING_GAP, PARAGRAPH_GAP, heading, list_items, paragraph
from registration.letters.sheet import Sheet
from registration.letters.styles import (
    BODY,
    BODY_STRONG,
    CELL,
    CELL_2,
    CELL_HEAD,
    CELL_STRONG,
    INK,
    LEFT,
)
from registration.letters.tagging import Element
from registration.letters.wording import Courtesies, Letter, Signature

#: Where the signature is drawn, above its line; the seal shows itself here.
SIGNATURE_WIDTH, SIGNATURE_HEIGHT = 48 * mm, 13 * mm
_SIGNATURE_LINE = 78 * mm
_COLUMNS = (34 * mm, 78 * mm, 48 * mm)
_COLUMN_GAP = 3 * mm


def draw_letter(letter: Letter) -> bytes:
    """Return the letter as a tagged PDF, not sealed. Same letter, same bytes; safe in threads."""
    facts = Facts(
        title=letter.title,
        author=letter.head.organisation,
        language=letter.language,
        dated=letter.issued_on,
        seal=letter.head.seal,
    )
    return draw_document(
        letter.head, letter.foot, facts, lambda body: list(list_blocks(letter, body))
    )


def list_blocks(letter: Letter, body: Element) -> Iterator[Block]:
    """Yield the letter's blocks, told below `body`."""
    yield paragraph(letter.place_and_date, body, BODY, before=0, flush_right=True)
    yield from _addressee(letter.addressee, body)
    yield _said(letter, letter.salutation, body, before=6 * mm)
    for text in letter.paragraphs:
        yield _said(letter, text, body)
    yield from _courtesies(letter.courtesies, body)
    linked = partial(_spans, letter, style=CELL, strong=CELL)
    if letter.not_paid:
        yield heading(letter.not_paid_heading, body)
        yield from list_items(letter.not_paid, body, CELL, whole=True, spans_of=linked)
    if letter.terms:
        yield heading(letter.terms_heading, body)
        yield from list_items(letter.terms, body, CELL, spans_of=linked)
    yield from _closing(letter, body)
    yield from list_agenda_blocks(letter.agenda, body)


def _addressee(lines: Sequence[str], body: Element) -> Iterator[Block]:
    for index, text in enumerate(lines):
        style, before = (BODY, 0.0) if index else (BODY_STRONG, 5 * mm)
        yield paragraph(text, body, style, before=before, keep=True)


def _said(
    letter: Letter, text: str, body: Element, *, before: float = PARAGRAPH_GAP, keep: bool = False
) -> TextBlock:
    spans = _spans(letter, text, style=BODY, strong=BODY_STRONG)
    return paragraph(spans, body, BODY, before=before, keep=keep)


def _spans(letter: Letter, text: str, *, style: Style, strong: Style) -> list[Span]:
    """Return the text with what is emphasised in it set stronger, and the contact as a link."""
    contact = letter.foot.contact
    marked = "|".join(re.escape(each) for each in (*letter.emphasised, contact))
    spans = []
    for part in re.split(f"({marked})", text):
        if part == contact:
            spans.append(Span(part, style, link=f"mailto:{contact}"))
        elif part:
            spans.append(Span(part, strong if part in letter.emphasised else style))
    return spans


def _courtesies(courtesies: Courtesies, body: Element) -> Iterator[Block]:
    yield heading(courtesies.heading, body)
    table = Element("Table", body)
    yield _head(courtesies.columns, Element("TR", Element("THead", table)))
    rows = Element("TBody", table)
    for index, row in enumerate(courtesies.rows):
        # The last row is not parted from the one before it, nor from the note below it.
        left = len(courtesies.rows) - index
        line = Element("TR", rows)
        cells = [Element("TH", line, scope="Row"), Element("TD", line), Element("TD", line)]
        yield Row(
            cells=_cells(
                cells,
                (row.what, row.detail, row.payer),
                (CELL_STRONG, CELL, CELL_2),
            ),
            padding=1.3 * mm,
            keep=left == 2 or (left == 1 and courtesies.note is not None),
        )
    if courtesies.note:
        yield paragraph(courtesies.note, body, CELL, before=2 * mm)


def _head(texts: Sequence[str], line: Element) -> Row:
    elements = [Element("TH", line, scope="Column") for _ in texts]
    return Row(
        cells=_cells(elements, texts, (CELL_HEAD,) * len(texts)),
        padding=0.8 * mm,
        before=1.6 * mm,
        keep=True,
        rule_below=(0.35 * mm, INK),
    )


def _cells(
    elements: Sequence[Element], texts: Sequence[str], styles: Sequence[Style]
) -> list[Cell]:
    """Return one row's cells; the last column is set flush right."""
    cells = []
    left = LEFT
    for element, text, style, width in zip(elements, texts, styles, _COLUMNS, strict=True):
        last = element is elements[-1]
        block = paragraph(
            text,
            element,
            style,
            left=left,
            width=width if last else width - _COLUMN_GAP,
            before=0,
            flush_right=last,
        )
        cells.append(Cell(blocks=[block]))
        left += width
    return cells


def _closing(letter: Letter, body: Element) -> Iterator[Block]:
    """Yield the end; from the last paragraph on nothing is parted: no signature stands alone."""
    for index, text in enumerate(letter.closing):
        last = index == len(letter.closing) - 1
        before = PARAGRAPH_GAP if index else HEADING_GAP
        yield _said(letter, text, body, before=before, keep=last)
    yield _said(letter, letter.signature.farewell, body, keep=True)
    yield from _signature(letter.signature, body)


def _signature(signature: Signature, body: Element) -> Iterator[Block]:
    def draw_line(sheet: Sheet, y: float) -> None:
        sheet.rule(LEFT, LEFT + _SIGNATURE_LINE, y + SIGNATURE_HEIGHT, 0.25 * mm, INK)

    yield Drawing(height=SIGNATURE_HEIGHT + 1.5 * mm, draw=draw_line, before=6 * mm, keep=True)
    yield paragraph(signature.name, body, CELL_STRONG, before=0, keep=True)
    yield paragraph(signature.office, body, CELL, before=0)
