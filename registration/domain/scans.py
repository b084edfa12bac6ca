"""What a scanner or a hand brings to the door: a badge's code, a letter's, or a number.

A keyboard scanner types as if on its own keyboard: where the computer has another layout, the signs
between letters and digits arrive as others ("http://" as "httpÑ--", "-" as "'"), and with the
capitals locked all is turned round. So only letters and digits are read, and what stands between
them may be anything.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

#: Longest text that is looked at, in characters; an address on a badge has about 120.
LONGEST_SCAN = 500

# Crockford's base32: 8 characters of a reference, 26 of a badge's code and of a letter's.
_REFERENCE = r"(?P<prefix>[0-9A-Z]{1,12})[^0-9A-Z]{1,3}(?P<own>[0-9A-HJKMNP-TV-Z]{8})"
_CODE = r"(?P<code>[0-9A-HJKMNP-TV-Z]{26})"
_BADGE = re.compile(rf"(?:^|[^0-9A-Z]){_REFERENCE}[^0-9A-Z]{{1,3}}{_CODE}$")
_LETTER = re.compile(rf"(?:^|[^0-9A-Z]){_CODE}$")
_NUMBER = re.compile(rf"^{_REFERENCE}$")


@dataclass(frozen=True)
class BadgeCode:
    """The code on a badge. mac: what proves that we printed it."""

    reference: str
    mac: str


@dataclass(frozen=True)
class LetterCode:
    """The code that verifies a letter."""

    code: str


@dataclass(frozen=True)
class PlainReference:
    """A registration's number, typed by hand."""

    reference: str


Scan: TypeAlias = BadgeCode | LetterCode | PlainReference


def read_scan(text: str) -> Scan | None:
    """Return what the text is, or None: an address of a badge or a letter, its last part, or a
    number, in capitals or not."""
    plain = text.strip().upper()
    if len(plain) > LONGEST_SCAN:
        return None
    if found := _BADGE.search(plain):
        return BadgeCode(f"{found['prefix']}-{found['own']}", found["code"])
    if found := _LETTER.search(plain):
        return LetterCode(found["code"])
    if found := _NUMBER.search(plain):
        return PlainReference(f"{found['prefix']}-{found['own']}")
    return None
