"""How a text is kept from being a formula in a CSV file.

A spreadsheet that opens a CSV file takes "=1+1" for a formula. Where a text begins so an apostrophe
stands before it, which shows that it is text; it is taken off again when such a file comes back.
"""

#: What begins a formula in some spreadsheet, the wide forms of East Asia included.
_DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
_BEFORE = " '"
#: With what no text begins that needs a closer look: most are done with here.
SUSPECT = _DANGEROUS | frozenset(_BEFORE)


def guard(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    if text[:1] not in SUSPECT:
        return text
    return f"'{text}" if text.lstrip(_BEFORE)[:1] in _DANGEROUS else text


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    rest = text[1:]
    is_guarded = text[:1] == "'" and rest.lstrip(_BEFORE)[:1] in _DANGEROUS
    return rest if is_guarded else text
