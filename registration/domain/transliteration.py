"""Names in the letters of a passport's two lines: A to Z, as ICAO Doc 9303-3 writes the others.

For some letters the standard leaves the issuing State a choice ("Ñ" is N or NXX), so that a typed
name has several spellings there. We write one; in comparing, each is as good as the other.
"""

import re
import unicodedata

#: Letters that the standard writes otherwise than by leaving the accent off. First, what we write.
FORMS: dict[str, tuple[str, ...]] = {
    "Ä": ("A", "AE"),
    "Å": ("A", "AA"),
    "Æ": ("AE",),
    "Ð": ("D",),
    "Đ": ("D",),
    "Ħ": ("H",),
    "Ĳ": ("IJ",),
    "ĸ": ("Q",),
    "Ł": ("L",),
    "Ñ": ("N", "NXX"),
    "Ŋ": ("N",),
    "Ö": ("O", "OE"),
    "Ø": ("OE", "O"),
    "Œ": ("OE",),
    "ß": ("SS",),
    "Ŧ": ("T",),
    "Þ": ("TH",),
    "Ü": ("U", "UE", "UXX"),
}
FILLER = "<"
_APOSTROPHES = "'’‘ʼʻ`´′"


def plain_forms(character: str) -> tuple[str, ...]:
    """Return how a character of a name may stand in the two lines, the one that we write first.

    character: one, composed (NFC). An apostrophe or a mark is nothing; whatever else is no letter
    stands between names and is a filler, and so is a letter of another script.
    """
    found = FORMS.get(character) or FORMS.get(character.upper())
    if found is not None:
        return found
    form = "".join(_plain(each) for each in unicodedata.normalize("NFKD", character.upper()))
    return (FILLER if FILLER in form else form,)


def write_name(name: str) -> str:
    """Return the name in A to Z, with one filler between its parts."""
    letters = "".join(plain_forms(each)[0] for each in unicodedata.normalize("NFC", name))
    return FILLER.join(part for part in letters.split(FILLER) if part)


def list_parts(name: str) -> list[str]:
    """Return the parts of a typed name ("de la Cruz": three), each as it was typed."""
    composed = unicodedata.normalize("NFC", name)
    spaced = "".join(" " if FILLER in plain_forms(each) else each for each in composed)
    return [part for part in spaced.split() if write_name(part)]


def pattern_of(part: str) -> str:
    """Return a regular expression of all the spellings of one part of a typed name."""
    composed = unicodedata.normalize("NFC", part)
    return "".join(_choice(plain_forms(each)) for each in composed)


def _choice(forms: tuple[str, ...]) -> str:
    if len(forms) == 1:
        return re.escape(forms[0])
    return f"(?:{'|'.join(forms)})"


def _plain(character: str) -> str:
    if "A" <= character <= "Z":
        return character
    if unicodedata.combining(character) or character in _APOSTROPHES:
        return ""
    return FORMS[character][0] if character in FORMS else FILLER
