"""Invented passport pages, worn in the ways in which people's copies are, from a seed."""

import io
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from registration.domain.mrz import Lines, write_lines
from registration.letters.specimen import draw_specimen_passport

#: Faces of one width for the two lines, the best first: passports have OCR-B (Debian's
#: fonts-ocr-b). PASSPORT_FACE names another file.
_FACES = ("OCRB.otf", "DejaVuSansMono.ttf", "LiberationMono-Regular.ttf")
_ISSUED, _EXPIRES = date(2019, 5, 3), date(2029, 5, 2)
_STRIP = (0, 652, 1240, 872)
# 44 signs of 2.54 mm on a page of 125 mm, drawn 1240 pixels wide.
_PITCH = 25.2


@dataclass(frozen=True)
class Holder:
    """Somebody who does not exist."""

    surnames: str
    given_names: str
    number: str
    born: date
    sex: str


PEOPLE = (
    Holder("Morales Vargas", "Ana Lucía", "X12345678", date(1984, 8, 12), "F"),
    Holder("Núñez Güell", "Íñigo", "G40616230", date(1991, 1, 30), "M"),
    Holder("de la Cruz Peña", "María de los Ángeles", "B8S5Z2O0", date(1969, 11, 2), "F"),
    Holder("O'Brien-Đặng", "Æsa", "AB1234567", date(1975, 3, 9), "F"),
    Holder("Suharto", "", "C7654321", date(1958, 6, 21), "M"),
    Holder("Y", "Li", "E00012345", date(2001, 12, 31), "X"),
    Holder("Villavicencio Etcheverría", "Maximiliano José", "000123456", date(1980, 2, 29), "M"),
    Holder("Papadopoulos-Schwarzenberger", "Konstantin Io", "L898902C3", date(1974, 8, 1), "M"),
    Holder("Quiñónez Xicoténcatl", "Zoila", "GG6G66G6G", date(1988, 10, 8), "F"),
    Holder("Ixchel Tzul", "Lol Il", "I1O0I1O0I", date(1999, 9, 19), "F"),
)  # fmt: skip


def lines_of(holder: Holder) -> Lines:
    """Return what stands at the foot of the holder's page."""
    return Lines(
        *write_lines(
            issuer="UTO",
            surnames=holder.surnames,
            given_names=holder.given_names,
            number=holder.number,
            born=holder.born,
            sex=holder.sex,
            expires=_EXPIRES,
        )
    )


def draw_page(holder: Holder) -> Image.Image:
    """Return the page as a good scanner sees it, its lines in a face of one width."""
    data = draw_specimen_passport(
        given_names=holder.given_names,
        surnames=holder.surnames,
        number=holder.number,
        born=holder.born,
        sex=holder.sex,
        issued=_ISSUED,
        expires=_EXPIRES,
    )
    page = Image.open(io.BytesIO(data)).convert("RGB")
    draw = ImageDraw.Draw(page)
    draw.rectangle(_STRIP, "#F6F7FA")
    lines = lines_of(holder)
    for line, middle in ((lines.first, 726), (lines.second, 804)):
        for index, sign in enumerate(line):
            at = (66 + _PITCH * (index + 0.5), middle)
            draw.text(at, sign, "#23252F", _face(), anchor="mm")
    return page


def name_of_face() -> str:
    """Return the name of the face in which the two lines are drawn."""
    return " ".join(_face().getname())


Wear = Callable[[Image.Image, random.Random], Image.Image]


def leave(page: Image.Image, _chance: random.Random) -> Image.Image:
    return page


def turn(degrees: int) -> Wear:
    return lambda page, _chance: page.rotate(degrees, expand=True)


def tilt(degrees: float) -> Wear:
    """Lay the page askew on a table, to either side."""

    def wear(page: Image.Image, chance: random.Random) -> Image.Image:
        angle = degrees * chance.choice((-1, 1))
        return page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="#8A8078")

    return wear


def blur(page: Image.Image, chance: random.Random) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(chance.uniform(1.5, 3)))


def add_noise(page: Image.Image, chance: random.Random) -> Image.Image:
    grain = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.6)).convert("RGB")
    return Image.blend(page, grain, chance.uniform(0.25, 0.45))


def photograph(page: Image.Image, chance: random.Random) -> Image.Image:
    """Show the page from an angle: its far edge up to a sixth shorter, on a table, out of focus."""
    table = Image.new("RGB", (page.width + 300, page.height + 300), "#6E6258")
    table.paste(page, (150, 150))
    width, height = table.size
    inset, fall = chance.uniform(0.03, 0.09) * width, chance.uniform(-0.05, 0.05) * height
    corners = (-inset, fall, inset / 2, height, width - inset / 2, height - fall, width + inset, 0)
    seen = table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    return seen.filter(ImageFilter.GaussianBlur(0.8))


def add_glare(page: Image.Image, chance: random.Random) -> Image.Image:
    """Let a lamp shine on the plastic: a white spot, soft at its edge, on the two lines."""
    spot = Image.new("L", page.size, 0)
    x, y = chance.uniform(200, 1040), chance.uniform(700, 830)
    ImageDraw.Draw(spot).ellipse((x - 150, y - 60, x + 150, y + 60), 225)
    spot = spot.filter(ImageFilter.GaussianBlur(30))
    return Image.composite(Image.new("RGB", page.size, "white"), page, spot)


def shrink(page: Image.Image, chance: random.Random) -> Image.Image:
    """Make it 90 to 150 dots an inch: 440 to 740 pixels wide."""
    width = chance.randint(440, 740)
    return page.resize((width, round(page.height * width / page.width)), Image.Resampling.LANCZOS)


def compress(page: Image.Image, chance: random.Random) -> Image.Image:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=chance.randint(15, 40))
    return Image.open(out).convert("RGB")


def lay_on_scanner(page: Image.Image, chance: random.Random) -> Image.Image:
    """Put it somewhere on a sheet of A4, scanned at 150 dots an inch."""
    small = page.resize((738, 519), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (1240, 1754), "white")
    sheet.paste(small, (chance.randint(20, 480), chance.randint(20, 1200)))
    return sheet


WEARS: dict[str, Wear] = {
    "clean": leave,
    "turned by 90°": turn(90),
    "turned by 180°": turn(180),
    "turned by 270°": turn(270),
    "tilted by 3°": tilt(3),
    "tilted by 8°": tilt(8),
    "blurred": blur,
    "grainy": add_noise,
    "from an angle": photograph,
    "glare on the lines": add_glare,
    "90 to 150 dpi": shrink,
    "JPEG quality 15 to 40": compress,
    "on A4, 150 dpi": lay_on_scanner,
}


def to_jpeg(page: Image.Image, quality: int = 85) -> bytes:
    """Return the page as a file that somebody sends."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return out.getvalue()


@cache
def _face() -> ImageFont.FreeTypeFont:
    named = os.environ.get("PASSPORT_FACE")
    installed = {path.name: path for path in Path("/usr/share/fonts").rglob("*.[ot]tf")}
    path = named or next(installed[name] for name in _FACES if name in installed)
    size = next(size for size in range(60, 10, -1) if _width(path, size) <= _PITCH)
    return ImageFont.truetype(str(path), size)


def _width(path: str | Path, size: int) -> float:
    return ImageFont.truetype(str(path), size).getlength("0")
