"""Names and addresses of people: cleaned for keeping, brought to one form for comparing."""

import re
import unicodedata
from functools import cache

# Marks that turn the direction of writing, and characters of no width: in a name they only mislead.
# The joiners U+200C and U+200D are among them, and letters that are blank (U+3164 and its like): no
# name of a Latin passport needs one.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
# What stands between the parts of a name: hyphens and apostrophes, in all forms of keyboards.
_BETWEEN = re.compile("[.,'’‘ʼʻ`´′‐‑‒–—-]")
_SPACES = re.compile(r"\s+")
# The same but for the two no-break ones, wide and narrow.
_BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")
_ADDRESS = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9.-]+")

# Longest text in a field of one line, in characters. A passport's name has at most 39 in the
# machine-readable zone (ICAO Doc 9303-4); institutions are the long ones.
LONGEST_LINE = 200

#: Marks on one letter that are kept (UAX #15, "Stream-Safe Text Format"): no language has as many.
MOST_MARKS = 30
# Up to this length a text is composed in no time, whatever it holds.
_SHORT = 1000
# Beyond this there are no marks (Unicode 14; planes 2 and 3 are ideographs).
_LAST_MARK = 0x20000


def compose(text: str) -> str:
    """Return the text NFC, with no more than `MOST_MARKS` marks on a letter.

    The marks on a letter are put in order one by one, so a million of them in a row, which any form
    may bring, would hold the processor for hours.
    """
    if len(text) > _SHORT:
        text = _too_many_marks().sub(lambda found: found[0][:MOST_MARKS], text)
    return unicodedata.normalize("NFC", text)


@cache
def _too_many_marks() -> re.Pattern[str]:
    """Made when the first long text comes: it looks at every character there is."""
    marks = filter(_begins_with_mark, map(chr, range(0x300, _LAST_MARK)))
    return re.compile(f"[{''.join(marks)}]{{{MOST_MARKS + 1},}}")


def _begins_with_mark(character: str) -> bool:
    """Taken apart, some characters that are no marks are marks alone (U+0F73, U+FF9E)."""
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) > 0


def clean_line(text: str) -> str:
    """Return the text on one line, NFC, without control or direction marks, spaces single."""
    visible = _INVISIBLE.sub("", text)
    return _SPACES.sub(" ", compose(visible)).strip()


def clean_prose(text: str) -> str:
    """Return the text as `clean_line` does, its no-break spaces kept: French sets them before
    colons, and they are no slip of the keyboard as in a name."""
    visible = _INVISIBLE.sub("", text)
    return _BREAKABLE.sub(" ", compose(visible)).strip()


def clean_block(text: str) -> str:
    """Return prose NFC, without control or direction marks; its line ends stay, as "LF"."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(clean_prose(line) for line in lines.split("\n")).strip()


def holds_address(text: str) -> bool:
    """Return whether what should be a name leads to a page or a mailbox. Our mails greet people by
    name, and go to whoever a form names: no stranger is to be led anywhere in our name."""
    return _ADDRESS.search(text) is not None


def full_name(given_names: str, surnames: str) -> str:
    """Return the complete name as letters write it. Either part may be empty (single names)."""
    return clean_line(f"{given_names} {surnames}")


def canonical_name(name: str) -> str:
    """Return the form in which two spellings of one name are equal: case, accents, spaces aside.

    Letters that no accent was put on (ł, ø, đ) stay themselves.
    """
    # Folded on both sides of the decomposition: "™" is one character before and two capitals after.
    plain = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", clean_line(name)).casefold()
    )
    without_marks = "".join(each for each in plain if not unicodedata.combining(each))
    return _SPACES.sub(" ", _BETWEEN.sub(" ", without_marks)).strip()


def same_name(one: str, other: str) -> bool:
    """Return whether two names are the same in canonical form."""
    return canonical_name(one) == canonical_name(other)


def canonical_email(address: str) -> str:
    """Return the form in which two spellings of one address are equal.

    Case and "+tag" are set aside: ministries' mail servers, as far as we know, all do. A domain is
    what mail servers look up, however it was typed: "españa.example", "xn--espaa-rta.example".
    """
    local, _, domain = clean_line(address).casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{_looked_up(domain)}"


def _looked_up(domain: str) -> str:
    """Return the domain in ASCII (RFC 3490), wide letters and dots made plain; else as it is."""
    try:
        plain = domain.encode("idna").decode()
    except UnicodeError:
        return domain
    return plain if _HOST.fullmatch(plain) else domain


def mixes_scripts(text: str) -> bool:
    """Return whether Latin letters stand beside Greek or Cyrillic ones that look like them (T7)."""
    scripts = {unicodedata.name(each, "").partition(" ")[0] for each in text if each.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN"})


def search_text(name: str, institution: str, position: str, email: str) -> str:
    """Return the text in which the desk looks for a person of this full name, in canonical form."""
    return canonical_name(f"{name} | {institution} | {position} | {email}")
