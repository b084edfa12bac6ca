"""Where a line may not break: what belongs together is tied by no-break spaces.

Only what we say ourselves is tied, never what somebody typed. Nothing is hyphenated: letters are
set ragged right, and their readers look for names and dates.
"""

import re

from registration.domain.ids import Language

_NO_BREAK = "\u00a0"
# A number and the word it counts; "Annex 1", "n.º 14"; "S. E. Ana"; "II Workshop"; a dash and the
# word before it.
_EVERYWHERE = (
    r"(?<![\w.,:])\d{1,3} (?=[^\W\d_])",
    r"\b(?:[Aa]nexo|[Aa]nnex|[Pp]ágina|[Pp]age|n\.º|[Nn]o\.|núm\.|p\.|párr\.|art\.) (?=\d)",
    r"\b[A-ZÁÉÍÓÚÑ]\. (?=[A-ZÁÉÍÓÚÑ])",
    r"\b[IVX]{1,4} (?=[A-ZÁÉÍÓÚÑ])",
    r" (?=[–—] )",
)
# A Spanish word of one letter ends no line.
_IN_LANGUAGE = {"es": (r"(?<![^\W_])[aeouyAEOUY] (?=\S)",)}


def tie(text: str, language: Language) -> str:
    """Return the text with no-break spaces where its language wants no line to end."""
    for pattern in (*_EVERYWHERE, *_IN_LANGUAGE.get(language, ())):
        text = re.sub(pattern, _tied, text)
    return text


def _tied(found: re.Match[str]) -> str:
    return found[0].replace(" ", _NO_BREAK)
