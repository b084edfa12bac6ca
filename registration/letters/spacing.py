"""Where a line may not break: what belongs together is tied by no-break spaces.

Only what we say ourselves is tied, never what somebody typed. Nothing is hyphenated: letters are
set ragged right, and their readers look for names and dates.
"""

import re

_NO_BREAK = "\u00a0"
# A number and the word it counts; "Annex 1", "n.º 14"; "S. E. Ana"; "II Workshop"; a dash, or a
# French mark that stands apart, and the word before it; an opening « and the word after it; a word
# of one letter ("a", "y", "à"), which ends no line. All hold in every language: one that has no
# such thing has nothing to tie.
_TIED = (
    r"(?<![\w.,:])\d{1,3} (?=[^\W\d_])",
    r"\b(?:[Aa]nexo|[Aa]nnex|[Pp]ágina|[Pp]age|n\.º|[Nn]o\.|núm\.|p\.|párr\.|art\.) (?=\d)",
    r"\b[A-ZÁÉÍÓÚÑ]\. (?=[A-ZÁÉÍÓÚÑ])",
    r"\b[IVX]{1,4} (?=[A-ZÁÉÍÓÚÑ])",
    r" (?=[–—] )",
    r" (?=[:;?!»])",
    r"« ",
    r"(?<![^\s(«“¿¡])[^\W\d_] (?=\S)",
)


def tie(text: str) -> str:
    """Return the text with no-break spaces where no line is to end."""
    for pattern in _TIED:
        text = re.sub(pattern, _tied, text)
    return text


def _tied(found: re.Match[str]) -> str:
    return found[0].replace(" ", _NO_BREAK)
