"""Text into lines: what stands on which line, and where. Nothing here paints.

Text comes in as it was typed and is never read as markup: no character of it has a meaning here but
the space, at which a line may break. All lengths are in points.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from registration.letters.fonts import Cut
from registration.letters.typefaces import Piece, cut_pieces, join_pieces


@dataclass(frozen=True, kw_only=True, eq=False)
class Style:
    """How text is set. leading: from one base line to the next. colour: "#1B1C2E".

    One of `styles`, and itself alone: comparing styles field by field costs more than a line does.
    """

    cut: Cut
    size: float
    leading: float
    colour: str


@dataclass(frozen=True)
class Span:
    """A stretch of text in one style; link: where it leads."""

    text: str
    style: Style
    link: str | None = None


@dataclass(frozen=True)
class Fragment:
    """A piece of text on a line. left: its distance from the line's start."""

    piece: Piece
    style: Style
    link: str | None
    left: float = 0.0

    @property
    def width(self) -> float:
        return self.piece.advance * self.style.size / 1000


@dataclass(frozen=True)
class Line:
    """One line. at_space: whether it ends where the text has a space, which is not painted."""

    fragments: tuple[Fragment, ...]
    width: float
    at_space: bool


#: A word or address that is longer than a line is broken behind one of these where it can be.
_GOOD_ENDS = "/-–—.@_"

_Word = list[Fragment]


def break_lines(spans: Iterable[Span], width: float) -> tuple[Line, ...]:
    """Return the lines of at most `width`, ragged right. A word longer than a line is broken."""
    return _break(tuple(spans), width)


# What every letter of a meeting says, its agenda above all, is broken once and not once a letter.
@lru_cache(maxsize=512)
def _break(spans: tuple[Span, ...], width: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    current: _Word = []
    used = 0.0
    for word, space in _list_words(spans):
        glue = [space] if space is not None and current else []
        added = _width(glue) + _width(word)
        if used + added <= width:
            current += glue + word
            used += added
            continue
        if current:
            lines.append(_line(current, at_space=bool(glue)))
        *full, current = _break_word(word, width)
        used = _width(current)
        lines += [_line(each, at_space=False) for each in full]
    if current:
        lines.append(_line(current, at_space=False))
    return tuple(lines)


def text_width(spans: Iterable[Span]) -> float:
    """Return the width of the spans on one line."""
    return sum(
        piece.advance * span.style.size / 1000
        for span in spans
        for piece in cut_pieces(span.text, span.style.cut)
    )


def _list_words(spans: Iterable[Span]) -> list[tuple[_Word, Fragment | None]]:
    """Return each word with the space before it (None: nothing stands between it and the last)."""
    words: list[tuple[_Word, Fragment | None]] = [([], None)]
    for span in spans:
        for index, part in enumerate(span.text.split(" ")):
            if index:
                words.append(([], _fragments(" ", span)[0]))
            words[-1][0].extend(_fragments(part, span))
    return [(word, space) for word, space in words if word]


def _fragments(text: str, span: Span) -> _Word:
    return [Fragment(piece, span.style, span.link) for piece in cut_pieces(text, span.style.cut)]


def _width(word: _Word) -> float:
    return sum(each.width for each in word)


def _break_word(word: _Word, width: float) -> list[_Word]:
    """Return the word in parts that fit, cut between characters, behind a "/" where one is near."""
    parts: list[_Word] = [[]]
    for each in _list_characters(word):
        if parts[-1] and _width(parts[-1]) + each.width > width:
            parts.append(_take_tail(parts[-1]))
        parts[-1].append(each)
    return parts


def _take_tail(part: _Word) -> _Word:
    """Return what stands behind the last good end in the second half of the part, taken from it."""
    for index in range(len(part) - 1, len(part) // 2, -1):
        if part[index].piece.text in _GOOD_ENDS:
            tail = part[index + 1 :]
            del part[index + 1 :]
            return tail
    return []


def _list_characters(word: _Word) -> _Word:
    return [
        replace(fragment, piece=piece)
        for fragment in word
        for character in (fragment.piece.text if fragment.piece.plain else [fragment.piece.text])
        for piece in cut_pieces(character, fragment.piece.cut)
    ]


def _line(word: _Word, *, at_space: bool) -> Line:
    placed: list[Fragment] = []
    left = 0.0
    for each in _join(word):
        placed.append(Fragment(each.piece, each.style, each.link, left))
        left += each.width
    return Line(tuple(placed), left, at_space)


def _join(word: _Word) -> _Word:
    """Return the fragments with neighbours of one kind made one: they are painted in one go."""
    joined: _Word = []
    for _, group in groupby(word, _kind):
        run = list(group)
        piece = join_pieces([each.piece for each in run]) if len(run) > 1 else run[0].piece
        joined += run if piece is None else [Fragment(piece, run[0].style, run[0].link)]
    return joined


def _kind(fragment: Fragment) -> tuple[Cut, Style, str | None, bool]:
    return fragment.piece.cut, fragment.style, fragment.link, fragment.piece.plain
