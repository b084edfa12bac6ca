"""How an invitation letter looks: its words as blocks, in reading order."""

import re
from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm

from registration.letters.agenda_table import list_agenda_blocks
from registration.letters.blocks import Block, Cell, Drawing, Row, TextBlock
from registration.letters.breaking import Span, Style
from registration.letters.document import draw_document
from registration.letters.finishing import Facts
from registration.letters.sheet import Sheet
from registration.letters.styles import (
    BODY,
    BODY_STRONG,
    CELL,
    CELL_2,
    CELL_HEAD,
    CELL_STRONG,
    HEADING,
    INK,
    LEFT,
    TEXT_WIDTH,
)
from registration.letters.tagging import Element
from registration.letters.wording import CourtesyRow, Letter, Signature

#: Where the signature is drawn, above its line; the seal shows itself here.
SIGNATURE_WIDTH, SIGNATURE_HEIGHT = 48 * mm, 13 * mm
_SIGNATURE_LINE = 78 * mm
_PARAGRAPH_GAP = 3.6 * mm
_HEADING_GAP = 5 * mm
_COLUMNS = (34 * mm, 78 * mm, 48 * mm)
_BULLET_INDENT = 5 * mm


def draw_letter(letter: Letter) -> bytes:
    """Return the letter as a tagged PDF, not sealed. Same letter, same bytes; safe in threads."""
    facts = Facts(
        title=letter.title,
        author=letter.head.organisation,
        language=letter.language,
        dated=letter.issued_on,
    )
    return draw_document(
        letter.head, letter.foot, facts, lambda body: list(_list_blocks(letter, body))
    )


def _list_blocks(letter: Letter, body: Element) -> Iterator[Block]:
    yield TextBlock(
        element=Element("P", body),
        spans=[Span(letter.place_and_date, BODY)],
        style=BODY,
        flush_right=True,
    )
    yield from _addressee(letter.addressee, body)
    yield _paragraph(letter, letter.salutation, body, before=6 * mm)
    for text in letter.paragraphs:
        yield _paragraph(letter, text, body)
    yield from _courtesies(letter, body)
    yield from _list(letter, letter.not_paid_heading, letter.not_paid, body)
    yield from _list(letter, letter.terms_heading, letter.terms, body)
    yield from _closing(letter, body)
    yield from list_agenda_blocks(letter.agenda, body)


def _addressee(lines: Sequence[str], body: Element) -> Iterator[Block]:
    for index, text in enumerate(lines):
        style = BODY if index else BODY_STRONG
        yield TextBlock(
            element=Element("P", body),
            spans=[Span(text, style)],
            style=style,
            before=0 if index else 5 * mm,
            keep=True,
        )


def _paragraph(
    letter: Letter, text: str, body: Element, *, before: float = _PARAGRAPH_GAP, keep: bool = False
) -> TextBlock:
    return TextBlock(
        element=Element("P", body),
        spans=_spans(letter, text, BODY, BODY_STRONG),
        style=BODY,
        before=before,
        keep=keep,
    )


def _spans(letter: Letter, text: str, style: Style, strong: Style) -> list[Span]:
    """Return the text with what is emphasised in it set stronger, and the contact as a link."""
    contact = letter.foot.contact
    marked = [re.escape(each) for each in (*letter.emphasised, contact) if each]
    parts = re.split(f"({'|'.join(marked)})", text) if marked else [text]
    spans = []
    for part in parts:
        if part == contact:
            spans.append(Span(part, style, link=f"mailto:{contact}"))
        elif part:
            spans.append(Span(part, strong if part in letter.emphasised else style))
    return spans


def _heading(text: str, body: Element) -> TextBlock:
    return TextBlock(
        element=Element("H2", body),
        spans=[Span(text, HEADING)],
        style=HEADING,
        before=_HEADING_GAP,
        keep=True,
    )


def _courtesies(letter: Letter, body: Element) -> Iterator[Block]:
    yield _heading(letter.courtesies_heading, body)
    table = Element("Table", body)
    head = Element("TR", Element("THead", table))
    cells = [Element("TH", head, scope="Column") for _ in letter.courtesy_columns]
    yield _row(cells, letter.courtesy_columns, (CELL_HEAD,) * 3, keep=True, head=True)
    rows = Element("TBody", table)
    for index, courtesy in enumerate(letter.courtesies):
        # The last row is not parted from the one before it, nor from the note below it.
        left = len(letter.courtesies) - index
        yield _courtesy(courtesy, rows, keep=left == 2 or (left == 1 and bool(letter.travel_note)))
    if letter.travel_note:
        yield TextBlock(
            element=Element("P", body),
            spans=_spans(letter, letter.travel_note, CELL, CELL),
            style=CELL,
            before=2 * mm,
        )


def _courtesy(courtesy: CourtesyRow, body: Element, *, keep: bool) -> Row:
    line = Element("TR", body)
    cells = [Element("TH", line, scope="Row"), Element("TD", line), Element("TD", line)]
    texts = (courtesy.what, courtesy.detail, courtesy.payer)
    return _row(cells, texts, (CELL_STRONG, CELL, CELL_2), keep=keep)


def _row(
    elements: Sequence[Element],
    texts: Sequence[str],
    styles: Sequence[Style],
    *,
    keep: bool,
    head: bool = False,
) -> Row:
    cells = []
    left = LEFT
    for element, text, style, width in zip(elements, texts, styles, _COLUMNS, strict=True):
        last = element is elements[-1]
        block = TextBlock(
            element=Element("P", element),
            spans=[Span(text, style)],
            style=style,
            left=left,
            width=width if last else width - 3 * mm,
            flush_right=last,
        )
        cells.append(Cell(left=left, width=width, blocks=[block]))
        left += width
    return Row(
        cells=cells,
        padding=0.8 * mm if head else 1.3 * mm,
        before=1.6 * mm if head else 0,
        keep=keep,
        rule_below=(0.35 * mm, INK) if head else (0.2 * mm, "#C9C4C8"),
    )


def _list(letter: Letter, heading: str, texts: Sequence[str], body: Element) -> Iterator[Block]:
    if not texts:
        return
    yield _heading(heading, body)
    items = Element("L", body)
    for index, text in enumerate(texts):
        item = Element("LI", items)
        yield TextBlock(
            bullet=(Element("Lbl", item), Span("–", CELL)),
            hang=_BULLET_INDENT,
            element=Element("LBody", item),
            spans=_spans(letter, text, CELL, CELL),
            style=CELL,
            before=0.7 * mm if index else 1.6 * mm,
            keep=index == 0 and len(texts) > 1,
            left=LEFT + _BULLET_INDENT,
            width=TEXT_WIDTH - _BULLET_INDENT,
        )


def _closing(letter: Letter, body: Element) -> Iterator[Block]:
    """Yield the end; from the last paragraph on nothing is parted, so no signature stands alone."""
    *earlier, last = (*letter.closing, letter.signature.farewell)
    for index, text in enumerate(earlier):
        before = _HEADING_GAP if index == 0 else _PARAGRAPH_GAP
        yield _paragraph(letter, text, body, before=before, keep=index == len(earlier) - 1)
    yield _paragraph(letter, last, body, keep=True)
    yield from _signature(letter.signature, body)


def _signature(signature: Signature, body: Element) -> Iterator[Block]:
    def draw_line(sheet: Sheet, y: float) -> None:
        sheet.rule(LEFT, LEFT + _SIGNATURE_LINE, y + SIGNATURE_HEIGHT, 0.25 * mm, INK)

    yield Drawing(height=SIGNATURE_HEIGHT + 1.5 * mm, draw=draw_line, before=6 * mm, keep=True)
    for text, style, keep in (
        (signature.name, CELL_STRONG, True),
        (signature.office, CELL, False),
    ):
        yield TextBlock(
            element=Element("P", body), spans=[Span(text, style)], style=style, keep=keep
        )
