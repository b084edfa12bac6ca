"""How a certificate of attendance looks: one page, all of it between 20 and 269 mm."""

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from registration.letters.breaking import Style
from registration.letters.fitting import fit
from registration.letters.fonts import SANS, SANS_STRONG, SERIF, SERIF_STRONG
from registration.letters.shapes import add_arch, arcade_places
from registration.letters.sheet import HEIGHT, WIDTH, Sheet
from registration.letters.styles import BRAND, GRANA, INK, INK_2, MAIZ, WATERMARK, WHITE
from registration.letters.tagging import Element
from registration.letters.typefaces import get_face

if TYPE_CHECKING:
    from registration.letters.attendance import Certificate

_MIDDLE = WIDTH / 2
_WIDTH = 150 * mm
_LEFT = _MIDDLE - _WIDTH / 2
_MARK = 16 * mm
_MARK_TOP = 26 * mm
_ARCH_WIDTH, _ARCH_HEIGHT = 4.4 * mm, 6.6 * mm
_ARCADE_BASE = 72 * mm
_TITLE_TOP = 84 * mm
_SIGNATURE_LINE, _SIGNATURE_WIDTH = 238 * mm, 78 * mm
_DATE = 208 * mm
_LAST = 266 * mm

_ORGANISATION = Style(cut=SERIF_STRONG, size=14, leading=17, colour=INK)
_OFFICE = Style(cut=SANS, size=10, leading=13, colour=INK_2)
_TITLE = Style(cut=SERIF_STRONG, size=28, leading=34, colour=BRAND)
_TEXT = Style(cut=SERIF, size=12.5, leading=17, colour=INK)
_NAME = Style(cut=SERIF_STRONG, size=25, leading=30, colour=INK)
_CAPACITY = Style(cut=SANS, size=11, leading=15, colour=INK_2)
_MEETING = Style(cut=SERIF_STRONG, size=14, leading=18.5, colour=INK)
_SMALL = Style(cut=SANS, size=9, leading=12, colour=INK_2)
_STRONG = Style(cut=SANS_STRONG, size=10.5, leading=14, colour=INK)
_NOT_VALID = Style(cut=SANS_STRONG, size=10, leading=13, colour=GRANA)


def paint_certificate(sheet: Sheet, certificate: "Certificate", parent: Element) -> None:
    """Paint the page, told below the element."""
    if certificate.not_valid:
        cut = get_face(SANS_STRONG).cut.name
        sheet.across(certificate.not_valid, cut, 120, WATERMARK, degrees=52)
    _paint_head(sheet, certificate, parent)
    y = _paint_body(sheet, certificate, parent, _TITLE_TOP)
    _put(sheet, certificate.place_and_date, _TEXT, parent, max(y + 8 * mm, _DATE), 40)
    sheet.rule(
        _MIDDLE - _SIGNATURE_WIDTH / 2,
        _MIDDLE + _SIGNATURE_WIDTH / 2,
        _SIGNATURE_LINE,
        0.25 * mm,
        INK,
    )
    y = _put(sheet, certificate.signatory, _STRONG, parent, _SIGNATURE_LINE + 1.5 * mm, 28)
    _put(sheet, certificate.signatory_office, _SMALL, parent, y, 24)
    foot = f"{certificate.number} · {certificate.contact}"
    _put(sheet, foot, _SMALL, parent, _LAST - 6 * mm, 12)


def _paint_head(sheet: Sheet, certificate: "Certificate", parent: Element) -> None:
    _paint_mark(sheet)
    y = _put(sheet, certificate.organisation, _ORGANISATION, parent, _MARK_TOP + _MARK + 3 * mm, 34)
    y = _put(sheet, certificate.office, _OFFICE, parent, y, 26)
    if certificate.not_valid_note:
        _put(sheet, certificate.not_valid_note, _NOT_VALID, parent, y, 13)
    _paint_arcade(sheet, certificate)


def _paint_body(sheet: Sheet, certificate: "Certificate", parent: Element, y: float) -> float:
    y = _put(sheet, certificate.title, _TITLE, parent, y, 40, tag="H1") + 7 * mm
    y = _put(sheet, certificate.opening, _TEXT, parent, y, 20) + 3 * mm
    y = _put(sheet, certificate.name, _NAME, parent, y, 30 * mm, most=2) + 2 * mm
    for text in certificate.capacity:
        y = _put(sheet, text, _CAPACITY, parent, y, 12 * mm, most=2)
    y = _put(sheet, certificate.took_part, _TEXT, parent, y + 5 * mm, 20) + 3 * mm
    y = _put(sheet, certificate.meeting, _MEETING, parent, y, 22 * mm, most=3) + 3 * mm
    return _put(sheet, certificate.when_and_where, _TEXT, parent, y, 12 * mm, most=2)


def _put(
    sheet: Sheet,
    text: str,
    style: Style,
    parent: Element,
    y: float,
    height: float,
    *,
    most: int = 1,
    tag: str = "P",
) -> float:
    """Paint the text in the middle of the page; return where it ends."""
    fitted = fit(text, style, width=_WIDTH, height=height, most=most)
    return fitted.paint(sheet, Element(tag, parent), y, middle=_MIDDLE)


def _paint_mark(sheet: Sheet) -> None:
    """Paint the mark: a square of 42 parts with two arches, 12 wide and 21.5 high, 7 from below."""
    part, left = _MARK / 42, _MIDDLE - _MARK / 2
    square = sheet.path()
    square.roundRect(left, HEIGHT - _MARK_TOP - _MARK, _MARK, _MARK, 4 * part)
    sheet.shape(square, fill=BRAND)
    for index, colour in enumerate((WHITE, MAIZ)):
        arch = sheet.path()
        add_arch(
            arch, left + (8 + 14 * index) * part, _MARK_TOP + 35 * part, 12 * part, 21.5 * part
        )
        sheet.shape(arch, fill=colour)


def _paint_arcade(sheet: Sheet, certificate: "Certificate") -> None:
    free, own = sheet.path(), sheet.path()
    arcade = certificate.arcade
    for delegation, seat, left, width in arcade_places(
        arcade.seats, width=_WIDTH, arch=_ARCH_WIDTH
    ):
        path = own if (delegation, seat) == arcade.own else free
        add_arch(path, _LEFT + left, _ARCADE_BASE, width, _ARCH_HEIGHT)
    sheet.shape(own, fill=BRAND, stroke=BRAND, width=0.25 * mm)
    sheet.shape(free, stroke=BRAND, width=0.25 * mm)
    sheet.rule(_LEFT, _LEFT + _WIDTH, _ARCADE_BASE, 0.35 * mm, BRAND)
