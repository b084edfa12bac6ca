"""The annex: a table for each day, its sections as lines across."""

from collections.abc import Iterator

from reportlab.lib.units import mm

from registration.letters.agenda import Agenda, AgendaOfDay, AgendaRow
from registration.letters.blocks import Block, Cell, Row, TextBlock
from registration.letters.breaking import Span, Style
from registration.letters.lists import paragraph
from registration.letters.styles import (
    CELL,
    CELL_2,
    CELL_HEAD,
    CELL_STRONG,
    HEADING,
    INK,
    LEFT,
    TEXT_WIDTH,
    TITLE,
)
from registration.letters.tagging import Element

_HOURS = 26 * mm
_TITLE_LEFT = LEFT + _HOURS
_TITLE_WIDTH = TEXT_WIDTH - _HOURS
_INDENT = 4 * mm


def list_agenda_blocks(agenda: Agenda, parent: Element) -> Iterator[Block]:
    """Yield the annex, beginning on a page of its own."""
    yield paragraph(agenda.heading, parent, TITLE, tag="H2", keep=True, new_page=True)
    yield paragraph(agenda.title, parent, CELL_STRONG, keep=True, before=1.5 * mm)
    yield paragraph(agenda.place, parent, CELL_2, keep=True, before=0.5 * mm)
    for day in agenda.days:
        yield paragraph(day.day, parent, HEADING, tag="H3", keep=True, before=6 * mm)
        yield paragraph(day.hours, parent, CELL_2, keep=True, before=0)
        yield from _day_rows(day, agenda.columns, parent)


def _day_rows(day: AgendaOfDay, columns: tuple[str, str], parent: Element) -> Iterator[Row]:
    table = Element("Table", parent)
    head = Element("TR", Element("THead", table))
    yield Row(
        cells=[
            _cell(Element("TH", head, scope="Column"), columns[0], CELL_HEAD, LEFT, _HOURS),
            _cell(
                Element("TH", head, scope="Column"),
                columns[1],
                CELL_HEAD,
                _TITLE_LEFT,
                _TITLE_WIDTH,
            ),
        ],
        padding=0.8 * mm,
        before=2.4 * mm,
        keep=True,
        rule_below=(0.35 * mm, INK),
    )
    body = Element("TBody", table)
    for row in day.rows:
        if row.section:
            yield _section(row.section, body)
        yield _item(row, body)


def _section(title: str, body: Element) -> Row:
    cell = Element("TH", Element("TR", body), scope="Row", columns=2)
    return Row(
        cells=[_cell(cell, title, CELL_STRONG, LEFT, TEXT_WIDTH)], padding=1.5 * mm, keep=True
    )


def _item(row: AgendaRow, body: Element) -> Row:
    line = Element("TR", body)
    hours = _cell(Element("TH", line, scope="Row"), row.hours, CELL_2, LEFT, _HOURS)
    cell = Element("TD", line)
    blocks = [paragraph(row.title, cell, CELL, left=_TITLE_LEFT, width=_TITLE_WIDTH, before=0)]
    details = Element("L", cell) if row.details else cell
    blocks += [_detail(each, Element("LI", details)) for each in row.details]
    return Row(cells=[hours, Cell(blocks=blocks)], padding=1.2 * mm)


def _detail(text: str, item: Element) -> TextBlock:
    label = (Element("Lbl", item), Span("–", CELL_2))
    block = paragraph(
        text,
        item,
        CELL_2,
        tag="LBody",
        left=_TITLE_LEFT + _INDENT,
        width=_TITLE_WIDTH - _INDENT,
        before=0,
    )
    block.bullet, block.hang = label, _INDENT
    return block


def _cell(element: Element, text: str, style: Style, left: float, width: float) -> Cell:
    block = paragraph(text, element, style, left=left, width=width, before=0)
    return Cell(blocks=[block])
