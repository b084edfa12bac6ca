"""An invented passport page for rehearsals and tests: no State issues UTO, and it says SPECIMEN.

It lies here because it is drawn with the letters' fonts, and because commands and tests both need
it; no page of the site does.
"""

import io
import math
from datetime import date
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from registration.domain.mrz import write_lines
from registration.letters.fonts import SANS, SANS_STRONG, Cut, font_file

#: The code that ICAO keeps for specimens ("Utopia").
ISSUER = "UTO"
# 125 x 88 mm, as a passport's page is, at some 250 dots an inch.
_SIZE = (1240, 872)
_PAPER, _WAVE, _STRIP = "#E7EBEE", "#D3DBE1", "#F6F7FA"
_INK, _LABEL, _STAMP = "#3A3D50", "#6F7183", (196, 92, 118, 90)
_PHOTO, _PERSON = "#C6CFD6", "#A6B0BA"
_STRIP_TOP = 652
_JPEG_QUALITY = 88


def draw_specimen_passport(
    *,
    given_names: str,
    surnames: str,
    number: str,
    born: date,
    sex: str,
    issued: date,
    expires: date,
) -> bytes:
    """Return the page as JPEG. number: at most nine of A-Z and 0-9. sex: F, M or X.

    Its lines and their check digits are those of a page of these data; same data, same bytes.
    """
    page = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(page)
    _draw_waves(draw)
    _draw_photo(draw)
    draw.text((54, 44), "PASAPORTE · PASSPORT", _INK, _font(SANS_STRONG, 36))
    draw.text((1186, 44), f"{ISSUER} · SPECIMEN", _INK, _font(SANS_STRONG, 36), anchor="ra")
    for left, top, label, value in (
        (430, 140, "Tipo / Type", "P"),
        (604, 140, "País / Country", ISSUER),
        (860, 140, "Pasaporte n.º / Passport No.", number),
        (430, 236, "Apellidos / Surname", surnames.upper()),
        (430, 332, "Nombres / Given names", given_names.upper()),
        (430, 428, "Nacionalidad / Nationality", "UTOPIANA"),
        (860, 428, "Nacimiento / Date of birth", f"{born:%d %m %Y}"),
        (430, 524, "Sexo / Sex", sex),
        (604, 524, "Expedición / Issued", f"{issued:%d %m %Y}"),
        (860, 524, "Vencimiento / Expires", f"{expires:%d %m %Y}"),
    ):
        draw.text((left, top), label, _LABEL, _font(SANS, 22))
        draw.text((left, top + 30), value, _INK, _fitting(value, 1220 - left))
    draw.rectangle((0, _STRIP_TOP, *_SIZE), _STRIP)
    lines = write_lines(
        issuer=ISSUER,
        surnames=surnames,
        given_names=given_names,
        number=number,
        born=born,
        sex=sex,
        expires=expires,
    )
    for index, line in enumerate(lines):
        _draw_line(draw, line, _STRIP_TOP + 74 + 78 * index)
    return _to_jpeg(_stamp(page))


@cache
def _font(cut: Cut, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout: the other one is there on some machines only, and sets letters elsewhere.
    return ImageFont.truetype(str(font_file(cut)), size, layout_engine=ImageFont.Layout.BASIC)


def _fitting(text: str, width: int) -> ImageFont.FreeTypeFont:
    """Return the largest of three sizes in which the text fits; the last one in any case."""
    sizes = [_font(SANS_STRONG, size) for size in (36, 27, 19)]
    return next((font for font in sizes if font.getlength(text) <= width), sizes[-1])


def _draw_waves(draw: ImageDraw.ImageDraw) -> None:
    for row in range(-40, _STRIP_TOP + 40, 46):
        wave = [(x, row + 22 * math.sin(x / 95 + row / 60)) for x in range(0, _SIZE[0] + 8, 8)]
        draw.line(wave, _WAVE, 2)


def _draw_photo(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((54, 130, 374, 546), 8, _PHOTO)
    draw.ellipse((142, 208, 286, 352), _PERSON)
    draw.pieslice((88, 390, 340, 702), 180, 360, _PERSON)


def _draw_line(draw: ImageDraw.ImageDraw, line: str, middle: int) -> None:
    """Draw one of the two lines on a fixed pitch; the cuts hold no font of one width."""
    pitch = (_SIZE[0] - 100) / len(line)
    for index, character in enumerate(line):
        at = (50 + pitch * (index + 0.5), middle)
        draw.text(at, character, _INK, _font(SANS, 34), anchor="mm")


def _stamp(page: Image.Image) -> Image.Image:
    """Return the page with SPECIMEN across it, above everything but the lines."""
    layer = Image.new("RGBA", (900, 200), (255, 255, 255, 0))
    ImageDraw.Draw(layer).text((450, 100), "SPECIMEN", _STAMP, _font(SANS_STRONG, 160), anchor="mm")
    turned = layer.rotate(18, Image.Resampling.BICUBIC, expand=True)
    stamped = page.convert("RGBA")
    stamped.alpha_composite(turned, (250, 170))
    return stamped.convert("RGB")


def _to_jpeg(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=_JPEG_QUALITY, dpi=(252, 252))
    return out.getvalue()
