"""Nameplates: a sheet for each delegation, folded in the middle and stood on the table.

The fold is at 144.5 mm, the middle of what both A4 and US Letter print; the upper half is turned,
so that the name is read from both sides.
"""

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm

from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting
from registration.language.translator import get_translator
from registration.letters.breaking import Style
from registration.letters.document import draw_sheets
from registration.letters.finishing import Facts
from registration.letters.fitting import fit
from registration.letters.fonts import SANS, SERIF_STRONG
from registration.letters.shapes import add_arch
from registration.letters.sheet import WIDTH, Sheet
from registration.letters.styles import BRAND, INK, INK_2
from registration.letters.tagging import Element

FOLD = 144.5 * mm
_HALF_END = 269 * mm
_MIDDLE = WIDTH / 2
_NAME_WIDTH = 174 * mm
_NAME_HEIGHT, _SECOND_HEIGHT, _GAP = 58 * mm, 19 * mm, 5 * mm
_ARCH_WIDTH, _ARCH_HEIGHT, _ARCH_GAP = 8 * mm, 12 * mm, 1.4 * mm
_MOST_ARCHES = 8
_TICK, _TICK_LEFT = 7 * mm, 5 * mm

_NAME = Style(cut=SERIF_STRONG, size=80, leading=84, colour=INK)
_SECOND = Style(cut=SERIF_STRONG, size=26, leading=30, colour=INK_2)
_MEETING = Style(cut=SANS, size=10, leading=12, colour=INK_2)


def draw_nameplates(
    meeting: Meeting,
    delegations: Sequence[Delegation],
    languages: Sequence[Language],
    dated: date,
) -> bytes:
    """Return a nameplate for each delegation as a tagged PDF. languages: the first stands large."""
    words = get_translator(languages[0])
    facts = Facts(
        title=words.pgettext(
            "nameplate", "Nameplates: %(meeting)s", meeting=meeting.short_title[languages[0]]
        ),
        author=meeting.organisation[languages[0]],
        language=languages[0],
        dated=dated,
    )

    def paint(sheet: Sheet, root: Element) -> None:
        for index, delegation in enumerate(delegations):
            if index:
                sheet.next_page()
            _paint_ticks(sheet)
            _paint_half(sheet, meeting, delegation, languages, Element("Art", root))
            with sheet.upside_down(FOLD):
                # The same again: it is told once.
                _paint_half(sheet, meeting, delegation, languages, None)

    return draw_sheets(facts, paint)


def list_names(delegation: Delegation, languages: Sequence[Language]) -> list[tuple[str, Language]]:
    """Return the official names that the plate bears, each with its language, none twice."""
    names: dict[str, Language] = {}
    for language in languages:
        names.setdefault(delegation.official_name[language], language)
    return list(names.items())


def _paint_half(
    sheet: Sheet,
    meeting: Meeting,
    delegation: Delegation,
    languages: Sequence[Language],
    parent: Element | None,
) -> None:
    (first, *others) = list_names(delegation, languages)
    large = fit(first[0], _NAME, width=_NAME_WIDTH, height=_NAME_HEIGHT, most=2)
    small = [
        (fit(name, _SECOND, width=_NAME_WIDTH, height=_SECOND_HEIGHT, most=2), language)
        for name, language in others
    ]
    height = large.height + sum(_GAP + each.height for each, _ in small)
    _paint_arches(sheet, delegation.seats, FOLD + 12 * mm + _ARCH_HEIGHT)
    top = FOLD + 28 * mm
    y = top + max(0.0, (_HALF_END - 14 * mm - top - height) / 2)
    y = large.paint(sheet, _element(parent, first[1], tag="H1"), y, middle=_MIDDLE)
    for fitted, language in small:
        y = fitted.paint(sheet, _element(parent, language), y + _GAP, middle=_MIDDLE)
    title = fit(meeting.short_title[languages[0]], _MEETING, width=_NAME_WIDTH, height=24, most=1)
    title.paint(sheet, _element(parent, languages[0]), _HALF_END - 9 * mm, middle=_MIDDLE)


def _paint_arches(sheet: Sheet, seats: int, base: float) -> None:
    """Paint the delegation's arches on a line across, as ornament."""
    count = min(seats, _MOST_ARCHES)
    width = count * _ARCH_WIDTH + (count - 1) * _ARCH_GAP
    path = sheet.path()
    for index in range(count):
        left = _MIDDLE - width / 2 + index * (_ARCH_WIDTH + _ARCH_GAP)
        add_arch(path, left, base, _ARCH_WIDTH, _ARCH_HEIGHT)
    sheet.shape(path, fill=BRAND, stroke=BRAND, width=0.3 * mm)
    half = _NAME_WIDTH / 2
    sheet.rule(_MIDDLE - half, _MIDDLE + half, base, 0.5 * mm, BRAND)


def _paint_ticks(sheet: Sheet) -> None:
    """Paint where to fold, at both edges."""
    for left in (_TICK_LEFT, WIDTH - _TICK_LEFT - _TICK):
        sheet.rule(left, left + _TICK, FOLD, 0.2 * mm, INK_2)


def _element(parent: Element | None, language: Language, *, tag: str = "P") -> Element | None:
    return None if parent is None else Element(tag, parent, language=language)
