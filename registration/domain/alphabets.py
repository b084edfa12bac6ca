"""Which characters papers can show: forms take no others for what is printed.

The rule is a table of its own because this layer knows no fonts; a test holds it against those of
the letters, every letter with every mark. What is left out (other scripts, emoji, rare phonetic
letters) stands in no passport without its Latin form: the machine-readable zone has A to Z alone.
"""

import unicodedata
from collections.abc import Iterator

# Letters and signs that carry no mark; with their marks they are taken apart first (NFD).
_LATIN = (
    *range(0x20, 0x7F),
    *range(0xA1, 0xAD),
    *range(0xAE, 0x180),
    *(0x18F, 0x192, 0x197, 0x19A, 0x19D, 0x237, 0x244, 0x251, 0x259, 0x261, 0x268, 0x272, 0x289),
    *range(0x1C4, 0x1CD),
    *range(0x1F1, 0x1F4),
    *range(0x2B9, 0x2BD),  # the apostrophes of Hawaii, Guarani and others are letters
    *(0x2BE, 0x2BF, 0x1E9E, 0xA78B, 0xA78C),
    *(0xFB01, 0xFB02),  # "fi" and "fl" as they come when copied out of a PDF
)
_GREEK = (*range(0x391, 0x3A2), *range(0x3A3, 0x3CA))
_CYRILLIC = (
    *range(0x400, 0x460),
    *(0x462, 0x463, 0x46A, 0x46B, 0x496, 0x497, 0x49A, 0x49B, 0x4A2, 0x4A3),
    *range(0x490, 0x494),
    *range(0x4AE, 0x4B2),
    *(0x4BA, 0x4BB, 0x4D8, 0x4D9, 0x4E8, 0x4E9),
)
_PUNCTUATION = (
    *range(0x2010, 0x2016),
    *range(0x2018, 0x201B),
    *range(0x201C, 0x201F),
    *(0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x20A1, 0x20AC, 0x2116, 0x2122),
)
CHARACTERS = frozenset(map(chr, (*_LATIN, *_GREEK, *_CYRILLIC, *_PUNCTUATION)))
#: Combining marks that any letter may bear.
MARKS = frozenset(
    map(
        chr,
        (
            *range(0x300, 0x305),
            *range(0x306, 0x30D),
            *(0x30F, 0x311, 0x312, 0x31B, 0x323, 0x324, 0x326, 0x327, 0x328, 0x32E, 0x331),
        ),
    )
)
#: Marks on one letter; more of them run into the line above (Vietnamese has two, Navajo two).
MOST_MARKS = 3


def list_unprinted(text: str) -> tuple[str, ...]:
    """Return the characters, with their marks, that papers cannot show: each once, in order.

    text: cleaned (`names.clean_line`).
    """
    found = [each for each in _list_clusters(text) if not _is_printed(each)]
    return tuple(dict.fromkeys(found))


def _is_printed(cluster: str) -> bool:
    parts = unicodedata.normalize("NFD", cluster)
    base, marks = parts[0], parts[1:]
    if base not in CHARACTERS or not MARKS.issuperset(marks):
        return False
    return not marks or (base.isalpha() and len(marks) <= MOST_MARKS)


def _list_clusters(text: str) -> Iterator[str]:
    """Yield each character with the marks behind it."""
    cluster = ""
    for each in text:
        if cluster and not unicodedata.combining(each):
            yield cluster
            cluster = ""
        cluster += each
    if cluster:
        yield cluster
