"""The cuts as ReportLab knows them, and what to paint for each character.

No character of a text is lost and none raises. In this order a character is painted
1. as the font has it;
2. as its base letter with its marks, each at the place the font's designer gave it (g̃, ḿ, ọ́): PDF
   writers without shaping put the mark at the wrong place, and with it they change the text;
3. from the other family;
4. as its number, "[U+738B]", its own text kept under it for readers, copying and search.
Forms take nothing that would be painted as its number (`domain.alphabets`), so it is seen only
where somebody else wrote: the browser's own name in a record, an old entry. No box is ever drawn.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from registration.letters.fonts import (
    SANS,
    SANS_STRONG,
    SERIF,
    SERIF_STRONG,
    Cut,
    anchor_file,
    font_file,
)

_OTHER = {SERIF: SANS, SERIF_STRONG: SANS_STRONG, SANS: SERIF, SANS_STRONG: SERIF_STRONG}
# Painted alike, another character in the text: hyphens, quotes and spaces that the cuts lack.
_ALIKE = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "–",
    "\u2015": "—",
    "\u02bb": "‘",
    "\u02bc": "’",
    "\ua78c": "'",  # the saltillo of Mexico's languages, small and capital
    "\ua78b": "'",
}
# Barred letters of the region's languages that the cuts lack: a letter, a bar across it, and how
# much higher than a dash the bar stands, in thousandths of the size.
_BARRED: dict[str, tuple[str, str, float]] = {
    "ɨ": ("i", "-", 0),
    "Ɨ": ("I", "-", 90),
    "ƚ": ("l", "-", 90),
    "ʉ": ("u", "–", 0),
    "Ʉ": ("U", "–", 90),
}
_DOTLESS = {"i": "ı", "j": "ȷ"}
_ABOVE = 230  # Unicode's combining class of marks above the letter
_STACK = 190  # how much higher a second mark above stands, in thousandths of the size


@dataclass(frozen=True)
class Stroke:
    """One painting of a glyph: its character, and how far from the origin, in thousandths."""

    text: str
    right: float = 0
    up: float = 0


@dataclass(frozen=True)
class Piece:
    """Text that is painted in one go.

    strokes: what is painted. More than one, or another text than `text`: the text must be told.
    advance: its width in thousandths of the size.
    """

    text: str
    cut: Cut
    advance: float
    strokes: tuple[Stroke, ...]

    @property
    def plain(self) -> bool:
        """Return whether what is painted is the text itself."""
        return len(self.strokes) == 1 and self.strokes[0].text == self.text


class Face:
    """A cut that is registered with ReportLab."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        font = TTFont(cut.name, str(font_file(cut)))
        registerFont(font)
        self._widths: dict[int, float] = font.face.charWidths
        self._known = frozenset(font.face.charToGlyph)
        anchors = json.loads(anchor_file(cut).read_text(encoding="utf-8"))
        self._marks: dict[str, list[tuple[str, float, float]]] = anchors["marks"]
        self._bases: dict[str, dict[str, tuple[float, float]]] = anchors["bases"]

    def has(self, text: str) -> bool:
        return all(ord(each) in self._known for each in text)

    def width(self, text: str) -> float:
        """Return the width in thousandths of the size. text: of characters that the face has."""
        return sum(self._widths[ord(each)] for each in text)

    def compose(self, cluster: str) -> tuple[Stroke, ...] | None:
        """Return the strokes of a letter with marks, or None where a part of it is missing."""
        parts = _decompose(cluster, self)
        marks = parts[1:]
        base, bar, up = _BARRED.get(parts[0], (parts[0], "", 0))
        if unicodedata.combining(base) or not self.has(base + bar + marks):
            return None
        above = [each for each in marks if unicodedata.combining(each) == _ABOVE]
        painted = _DOTLESS.get(base, base) if above and self.has(_DOTLESS.get(base, base)) else base
        strokes = [Stroke(painted)]
        if bar:
            strokes.append(Stroke(bar, (self.width(painted) - self.width(bar)) / 2, up))
        for index, mark in enumerate(marks):
            right, up = self._place(painted, mark)
            lower = [each for each in marks[:index] if each in above and mark in above]
            strokes.append(Stroke(mark, right, up + _STACK * len(lower)))
        return tuple(strokes)

    def _place(self, base: str, mark: str) -> tuple[float, float]:
        """Return how far right and up the mark is painted so that its anchor meets the base's."""
        for name, x, y in self._marks.get(mark, ()):
            if name in self._bases.get(base, {}):
                at = self._bases[base][name]
                return at[0] - x, at[1] - y
        return self._place_by_eye(base, mark)

    def _place_by_eye(self, base: str, mark: str) -> tuple[float, float]:
        """Return the place on a base without an anchor: its middle, as high as on H or x."""
        middle = self.width(base) / 2
        model = self._bases.get("H" if base.isupper() else "x", {})
        for name, x, y in self._marks.get(mark, ()):
            if name in model:
                return middle - x, model[name][1] - y
        return middle, 0.0


@cache
def get_face(cut: Cut) -> Face:
    """Return the cut's face. Raises LookupError where the cuts were not made."""
    if not font_file(cut).exists():
        raise LookupError(f"no font at {font_file(cut)}; run make setup")
    return Face(cut)


@lru_cache(maxsize=4096)
def cut_pieces(text: str, cut: Cut) -> tuple[Piece, ...]:
    """Return the text in pieces, in order; their texts joined are the text. text: NFC."""
    face = get_face(cut)
    pieces: list[Piece] = []
    plain = ""
    for cluster in _list_clusters(text):
        if len(cluster) == 1 and face.has(cluster):
            plain += cluster
            continue
        if plain:
            pieces.append(_plain(plain, face))
            plain = ""
        pieces += _pieces(cluster, face)
    if plain:
        pieces.append(_plain(plain, face))
    return tuple(pieces)


def join_pieces(pieces: Sequence[Piece]) -> Piece | None:
    """Return neighbours of one cut as one piece; None where they are not all plain, or where a
    mark would meet a letter that it was parted from."""
    texts = [each.text for each in pieces]
    is_parted = any(unicodedata.combining(text[0]) for text in texts[1:])
    if is_parted or not all(each.plain for each in pieces):
        return None
    text = "".join(texts)
    return Piece(text, pieces[0].cut, sum(each.advance for each in pieces), (Stroke(text),))


def list_numbered(text: str) -> tuple[str, ...]:
    """Return the characters that papers can only show as their numbers, each once, in order."""
    found = [piece.text for piece in cut_pieces(text, SERIF) if _is_number(piece)]
    return tuple(dict.fromkeys(found))


def _pieces(cluster: str, face: Face) -> list[Piece]:
    for each in (face, get_face(_OTHER[face.cut])):
        if len(cluster) == 1 and each.has(cluster):
            return [_plain(cluster, each)]
        strokes = _strokes(cluster, each)
        if strokes:
            return [Piece(cluster, each.cut, each.width(strokes[0].text), strokes)]
    if cluster.isspace():
        return [Piece(cluster, face.cut, face.width(" "), (Stroke(" "),))]
    if len(cluster) > 1:  # a known letter is not lost for a mark that is not known
        return [piece for each in cluster for piece in _pieces(each, face)]
    number = _number(cluster)
    return [Piece(cluster, face.cut, face.width(number), (Stroke(number),))]


def _number(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _is_number(piece: Piece) -> bool:
    return piece.strokes[0].text == _number(piece.text[0])


def _strokes(cluster: str, face: Face) -> tuple[Stroke, ...] | None:
    alike = _ALIKE.get(cluster)
    return (Stroke(alike),) if alike and face.has(alike) else face.compose(cluster)


def _plain(text: str, face: Face) -> Piece:
    return Piece(text, face.cut, face.width(text), (Stroke(text),))


def _decompose(cluster: str, face: Face) -> str:
    """Return base and marks; as few marks as the face needs: ọ́ is ọ and a mark where it has ọ."""
    composed = unicodedata.normalize("NFC", cluster)
    if face.has(composed) and len(composed) > 1:
        return composed
    return unicodedata.normalize("NFD", cluster)


def _list_clusters(text: str) -> Iterator[str]:
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not unicodedata.combining(text[index]):
            if text[start:index]:
                yield text[start:index]
            start = index
