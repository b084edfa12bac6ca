"""Paragraphs, headings and lists as letters and records set them."""

from collections.abc import Callable, Iterator, Sequence

from reportlab.lib.units import mm

from registration.letters.blocks import TextBlock
from registration.letters.breaking import Span, Style
from registration.letters.styles import HEADING, LEFT, TEXT_WIDTH
from registration.letters.tagging import Element

PARAGRAPH_GAP = 3.6 * mm
HEADING_GAP = 5 * mm
_INDENT = 5 * mm


def paragraph(
    text: str | Sequence[Span],
    parent: Element,
    style: Style,
    *,
    tag: str = "P",
    left: float = LEFT,
    width: float = TEXT_WIDTH,
    before: float = PARAGRAPH_GAP,
    keep: bool = False,
    flush_right: bool = False,
    new_page: bool = False,
) -> TextBlock:
    """Return a paragraph, told as an element of its own below `parent`."""
    return TextBlock(
        element=Element(tag, parent),
        spans=[Span(text, style)] if isinstance(text, str) else text,
        style=style,
        left=left,
        width=width,
        before=before,
        keep=keep,
        flush_right=flush_right,
        new_page=new_page,
    )


def heading(text: str, parent: Element, *, tag: str = "H2") -> TextBlock:
    """Return a heading, which is never parted from what follows."""
    return paragraph(text, parent, HEADING, tag=tag, before=HEADING_GAP, keep=True)


def list_items(
    texts: Sequence[str],
    parent: Element,
    style: Style,
    *,
    whole: bool = False,
    spans_of: Callable[[str], Sequence[Span]] | None = None,
) -> Iterator[TextBlock]:
    """Yield a list. whole: whether no page's end parts it. spans_of: sets links in its texts."""
    items = Element("L", parent)
    for index, text in enumerate(texts):
        item = Element("LI", items)
        label = (Element("Lbl", item), Span("–", style))
        block = paragraph(
            spans_of(text) if spans_of else text,
            item,
            style,
            tag="LBody",
            left=LEFT + _INDENT,
            width=TEXT_WIDTH - _INDENT,
            before=0.7 * mm if index else 1.6 * mm,
            keep=whole and index < len(texts) - 1,
        )
        block.bullet, block.hang = label, _INDENT
        yield block
