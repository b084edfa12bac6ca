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
from registration.letters.letterhead import FIRST_TOP
from registration.letters.lists import PARAGRAPH_GAP, heading, list_items, paragraph
from registration.letters.sheet import Sheet
from registration.letters.styles import (
    BODY,
    BODY_END,
    BODY_STRONG,
    CELL,
    CELL_2,
    CELL_HEAD,
    CELL_STRONG,
    INK,
    LEFT,
    TITLE,
)
from registration.letters.tagging import Element
from registration.letters.wording import Letter, Signature

_ADDRESSEE_GAP, _SALUTATION_GAP = 5 * mm, 6 * mm
_SIGNATURE_GAP, _SIGNATURE_LINE = 7 * mm, 78 * mm
_ROW_PADDING = 1.1 * mm
_AFTER_TABLE = 4.6 * mm
_COLUMNS = (62 * mm, 56 * mm, 42 * mm)
_COLUMN_GAP = 3 * mm
# How far the spaces between the parts of the letter may shrink and grow so that it fills one page.
_LEAST_AIR, _MOST_AIR = 0.55, 1.3


def draw_letter(letter: Letter) -> bytes:
    """Return the letter as a tagged PDF, not sealed. Same letter, same bytes; safe in threads."""
    facts = Facts(
        title=letter.title,
        author=letter.head.organisation,
        language=letter.language,
        dated=letter.issued_on,
        seal=letter.head.seal,
    )
    return draw_document(letter.head, letter.foot, facts, partial(list_blocks, letter))


def list_blocks(letter: Letter, body: Element) -> list[Block]:
    """Return the letter's blocks, told below `body`: one page and two annexes where it can be."""
    blocks = list(_front(letter, body))
    _fit(blocks, BODY_END - FIRST_TOP)
    return [*blocks, *_conditions(letter, body), *list_agenda_blocks(letter.agenda, body)]


def _fit(blocks: Sequence[Block], room: float) -> None:
    """Spread the spaces between the blocks, or draw them together, so that they fill the page.

    Left as they are where that does not help: the letter then goes on to a second page.
    """
    spaces = sum(each.before for each in blocks)
    air = (room - sum(each.height for each in blocks)) / spaces
    if air >= _LEAST_AIR:
        for each in blocks:
            each.before *= min(air, _MOST_AIR)


def _front(letter: Letter, body: Element) -> Iterator[Block]:
    """Yield the letter itself, without its annexes."""
    yield paragraph(letter.place_and_date, body, BODY, before=0, flush_right=True)
    yield from _addressee(letter.addressee, body)
    yield _said(letter, letter.salutation, body, before=_SALUTATION_GAP)
    for text in letter.paragraphs:
        yield _said(letter, text, body)
    yield from _courtesies(letter, body)
    yield from _closing(letter, body)


def _addressee(lines: Sequence[str], body: Element) -> Iterator[Block]:
    for index, text in enumerate(lines):
        style, before = (BODY, 0.0) if index else (BODY_STRONG, _ADDRESSEE_GAP)
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


def _plain_spans(letter: Letter, text: str) -> list[Span]:
    return _spans(letter, text, style=CELL, strong=CELL)


def _courtesies(letter: Letter, body: Element) -> Iterator[Block]:
    courtesies = letter.courtesies
    if courtesies.rows:
        yield from _table_of_courtesies(letter, body)
    if courtesies.note:
        yield paragraph(courtesies.note, body, CELL, before=2 * mm)


def _table_of_courtesies(letter: Letter, body: Element) -> Iterator[Block]:
    courtesies = letter.courtesies
    yield _said(letter, courtesies.intro, body, keep=True)
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
            padding=_ROW_PADDING,
            keep=left == 2 or (left == 1 and courtesies.note is not None),
        )


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
        before = PARAGRAPH_GAP if index else _AFTER_TABLE
        yield _said(letter, text, body, before=before, keep=last)
    yield _said(letter, letter.signature.farewell, body, keep=True)
    yield from _signature(letter.signature, body)


def _signature(signature: Signature, body: Element) -> Iterator[Block]:
    def draw_line(sheet: Sheet, y: float) -> None:
        sheet.rule(LEFT, LEFT + _SIGNATURE_LINE, y, 0.25 * mm, INK)

    yield paragraph(signature.how, body, CELL_2, before=_SIGNATURE_GAP, keep=True)
    yield Drawing(height=1.5 * mm, draw=draw_line, before=1 * mm, keep=True)
    yield paragraph(signature.name, body, CELL_STRONG, before=0, keep=True)
    yield paragraph(signature.office, body, CELL, before=0)


def _conditions(letter: Letter, body: Element) -> Iterator[Block]:
    """Yield the first annex, beginning on a page of its own."""
    annex = letter.conditions
    if annex.is_empty:
        return
    yield paragraph(annex.heading, body, TITLE, tag="H2", keep=True, new_page=True)
    for part in annex.parts:
        yield heading(part.heading, body, tag="H3")
        yield from list_items(part.items, body, CELL, spans_of=partial(_plain_spans, letter))
    if annex.remarks:
        yield heading(annex.remarks_heading, body, tag="H3")
    for text in annex.remarks:
        yield paragraph(_plain_spans(letter, text), body, CELL, before=1.6 * mm)
