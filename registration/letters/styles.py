"""Colours, type and measures of the letter: part 11 of the look. Lengths are in points (mm * n).

Everything lies between 20 and 269 mm from the upper edge, so that the same page prints whole on US
Letter (279.4 mm high), the usual paper of much of the region.
"""

from reportlab.lib.units import mm

from registration.letters.breaking import Style
from registration.letters.fonts import SANS, SANS_STRONG, SERIF, SERIF_STRONG, Cut
from registration.letters.sheet import WIDTH

BRAND = "#2B3080"
INK = "#1B1C2E"
INK_2 = "#55546A"
MAIZ = "#F6BC3A"
WHITE = "#FFFFFF"
LINE = "#B9B4B9"  # paler lines vanish on a photocopy
WATERMARK = "#F4DCE2"
GRANA = "#A61B3C"

LEFT = 25 * mm
RIGHT = WIDTH - 25 * mm
TEXT_WIDTH = RIGHT - LEFT
TOP = 20 * mm
BODY_END = 238 * mm
#: The same on a paper without a code in its foot.
BODY_END_WITHOUT_CODE = 252 * mm
#: Where the text of a later page begins, below its number.
LATER_TOP = 33 * mm


def _style(cut: Cut, size: float, leading: float, colour: str = INK) -> Style:
    return Style(cut=cut, size=size, leading=leading, colour=colour)


NAME = _style(SERIF_STRONG, 13, 15)
#: Of an organisation whose name is too long for two lines of the other.
SMALL_NAME = _style(SERIF_STRONG, 10.5, 12.5)
OFFICE = _style(SANS, 9.5, 13, INK_2)
KIND = _style(SANS, 9, 13, INK_2)
NUMBER = _style(SANS_STRONG, 11, 14)
NOT_VALID = _style(SANS_STRONG, 9, 13, GRANA)

BODY = _style(SERIF, 10.5, 14.3)
BODY_STRONG = _style(SERIF_STRONG, 10.5, 14.3)
HEADING = _style(SERIF_STRONG, 11.5, 15)
TITLE = _style(SERIF_STRONG, 15, 19)

CELL = _style(SANS, 9.5, 13)
CELL_STRONG = _style(SANS_STRONG, 9.5, 13)
CELL_2 = _style(SANS, 9.5, 13, INK_2)
CELL_HEAD = _style(SANS, 8.5, 12, INK_2)

#: For the record, which has much to say on one page.
GROUP = _style(SANS_STRONG, 9, 12, BRAND)
FACT = _style(SANS, 9, 11.8)
FACT_NAME = _style(SANS, 9, 11.8, INK_2)
SMALL = _style(SANS, 8.5, 11.6)

FOOT = _style(SANS, 8.5, 12, INK_2)
FOOT_STRONG = _style(SANS_STRONG, 8.5, 12)
