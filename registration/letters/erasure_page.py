"""How the record of an erasure looks: each language on a page of its own, in reading order."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from registration.letters.blocks import Block, Cell, Row
from registration.letters.breaking import Style
from registration.letters.lists import heading, list_items, paragraph
from registration.letters.styles import BODY, CELL, CELL_STRONG, INK, LEFT, SMALL, TEXT_WIDTH
from registration.letters.tagging import Element

if TYPE_CHECKING:
    from registration.letters.erasure import ErasureText

_LABEL = 44 * mm
_KIND = 130 * mm
#: Above and below a fact, and closer where there may be a dozen rows: a language fits on a page.
_PADDING, _CLOSE = 0.8 * mm, 0.45 * mm


def list_erasure_blocks(texts: "Sequence[ErasureText]", body: Element) -> Iterator[Block]:
    """Yield the blocks of all languages, the first in the document's own."""
    for index, text in enumerate(texts):
        part = Element("Sect", body, language=text.language if index else None)
        yield paragraph(text.sentence, part, BODY, before=0, new_page=index > 0)
        yield from _table(text.facts, part, _LABEL, figures=False)
        yield heading(text.erased_heading, part)
        yield from _table(text.erased, part, _KIND, figures=True)
        yield heading(text.remains_heading, part)
        yield paragraph(text.why, part, SMALL, before=1.2 * mm)
        yield from _table(text.remains, part, _KIND, figures=True)
        yield heading(text.checked_heading, part)
        yield from list_items(text.checked, part, SMALL)


def _table(
    facts: Sequence[tuple[str, str]], parent: Element, label: float, *, figures: bool
) -> Iterator[Row]:
    """Yield the rows. label: width of the first column, in points. figures: whether the second
    holds numbers, set flush right."""
    if not facts:
        return
    rows = Element("TBody", Element("Table", parent))
    for index, (name, value) in enumerate(facts):
        line = Element("TR", rows)
        first, second = Element("TH", line, scope="Row"), Element("TD", line)
        yield Row(
            cells=[
                _cell(name, first, SMALL if figures else CELL_STRONG, LEFT, label),
                _cell(
                    value,
                    second,
                    SMALL if figures else CELL,
                    LEFT + label,
                    TEXT_WIDTH - label,
                    figures=figures,
                ),
            ],
            padding=_CLOSE if figures else _PADDING,
            before=2.4 * mm if index == 0 else 0,
            rule_above=(0.35 * mm, INK) if index == 0 else None,
        )


def _cell(
    text: str, element: Element, style: Style, left: float, width: float, *, figures: bool = False
) -> Cell:
    block = paragraph(
        text, element, style, left=left, width=width - 2 * mm, before=0, flush_right=figures
    )
    return Cell(blocks=[block])
