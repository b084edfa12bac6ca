"""The two lines at the foot of a passport: ICAO Doc 9303-4, a page of size TD3."""

import unicodedata
from datetime import date

_LENGTH = 44
_WEIGHTS = (7, 3, 1)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Letters that do not come apart into a plain letter and a mark.
_PLAIN = {"Æ": "AE", "Œ": "OE", "Ø": "OE", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ß": "SS"}


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
    name = f"{_plain(surnames)}<<{_plain(given_names)}" if given_names else _plain(surnames)
    first = f"P<{issuer}{name}"[:_LENGTH].ljust(_LENGTH, "<")
    numbered = _checked(number.ljust(9, "<"))
    dates = _checked(f"{born:%y%m%d}"), _checked(f"{expires:%y%m%d}")
    optional = _checked("<" * 14)
    overall = check_digit(numbered + dates[0] + dates[1] + optional)
    second = f"{numbered}{issuer}{dates[0]}{sex.replace('X', '<')}{dates[1]}{optional}{overall}"
    return first, second


def check_digit(text: str) -> str:
    """Return the digit that the standard puts behind `text` (weights 7, 3, 1; "<" counts 0)."""
    values = (0 if each == "<" else _DIGITS.index(each) for each in text)
    return str(sum(value * _WEIGHTS[i % 3] for i, value in enumerate(values)) % 10)


def _checked(text: str) -> str:
    return text + check_digit(text)


def _plain(name: str) -> str:
    """Return the name in A-Z and "<"; apostrophes fall away, all else between names is "<"."""
    text = "".join(_PLAIN.get(each, each) for each in name.upper().replace("ß", "SS"))
    letters = "".join(_letter(each) for each in unicodedata.normalize("NFKD", text))
    return "<".join(part for part in letters.split("<") if part)


def _letter(character: str) -> str:
    if "A" <= character <= "Z":
        return character
    return "" if unicodedata.combining(character) or character in "'’ʼ" else "<"
