"""What stands around the text of each page: mark, name, number, arcade, foot with the code."""

from reportlab.lib.units import mm

from registration.letters.breaking import Span, Style, break_lines, text_width
from registration.letters.qr import list_bars
from registration.letters.shapes import add_arch, arcade_places
from registration.letters.sheet import HEIGHT, Sheet
from registration.letters.styles import (
    BRAND,
    FOOT,
    FOOT_STRONG,
    INK,
    KIND,
    LEFT,
    LINE,
    MAIZ,
    NAME,
    NOT_VALID,
    NUMBER,
    OFFICE,
    RIGHT,
    SMALL_NAME,
    TEXT_WIDTH,
    TOP,
    WATERMARK,
    WHITE,
)
from registration.letters.tagging import Element
from registration.letters.typefaces import get_face
from registration.letters.wording import Arcade, Foot, Letterhead

MARK = 13 * mm
_NAME_WIDTH = 96 * mm
_ARCADE_TOP = TOP + MARK + 7 * mm
ARCH_WIDTH, ARCH_HEIGHT = 4.4 * mm, 6.6 * mm
#: Where the text of the first page begins.
FIRST_TOP = _ARCADE_TOP + ARCH_HEIGHT + 7 * mm

_FOOT_LINE = HEIGHT - 54.5 * mm
_FOOT_LINE_WITHOUT_CODE = HEIGHT - 40 * mm
_CODE = 22 * mm
_CODE_TOP = _FOOT_LINE + 4 * mm
_FOOT_TEXT = LEFT + _CODE + 5 * mm
_FOOT_TEXT_WIDTH = 92 * mm
#: The same where there is no code beside it.
_FOOT_TEXT_WIDTH_WITHOUT_CODE = 118 * mm


def paint_watermark(sheet: Sheet, head: Letterhead) -> None:
    """Paint "Not valid" across the page, below all else, where the letter is a rehearsal's."""
    if head.not_valid:
        cut = get_face(NUMBER.cut).cut.name
        width = text_width([Span(head.not_valid, NUMBER)]) / NUMBER.size
        sheet.across(head.not_valid, cut, 200 * mm / width, WATERMARK, degrees=52)


def choose_name_style(organisation: str) -> Style:
    """Return the style in which the name leaves room for the office above the arcade: two lines."""
    lines = break_lines([Span(organisation, NAME)], _NAME_WIDTH)
    return NAME if len(lines) <= 2 else SMALL_NAME


def paint_first_head(sheet: Sheet, head: Letterhead, parent: Element) -> None:
    """Paint the letterhead of page 1 with its arcade, telling it as part of `parent`."""
    _paint_mark(sheet)
    left, middle = LEFT + MARK + 4 * mm, TOP + 5.2 * mm
    style = choose_name_style(head.organisation)
    names = break_lines([Span(head.organisation, style)], _NAME_WIDTH)
    sheet.text(Element("P", parent), names, left=left, base=middle, leading=style.leading)
    office = middle + (len(names) - 1) * style.leading + OFFICE.leading + 1
    _paint_line(sheet, Element("P", parent), Span(head.office, OFFICE), left, office)
    base = TOP + 4 * mm
    _paint_line(sheet, Element("H1", parent), Span(head.kind, KIND), None, base)
    _paint_line(sheet, Element("P", parent), Span(head.number, NUMBER), None, base + NUMBER.leading)
    if head.not_valid_note:
        note = base + NUMBER.leading + NOT_VALID.leading
        _paint_line(sheet, Element("P", parent), Span(head.not_valid_note, NOT_VALID), None, note)
    _paint_arcade(sheet, head.arcade)


def paint_later_head(sheet: Sheet, head: Letterhead) -> None:
    """Paint the head of a later page: what paper it is, and its number."""
    with sheet.furniture("Header"):
        base = TOP + 3 * mm
        _paint_line(sheet, None, Span(head.organisation, KIND), LEFT, base)
        _paint_line(sheet, None, Span(f"{head.kind} {head.number}", KIND), None, base)
        if head.not_valid_note:
            _paint_line(
                sheet, None, Span(head.not_valid_note, NOT_VALID), None, base + NOT_VALID.leading
            )


def paint_foot(sheet: Sheet, foot: Foot, page: int, pages: int, parent: Element) -> None:
    """Paint the foot: code, address, page and contact. It is told once, on page 1."""
    if page == 1:
        _paint_foot(sheet, foot, foot.page_of % {"page": page, "pages": pages}, parent)
        return
    with sheet.furniture("Footer"):
        _paint_foot(sheet, foot, foot.page_of % {"page": page, "pages": pages}, parent)


def _paint_foot(sheet: Sheet, foot: Foot, place: str, parent: Element) -> None:
    line = _FOOT_LINE if foot.address else _FOOT_LINE_WITHOUT_CODE
    sheet.rule(LEFT, RIGHT, line, 0.2 * mm, LINE)
    last = _CODE_TOP + _CODE - 1
    spans = [Span(foot.heading, FOOT_STRONG), Span(foot.advice, FOOT)]
    left = LEFT
    if foot.address:
        spans.append(Span(foot.address, FOOT, link=foot.address))
        left = _FOOT_TEXT
    width = _FOOT_TEXT_WIDTH if foot.address else _FOOT_TEXT_WIDTH_WITHOUT_CODE
    lines = [break_lines([span], width) for span in spans]
    base = last - FOOT.leading * (sum(len(each) for each in lines) - 1)
    for each in lines:
        sheet.text(Element("P", parent), each, left=left, base=base, leading=FOOT.leading)
        base += FOOT.leading * len(each)
    if foot.address:
        _paint_code(sheet, foot.address, foot.code_alt, parent)
    contact = Span(foot.contact, FOOT, link=f"mailto:{foot.contact}")
    _paint_line(sheet, Element("P", parent), contact, None, last)
    # The page's number is furniture even where the rest of the foot is told.
    _paint_line(sheet, None, Span(place, FOOT), None, last - FOOT.leading)


def _paint_line(
    sheet: Sheet, element: Element | None, span: Span, left: float | None, base: float
) -> None:
    """Paint one line; left None: flush with the right margin."""
    lines = break_lines([span], TEXT_WIDTH)
    right = RIGHT if left is None else None
    sheet.text(element, lines, left=left or 0, base=base, leading=span.style.leading, right=right)


def _paint_mark(sheet: Sheet) -> None:
    """Paint the mark: a square of 42 parts with two arches, 12 wide and 21.5 high, 7 from below."""
    part = MARK / 42
    square = sheet.path()
    square.roundRect(LEFT, HEIGHT - TOP - MARK, MARK, MARK, 4 * part)
    sheet.shape(square, fill=BRAND)
    for index, colour in enumerate((WHITE, MAIZ)):
        arch = sheet.path()
        left = LEFT + (8 + 14 * index) * part
        add_arch(arch, left, TOP + 35 * part, 12 * part, 21.5 * part)
        sheet.shape(arch, fill=colour)


def _paint_arcade(sheet: Sheet, arcade: Arcade) -> None:
    base = _ARCADE_TOP + ARCH_HEIGHT
    free, own = sheet.path(), sheet.path()
    for delegation, seat, left, width in arcade_places(
        arcade.seats, width=TEXT_WIDTH, arch=ARCH_WIDTH
    ):
        path = own if (delegation, seat) == arcade.own else free
        add_arch(path, LEFT + left, base, width, ARCH_HEIGHT)
    sheet.shape(own, fill=BRAND, stroke=BRAND, width=0.25 * mm)
    sheet.shape(free, stroke=BRAND, width=0.25 * mm)
    sheet.rule(LEFT, RIGHT, base, 0.35 * mm, BRAND)


def _paint_code(sheet: Sheet, address: str, alt: str, parent: Element) -> None:
    box = (LEFT, HEIGHT - _CODE_TOP - _CODE, LEFT + _CODE, HEIGHT - _CODE_TOP)
    figure = Element("Figure", parent, alt=alt, box=box)
    modules, bars = list_bars(address)
    sheet.modules(modules, bars, element=figure, fill=INK)
