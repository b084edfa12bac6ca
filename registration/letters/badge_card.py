"""How a badge looks. Lengths are in points (mm * n), y from the page's upper edge.

A card is 95 mm wide and 120 mm high: four lie within 20 and 269 mm of the upper edge and ten from
either side, so that the same page prints whole on A4 and on US Letter. It fits the usual A6 pouch.
"""

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from registration.letters.breaking import Span, Style, break_lines
from registration.letters.fitting import fit
from registration.letters.fonts import SANS, SANS_STRONG, SERIF_STRONG
from registration.letters.qr import list_bars
from registration.letters.shapes import add_arch
from registration.letters.sheet import HEIGHT, WIDTH, Sheet
from registration.letters.styles import BRAND, GRANA, INK, INK_2, MAIZ, WHITE
from registration.letters.tagging import Element

if TYPE_CHECKING:
    from registration.letters.badges import Badge, Said

CARD_WIDTH, CARD_HEIGHT = 95 * mm, 120 * mm
_LEFT, _TOP = (WIDTH - 2 * CARD_WIDTH) / 2, 24.5 * mm
#: Left and upper edge of each card of a page, in reading order.
PLACES = tuple(
    (_LEFT + column * CARD_WIDTH, _TOP + row * CARD_HEIGHT) for row in (0, 1) for column in (0, 1)
)

_EDGE = 7 * mm
_INNER = CARD_WIDTH - 2 * _EDGE
_MARK = 11 * mm
# From the card's upper edge: the rule below the meeting, the name's place, the line of the foot.
_RULE, _NAME, _OFFICE, _FOOT = 25.5 * mm, 29 * mm, 65 * mm, 83 * mm
_CODE = 27 * mm
_CODE_GAP = 3.5 * mm  # four modules of white at least, or scanners miss it
_ARCH_WIDTH, _ARCH_HEIGHT, _ARCH_GAP = 6.4 * mm, 9.6 * mm, 1.1 * mm
_MOST_ARCHES = 5
_CUT, _CUT_GAP = 4 * mm, 1 * mm

_MEETING = Style(cut=SERIF_STRONG, size=10.5, leading=12.2, colour=INK)
_DAYS = Style(cut=SANS, size=8.5, leading=10.6, colour=INK_2)
_TREATMENT = Style(cut=SANS, size=12, leading=15, colour=INK_2)
_NAME_STYLE = Style(cut=SERIF_STRONG, size=30, leading=32, colour=INK)
_POSITION = Style(cut=SANS, size=10, leading=12.4, colour=INK_2)
_INSTITUTION = Style(cut=SANS_STRONG, size=10.5, leading=13, colour=INK)
_DELEGATION = Style(cut=SERIF_STRONG, size=15, leading=17, colour=BRAND)
_REFERENCE = Style(cut=SANS, size=7.5, leading=9, colour=INK_2)
_NOT_VALID = Style(cut=SANS_STRONG, size=8, leading=10, colour=GRANA)


def paint_card(sheet: Sheet, badge: "Badge", place: tuple[float, float], parent: Element) -> None:
    """Paint one card with its cutting marks."""
    _paint_cutting_marks(sheet, place)
    left, top = place[0] + _EDGE, place[1]
    _paint_head(sheet, badge, left, top, parent)
    _paint_person(sheet, badge, left, top, parent)
    _paint_foot(sheet, badge, left, top, parent)


def _paint_head(sheet: Sheet, badge: "Badge", left: float, top: float, parent: Element) -> None:
    _paint_mark(sheet, left, top + 7 * mm)
    text, width = left + _MARK + 3 * mm, _INNER - _MARK - 3 * mm
    room = _RULE - 6.5 * mm
    share = room / (len(badge.meeting) + len(badge.days) * 0.6)
    y = top + 6 * mm
    for said in badge.meeting:
        fitted = fit(said.text, _MEETING, width=width, height=share, most=2)
        y = fitted.paint(sheet, _element(said, parent), y, left=text)
    for said in badge.days:
        fitted = fit(said.text, _DAYS, width=width, height=_DAYS.leading, most=1)
        y = fitted.paint(sheet, _element(said, parent), y, left=text)
    sheet.rule(left, left + _INNER, top + _RULE, 0.5 * mm, INK)


def _paint_person(sheet: Sheet, badge: "Badge", left: float, top: float, parent: Element) -> None:
    y = top + _NAME
    if badge.treatment:
        fitted = fit(badge.treatment, _TREATMENT, width=_INNER, height=_TREATMENT.leading, most=1)
        # A capital's marks reach above its line.
        y = fitted.paint(sheet, Element("P", parent), y, left=left) + 1.5 * mm
    fitted = fit(badge.name, _NAME_STYLE, width=_INNER, height=top + _OFFICE - 1 * mm - y, most=3)
    fitted.paint(sheet, Element("H1", parent), y, left=left)
    y = top + _OFFICE
    room = (_FOOT - _OFFICE - 2 * mm) / 2
    for text, style in ((badge.position, _POSITION), (badge.institution, _INSTITUTION)):
        if text:
            fitted = fit(text, style, width=_INNER, height=room, most=2)
            y = fitted.paint(sheet, Element("P", parent), y, left=left)


def _paint_foot(sheet: Sheet, badge: "Badge", left: float, top: float, parent: Element) -> None:
    width = _INNER - _CODE - _CODE_GAP
    base = top + _FOOT + 2 * mm + _ARCH_HEIGHT
    _paint_arches(sheet, badge, left, base)
    sheet.rule(left, left + width, base, 0.35 * mm, BRAND)
    y, end = base + 2 * mm, top + CARD_HEIGHT - 9.5 * mm
    for index, said in enumerate(badge.delegation):
        style = _DELEGATION if index == 0 else _POSITION
        room = (end - y) * (0.6 if index == 0 and len(badge.delegation) > 1 else 1)
        y = fit(said.text, style, width=width, height=room, most=2).paint(
            sheet, _element(said, parent), y, left=left
        )
    last = top + CARD_HEIGHT - 4.5 * mm
    lines = break_lines([Span(badge.reference, _REFERENCE)], width)
    sheet.text(Element("P", parent), lines, left=left, base=last, leading=_REFERENCE.leading)
    if badge.not_valid:
        lines = break_lines([Span(badge.not_valid, _NOT_VALID)], width)
        sheet.text(
            Element("P", parent), lines, left=left, base=last - 10, leading=_NOT_VALID.leading
        )
    _paint_code(sheet, badge, left + _INNER - _CODE, top + _FOOT + 3 * mm, parent)


def _paint_arches(sheet: Sheet, badge: "Badge", left: float, base: float) -> None:
    """Paint the delegation's arches, the person's own filled; ornament, so nobody hears of it."""
    free, own = sheet.path(), sheet.path()
    count = min(badge.seats, _MOST_ARCHES)
    for index in range(count):
        path = own if index == (badge.own or 0) % count and badge.own is not None else free
        add_arch(path, left + index * (_ARCH_WIDTH + _ARCH_GAP), base, _ARCH_WIDTH, _ARCH_HEIGHT)
    sheet.shape(free, stroke=BRAND, width=0.3 * mm)
    sheet.shape(own, fill=BRAND, stroke=BRAND, width=0.3 * mm)


def _paint_code(sheet: Sheet, badge: "Badge", left: float, top: float, parent: Element) -> None:
    box = (left, HEIGHT - top - _CODE, left + _CODE, HEIGHT - top)
    figure = Element("Figure", parent, alt=badge.code_alt, box=box)
    modules, bars = list_bars(badge.address)
    size = _CODE / modules
    # Not `sheet.modules`: it keeps each code for later pages, and here no two are alike.
    path = sheet.path()
    for column, row, length in bars:
        lower = HEIGHT - top - (row + 1) * size
        path.rect(left + column * size, lower, length * size, size)
    sheet.shape(path, element=figure, fill=INK)


def _paint_mark(sheet: Sheet, left: float, top: float) -> None:
    """Paint the mark: a square of 42 parts with two arches, 12 wide and 21.5 high, 7 from below."""
    part = _MARK / 42
    square = sheet.path()
    square.roundRect(left, HEIGHT - top - _MARK, _MARK, _MARK, 4 * part)
    sheet.shape(square, fill=BRAND)
    for index, colour in enumerate((WHITE, MAIZ)):
        arch = sheet.path()
        add_arch(arch, left + (8 + 14 * index) * part, top + 35 * part, 12 * part, 21.5 * part)
        sheet.shape(arch, fill=colour)


def _paint_cutting_marks(sheet: Sheet, place: tuple[float, float]) -> None:
    """Paint a mark at each corner: outside the card, where no other card is."""
    left, top = place
    path = sheet.path()
    for x, outward in ((left, -1), (left + CARD_WIDTH, 1)):
        for y in (top, top + CARD_HEIGHT):
            if _LEFT - 1 < x < _LEFT + 1 or x > _LEFT + 2 * CARD_WIDTH - 1:
                path.moveTo(x + outward * _CUT_GAP, HEIGHT - y)
                path.lineTo(x + outward * (_CUT_GAP + _CUT), HEIGHT - y)
    for y, outward in ((top, -1), (top + CARD_HEIGHT, 1)):
        for x in (left, left + CARD_WIDTH):
            if _TOP - 1 < y < _TOP + 1 or y > _TOP + 2 * CARD_HEIGHT - 1:
                path.moveTo(x, HEIGHT - y - outward * _CUT_GAP)
                path.lineTo(x, HEIGHT - y - outward * (_CUT_GAP + _CUT))
    sheet.shape(path, stroke=INK_2, width=0.15 * mm)


def _element(said: "Said", parent: Element) -> Element:
    return Element("P", parent, language=said.language)
