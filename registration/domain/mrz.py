"""The two lines at the foot of a passport: ICAO Doc 9303-4, a page of size TD3. Written and read.

Only the second line has check digits. They are sums modulo ten, so they see no exchange of two
signs whose values lie ten apart: a "G" read as "6" passes, and whoever judges must look.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registration.domain.transliteration import FILLER, write_name

LENGTH = 44
#: The part of the first line that holds the names.
NAMES = slice(5, 44)
ISSUER = slice(2, 5)
NUMBER, NATIONALITY, BORN = slice(0, 9), slice(10, 13), slice(13, 19)
SEX, EXPIRES, OPTIONAL = 20, slice(21, 27), slice(28, 42)
_WEIGHTS = (7, 3, 1)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: No passport is valid for so long that a year of two digits could mean another century.
_HALF_A_CENTURY = 50


class Check(StrEnum):
    """One of the five check digits of the second line, by what it guards."""

    NUMBER = "number"
    BIRTH = "birth"
    EXPIRY = "expiry"
    OPTIONAL = "optional"
    OVERALL = "overall"


@dataclass(frozen=True)
class Lines:
    """Both lines as read, 44 signs each of A-Z, 0-9 and "<". first: empty if it was not found."""

    first: str
    second: str

    @property
    def issuer(self) -> str:
        """The code of who issued the passport, three letters or fewer; empty if not read."""
        return self.first[ISSUER].rstrip(FILLER)

    @property
    def surnames(self) -> str:
        """The surnames in A to Z, with spaces; empty if they were not read."""
        return _spaced(self.first[NAMES].partition(FILLER * 2)[0])

    @property
    def given_names(self) -> str:
        """The given names; empty for whoever has a single name."""
        return _spaced(self.first[NAMES].partition(FILLER * 2)[2])

    @property
    def may_be_shortened(self) -> bool:
        """Whether the names fill their 39 places, so that something may have been cut off."""
        return bool(self.first) and not self.first.endswith(FILLER)

    @property
    def nationality(self) -> str:
        """The code of the holder's nationality, three letters or fewer."""
        return self.second[NATIONALITY].rstrip(FILLER)

    def expires_on(self, *, near: date) -> date | None:
        """Return the last day of validity in the century that lies nearest; None if it is none."""
        digits = self.second[EXPIRES]
        if not digits.isdecimal():
            return None
        year, month, day = (int(digits[at : at + 2]) for at in (0, 2, 4))
        year += near.year // 100 * 100
        if year >= near.year + _HALF_A_CENTURY:
            year -= 100
        elif year < near.year - _HALF_A_CENTURY:
            year += 100
        try:
            return date(year, month, day)
        except ValueError:
            return None

    @property
    def checks(self) -> Mapping[Check, bool]:
        """Return which of the five check digits are right."""
        return check(self.second)


def check(second: str) -> dict[Check, bool]:
    """Return which check digits of a second line are right. second: 44 signs."""
    overall = second[0:10] + second[13:20] + second[21:43]
    return {
        Check.NUMBER: check_digit(second[NUMBER]) == second[9],
        Check.BIRTH: check_digit(second[BORN]) == second[19],
        Check.EXPIRY: check_digit(second[EXPIRES]) == second[27],
        Check.OPTIONAL: _is_optional_right(second),
        Check.OVERALL: check_digit(overall) == second[43],
    }


def check_digit(text: str) -> str:
    """Return the digit that the standard puts behind `text` (weights 7, 3, 1; "<" counts 0)."""
    values = (0 if each == FILLER else _DIGITS.index(each) for each in text)
    return str(sum(value * _WEIGHTS[i % 3] for i, value in enumerate(values)) % 10)


def write_lines(
    *,
    issuer: str,
    surnames: str,
    given_names: str,
    number: str,
    born: date,
    sex: str,
    expires: date,
) -> tuple[str, str]:
    """Return both lines. issuer: three letters. number: at most nine characters. sex: F, M or X.

    A name that is too long is cut, as the standard has it.
    """
    name = write_name(surnames)
    if given_names:
        name = f"{name}{FILLER * 2}{write_name(given_names)}"
    first = f"P<{issuer:<<3}{name}"[:LENGTH].ljust(LENGTH, FILLER)
    numbered = _checked(number.ljust(9, FILLER))
    dates = _checked(f"{born:%y%m%d}"), _checked(f"{expires:%y%m%d}")
    optional = _checked(FILLER * 14)
    overall = check_digit(numbered + dates[0] + dates[1] + optional)
    holder = f"{issuer:<<3}{dates[0]}{sex.replace('X', FILLER)}{dates[1]}"
    return first, f"{numbered}{holder}{optional}{overall}"


def _checked(text: str) -> str:
    return text + check_digit(text)


def _is_optional_right(second: str) -> bool:
    """The digit of optional data that are not there may be "0" or a filler."""
    digit = second[42]
    is_empty = second[OPTIONAL] == FILLER * 14
    return check_digit(second[OPTIONAL]) == digit or (is_empty and digit == FILLER)


def _spaced(name: str) -> str:
    return " ".join(part for part in name.split(FILLER) if part)
