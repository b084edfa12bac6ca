"""The letters' fonts: static cuts of installed variable fonts, made once at set-up.

`python -m registration.letters.fonts` writes them; `make setup` calls it. ReportLab draws a
variable font at its default weight only, and a page wants two weights of each family.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

#: Beside the code like the compiled catalogs: the cuts are made from packages and hold no data, so
#: they belong neither to DATA_DIR (backed up) nor to static/ (served). Git ignores the folder.
FOLDER = Path(__file__).parents[2] / "var" / "fonts"

#: Latin with all its extensions, modifier letters, combining marks, Greek, Cyrillic, punctuation,
#: currency, letterlike signs, arrows. The families hold fewer; `typefaces` says what becomes of the
#: others, and `domain.alphabets` which of them forms take.
KEPT = (
    range(0x20, 0x7F),
    range(0xA0, 0x500),
    range(0x1E00, 0x1F00),
    range(0x2000, 0x2070),
    range(0x20A0, 0x20C1),
    range(0x2100, 0x2150),
    range(0x2190, 0x2194),
    (0x25CC, 0xFB01, 0xFB02),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Cut:
    """One static font, one of those below. axes: where each axis of the variable font is held.

    name: the PostScript name. Two cuts of one name would be embedded as one font.
    """

    name: str
    family: str
    style: str
    package: str
    file: str
    axes: tuple[tuple[str, float], ...]


_LITERATA = ("fontpkg-literata", "Literata[opsz,wght].ttf")
_ASAP = ("fontpkg-asap", "Asap[wdth,wght].ttf")


def _cut(family: str, style: str, source: tuple[str, str], **axes: float) -> Cut:
    return Cut(
        name=f"{family.replace(' ', '')}-{style}",
        family=family,
        style=style,
        package=source[0],
        file=source[1],
        axes=tuple(axes.items()),
    )


# Literata's optical size is that of the body (11 pt): the letter sets nothing large in it.
SERIF = _cut("Letter Serif", "Regular", _LITERATA, opsz=11, wght=400)
SERIF_STRONG = _cut("Letter Serif", "SemiBold", _LITERATA, opsz=11, wght=620)
SANS = _cut("Letter Sans", "Regular", _ASAP, wdth=100, wght=400)
SANS_STRONG = _cut("Letter Sans", "SemiBold", _ASAP, wdth=100, wght=620)
CUTS = (SERIF, SERIF_STRONG, SANS, SANS_STRONG)


def font_file(cut: Cut, folder: Path = FOLDER) -> Path:
    """Return where the cut lies (or would lie)."""
    return folder / f"{cut.name}.ttf"


def anchor_file(cut: Cut, folder: Path = FOLDER) -> Path:
    """Return where the places of the cut's combining marks lie."""
    return folder / f"{cut.name}.json"


def cut_fonts(folder: Path = FOLDER) -> list[Path]:
    """Write all cuts into the folder and return their files. The same bytes on every machine.

    Raises LookupError where a font package is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(cut, folder) for cut in CUTS]


def _write(cut: Cut, folder: Path) -> Path:
    # recalcTimestamp=False: else the hour of the set-up stands in the font, and in each letter.
    font = TTFont(_installed(cut), recalcTimestamp=False)
    _keep_characters(font)
    instantiateVariableFont(font, dict(cut.axes), inplace=True)
    anchors = json.dumps(_list_anchors(font), separators=(",", ":"), sort_keys=True)
    for table in ("GPOS", "GSUB", "GDEF", "STAT"):  # letters are drawn without shaping
        if table in font:
            del font[table]
    _rename(font, cut)
    # The font comes last: where it lies, its anchors do too.
    anchor_file(cut, folder).write_text(anchors, encoding="utf-8")
    path = font_file(cut, folder)
    font.save(path)
    return path


def _installed(cut: Cut) -> Path:
    for each in files(cut.package) or ():
        if each.name == cut.file:
            return Path(str(each.locate()))
    raise LookupError(f"{cut.file} is not in the installed package {cut.package}")


def _keep_characters(font: TTFont) -> None:
    options = Options(
        layout_features=["mark"],
        name_IDs=["*"],
        notdef_outline=True,
        hinting=False,
        glyph_names=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for part in KEPT for code in part])
    subsetter.subset(font)


def _rename(font: TTFont, cut: Cut) -> None:
    names = font["name"]
    names.names = [each for each in names.names if each.nameID in (0, 13, 14)]
    full = f"{cut.family} {cut.style}"
    for number, text in {1: full, 2: "Regular", 3: cut.name, 4: full, 6: cut.name}.items():
        names.setName(text, number, 3, 1, 0x409)


def _list_anchors(font: TTFont) -> dict[str, dict[str, Any]]:
    """Return where marks sit: {"marks": {character: [[class, x, y], ...]}, "bases": {character:
    {class: [x, y]}}}, in units of the font. A class is "<subtable>.<class>"."""
    characters = {
        glyph: chr(code) for code, glyph in sorted(font.getBestCmap().items(), reverse=True)
    }
    marks: dict[str, list[list[Any]]] = {}
    bases: dict[str, dict[str, list[int]]] = {}
    for index, table in enumerate(_mark_tables(font)):
        records = table.MarkArray.MarkRecord
        for glyph, record in zip(table.MarkCoverage.glyphs, records, strict=True):
            if glyph in characters:
                at = record.MarkAnchor
                place = [f"{index}.{record.Class}", at.XCoordinate, at.YCoordinate]
                marks.setdefault(characters[glyph], []).append(place)
        for glyph, base in zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True):
            for number, at in enumerate(base.BaseAnchor):
                if at is not None and glyph in characters:
                    place = [at.XCoordinate, at.YCoordinate]
                    bases.setdefault(characters[glyph], {})[f"{index}.{number}"] = place
    return {"marks": marks, "bases": bases}


def _mark_tables(font: TTFont) -> Iterator[Any]:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            found = table.ExtSubTable if lookup.LookupType == 9 else table
            if type(found).__name__ == "MarkBasePos":
                yield found


if __name__ == "__main__":
    for written in cut_fonts(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(written)
