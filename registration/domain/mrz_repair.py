"""Repairs the two lines as a machine read them, by what each place may hold.

What reads them confuses "O" and "0", loses a filler of many or takes one for a "K". Where a place
holds only digits or only letters the right one is known; where it may hold both, a check digit
decides, if one answer alone satisfies it. What is then still wrong stays so, and is told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from registration.domain.issuing_codes import CODES
from registration.domain.mrz import (
    ISSUER,
    LENGTH,
    NATIONALITY,
    NUMBER,
    OPTIONAL,
    Check,
    Lines,
    check,
    check_digit,
)
from registration.domain.transliteration import FILLER

#: Signs of any alphabet that a filler was taken for.
_FILLERS = str.maketrans(
    {**dict.fromkeys("＜‹〈《≤くㄑ∠{(（[", FILLER), "«": FILLER * 2, "≪": FILLER * 2}
)
_TO_DIGIT = str.maketrans("OQDUILZSGBTA", "000011256874")
_TO_LETTER = str.maketrans("0125864", "OIZSBGA")
#: Letters that stand where a filler should, among fillers.
_STRAY = "KCLESX4"
#: Signs that are taken for each other where letters and digits both may stand. "G" and "6" are not
#: among them: no check digit tells them apart.
_TWINS = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S", "B": "8", "8": "B"} | {
    "Z": "2",
    "2": "Z",
    "D": "0",
    "Q": "0",
}
_MOST_SWAPS = 2
#: How many signs of a line may be lost or invented, so that it is still taken for one.
_TOLERANCE = 5
#: Of the digits of number, birth, expiry and all, so many must be right in a line that we believe;
#: one less will do where its code is one that there is.
_ENOUGH_RIGHT = 3
# The second line from its number's check digit on; loose, for what is not repaired yet.
# A day or month of birth that nobody knows is written with fillers.
_DIGIT, _BORN, _ANY = "[0-9OQDUILZSGBTA]", "[0-9OQDUILZSGBTA<]", "[A-Z0-9<]"
_CORE = re.compile(f"({_DIGIT}{_ANY}{{3}}{_BORN}{{6}}{_DIGIT})({_ANY})({_DIGIT}{{7}})({_ANY}*)$")
_TAIL = 16


@dataclass(frozen=True)
class FoundLines:
    """Two lines, repaired. is_whole: whether the first one had its 44 signs as it was read; if not,
    a filler was lost or invented, or, which no check digit tells, a letter."""

    lines: Lines
    is_whole: bool

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """The higher, the more speaks for this reading."""
        return sum(self.lines.checks.values()), bool(self.lines.first), self.is_whole

    @property
    def is_sound(self) -> bool:
        """Whether nothing shows that it is wrong."""
        return all(self.lines.checks.values()) and bool(self.lines.first) and self.is_whole


@dataclass(frozen=True)
class _Second:
    text: str
    right: int


def find_lines(texts: Iterable[str]) -> FoundLines | None:
    """Return the two lines among the texts read on a page, repaired; None where there are none.

    texts: line by line, from above. The first line may be missing, the second may not.
    """
    cleaned = [text for text in map(_clean, texts) if len(text) >= LENGTH - 2 * _TOLERANCE]
    found = max(
        ((_repair_second(text), -index) for index, text in enumerate(cleaned)),
        key=lambda each: (each[0].right, each[1]),
        default=None,
    )
    if found is None or not _is_second(found[0]):
        return None
    second = found[0].text
    firsts = {
        first: len(text) == LENGTH
        for text in cleaned
        if (first := _repair_first(text, second[NATIONALITY]))
    }
    first = max(firsts, key=_plausibility, default="")
    lines = Lines(first, _mend_nationality(second, first))
    return FoundLines(lines, firsts.get(first, False))


def _clean(text: str) -> str:
    return re.sub("[^A-Z0-9<]", "", text.upper().translate(_FILLERS))


def _repair_second(text: str) -> _Second:
    """Return the best reading of the text as a second line; with none right if it is none."""
    readings = (_swap_twins(_settle(each)) for each in _align(text))
    found = [_Second(each, _count_right(each)) for each in readings]
    return max(found, key=lambda each: each.right, default=_Second("", 0))


def _align(text: str) -> Iterator[str]:
    """Yield the text with 44 signs: a lost filler of the number or of the optional part is put
    back, what stands before the line or after it is left out."""
    for number_ends in range(7, 9 + _TOLERANCE):
        core = _CORE.match(text, number_ends)
        if core is None:
            continue
        number = text[:number_ends][-9:].ljust(9, FILLER)
        tail = _fit_tail(core[4])
        if tail is not None:
            yield number + core[1] + core[2] + core[3] + tail


def _fit_tail(tail: str) -> str | None:
    """Return optional part and last two digits as 16 signs; None if too much is lost."""
    if abs(len(tail) - _TAIL) > _TOLERANCE:
        return None
    runs = [run.span() for run in re.finditer(f"{FILLER}+", tail[:-1])]
    start, end = max(runs, key=lambda span: span[1] - span[0], default=(len(tail), len(tail)))
    missing = _TAIL - len(tail)
    if missing >= 0:
        return tail[:start] + FILLER * missing + tail[start:]
    return (
        tail[: max(start, end + missing)] + tail[end:] if end - start > -missing else tail[:_TAIL]
    )


def _settle(text: str) -> str:
    """Return the line with digits where only digits, letters where only letters may stand."""
    optional = _clear_strays(text[OPTIONAL])
    digit = text[42] if text[42] == FILLER and optional == FILLER * 14 else _digits(text[42])
    sex = text[20] if text[20] in "MF" else FILLER
    return "".join(
        (
            text[NUMBER],
            _digits(text[9]),
            _mend_code(text[NATIONALITY]),
            _digits(text[13:20]),
            sex,
            _digits(text[21:28]),
            optional,
            digit,
            _digits(text[43]),
        )
    )


def _digits(text: str) -> str:
    return text.translate(_TO_DIGIT)


def _swap_twins(line: str) -> str:
    """Return the line with number and optional part in the only spelling that their digits allow;
    unchanged where they hold, or where several would do."""
    number = _respell(line[NUMBER], line[9])
    line = number + line[9:]
    return line[:28] + _respell(line[OPTIONAL], line[42]) + line[42:]


def _respell(text: str, digit: str) -> str:
    if check_digit(text) == digit or digit == FILLER:
        return text
    places = [at for at, sign in enumerate(text) if sign in _TWINS]
    for swaps in range(1, _MOST_SWAPS + 1):
        fitting = [
            spelling
            for chosen in combinations(places, swaps)
            if check_digit(spelling := _swap(text, chosen)) == digit
        ]
        if fitting:
            return fitting[0] if len(fitting) == 1 else text
    return text


def _swap(text: str, places: tuple[int, ...]) -> str:
    return "".join(_TWINS[sign] if at in places else sign for at, sign in enumerate(text))


def _count_right(line: str) -> int:
    """Return how many check digits are right, the one of the optional part aside, which mostly is
    not there; a date whose month is none counts for nothing."""
    right = check(line)
    return sum(
        (
            right[Check.NUMBER],
            right[Check.BIRTH] and line[15:17] <= "12" and line[15:17] != "00",
            right[Check.EXPIRY] and "01" <= line[23:25] <= "12",
            right[Check.OVERALL],
        )
    )


def _is_second(found: _Second) -> bool:
    needed = _ENOUGH_RIGHT - (1 if _is_code(found.text[NATIONALITY]) else 0)
    return found.right >= needed


def _repair_first(text: str, nationality: str) -> str:
    """Return the text as a first line of 44 signs; empty if it is none.

    nationality: of the second line; mostly the issuer's, and so a help in reading it.
    """
    letters = text.translate(_TO_LETTER)
    start = letters.find("P")
    if not 0 <= start <= _TOLERANCE or FILLER not in letters:
        return ""
    letters = letters[start:]
    if letters[ISSUER].rstrip(FILLER) not in CODES and _is_code(letters[1:4]):
        letters = f"P{FILLER}{letters[1:]}"  # its filler got lost
    issuer = _mend_code(letters[ISSUER])
    if not _is_code(issuer) and _differ(issuer, nationality) == 1:
        issuer = nationality
    kind = FILLER if letters[1] in "KC" else letters[1]
    return f"P{kind}{issuer}{_clear_end(letters[5:])}"[:LENGTH].ljust(LENGTH, FILLER)


def _clear_end(names: str) -> str:
    """Return the names without what was read into the fillers behind them."""
    for run in re.finditer(f"{FILLER}{{2,}}", names):
        rest = names[run.end() :]
        is_end = len(run[0]) > 2 or FILLER * 2 in names[: run.start()]
        if is_end and rest.count(FILLER) >= len(rest) / 2 and not rest.strip(FILLER + _STRAY):
            return names[: run.start()]
    return names


def _clear_strays(text: str) -> str:
    return re.sub(f"(?<={FILLER}{{2}})[{_STRAY}](?={FILLER}{{2}})", FILLER, text)


def _plausibility(first: str) -> tuple[bool, bool, int]:
    return _is_code(first[ISSUER]), FILLER * 2 in first.rstrip(FILLER), first.count(FILLER)


def _mend_code(code: str) -> str:
    """Return a code of three signs as letters, and as one that there is where that is certain."""
    letters = code.translate(_TO_LETTER)
    if _is_code(letters):
        return letters
    alike = {
        spelling
        for at, sign in enumerate(letters)
        for other in _LOOKALIKES.get(sign, "")
        if _is_code(spelling := letters[:at] + other + letters[at + 1 :])
    }
    return alike.pop() if len(alike) == 1 else letters


#: Letters that are taken for each other in a code.
_LOOKALIKES = {"O": "DQ", "D": "O", "Q": "O", "I": "LJT", "L": "I", "K": "<", "C": "<G", "G": "C"}


def _is_code(code: str) -> bool:
    return code.rstrip(FILLER) in CODES


def _mend_nationality(second: str, first: str) -> str:
    nationality, issuer = second[NATIONALITY], first[ISSUER]
    if not _is_code(nationality) and _is_code(issuer) and _differ(nationality, issuer) == 1:
        return second[:10] + issuer + second[13:]
    return second


def _differ(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
