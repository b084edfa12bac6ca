"""The fonts of the pages: Latin cuts of installed variable fonts, as WOFF2.

`python -m registration.web.fonts` writes them into `static/fonts/`; `make setup` calls it.
"""

import sys
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).parents[2] / "static" / "fonts"

#: Latin with its extensions (a delegate may be called Şahin, Nguyễn or Łukasz), combining marks,
#: punctuation, and the few signs of the pages.
LATIN = (
    range(0x20, 0x7F),
    range(0xA0, 0x250),
    range(0x2BB, 0x2DE),
    range(0x300, 0x334),
    range(0x1E00, 0x1F00),
    range(0x2010, 0x2028),
    (0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122, 0x2212),
)
#: Kerning, ligatures, where marks sit, local forms, and figures of one width.
FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum"]


@dataclass(frozen=True, kw_only=True)
class WebFont:
    """One file of the pages. axes: where an axis is held, or between which ends it stays."""

    name: str
    package: str
    source: str
    axes: dict[str, float | tuple[float, float]]


WEB_FONTS = (
    # An optical size between that of titles and of running text: both ends would double the file.
    WebFont(
        name="literata.woff2",
        package="fontpkg-literata",
        source="Literata[opsz,wght].ttf",
        axes={"opsz": 24, "wght": (400, 700)},
    ),
    WebFont(
        name="asap.woff2",
        package="fontpkg-asap",
        source="Asap[wdth,wght].ttf",
        axes={"wdth": 100, "wght": (400, 700)},
    ),
)


def cut_web_fonts(folder: Path = FOLDER) -> list[Path]:
    """Write the fonts, each with its licence beside it, and return the fonts' files.

    Raises LookupError where a font package is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_cut(font, folder) for font in WEB_FONTS]


def _cut(font: WebFont, folder: Path) -> Path:
    path = folder / font.name
    # Without the hour of the set-up in it, the file is the same wherever it is made.
    cut = TTFont(_find_installed(font.package, font.source), recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False))
    subsetter.populate(unicodes=[code for part in LATIN for code in part])
    subsetter.subset(cut)
    instantiateVariableFont(cut, font.axes, inplace=True)
    cut.flavor = "woff2"
    cut.save(path)
    licence = _find_installed(font.package, "LICENSE").read_text(encoding="utf-8")
    path.with_suffix(".licence.txt").write_text(licence, encoding="utf-8")
    return path


def _find_installed(package: str, name: str) -> Path:
    for each in files(package) or ():
        if each.name == name:
            return Path(str(each.locate()))
    raise LookupError(f"{name} is not in the installed package {package}")


if __name__ == "__main__":
    for written in cut_web_fonts(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(written)
