"""A paper of the Secretariat: its blocks on pages, each with head and foot, as tagged bytes."""

from collections.abc import Callable, Sequence
from threading import Lock

from registration.letters.blocks import Block
from registration.letters.finishing import Facts, finish
from registration.letters.letterhead import (
    FIRST_TOP,
    paint_first_head,
    paint_foot,
    paint_later_head,
    paint_watermark,
)
from registration.letters.pages import Page, paginate
from registration.letters.sheet import Sheet
from registration.letters.styles import BODY_END, BODY_END_WITHOUT_CODE, LATER_TOP
from registration.letters.tagging import Element
from registration.letters.wording import Foot, Letterhead

# A registered font is shared by all documents of a process: with two at once ReportLab raises
# KeyError or writes other bytes, now and then.
_one_at_a_time = Lock()


def draw_document(
    head: Letterhead,
    foot: Foot,
    facts: Facts,
    list_blocks: Callable[[Element], Sequence[Block]],
) -> bytes:
    """Return the paper. list_blocks: makes the blocks below the given element, in reading order."""
    root = Element("Document")
    top = Element("Sect", root)
    pages = lay_out(list_blocks(Element("Sect", root)), foot)
    bottom = Element("Sect", root)
    with _one_at_a_time:
        sheet = Sheet(language=facts.language)
        for number, page in enumerate(pages, start=1):
            if number > 1:
                sheet.next_page()
            paint_watermark(sheet, head)
            if number == 1:
                paint_first_head(sheet, head, top)
            else:
                paint_later_head(sheet, head)
            for y, block in page.placed:
                block.paint(sheet, y)
            paint_foot(sheet, foot, number, len(pages), bottom)
        painted = sheet.finish()
    return finish(painted, root, sheet.marker, facts)


def draw_sheets(facts: Facts, paint: Callable[[Sheet, Element], None]) -> bytes:
    """Return a paper without head and foot. paint: paints its pages, told below the element."""
    root = Element("Document")
    with _one_at_a_time:
        sheet = Sheet(language=facts.language)
        paint(sheet, root)
        painted = sheet.finish()
    return finish(painted, root, sheet.marker, facts)


def lay_out(blocks: Sequence[Block], foot: Foot) -> list[Page]:
    """Return the blocks on pages, above a foot with a code or without one."""
    end = BODY_END if foot.address else BODY_END_WITHOUT_CODE
    return paginate(blocks, first_top=FIRST_TOP, later_top=LATER_TOP, end=end)
