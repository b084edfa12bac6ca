"""The code on each page: the address of the verification page, drawn as rectangles."""

from collections.abc import Iterator
from functools import lru_cache

import segno


# The pages of a letter bear one code; making it costs as much as setting the page.
@lru_cache(maxsize=8)
def list_bars(address: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return how many modules the code is wide, and its dark bars: (column, row, length).

    Level M: a letter is photocopied, and 15 % of the code may be lost. No quiet zone.
    """
    code = segno.make_qr(address, error="m")
    size = len(code.matrix)
    return size, tuple(bar for row in range(size) for bar in _bars(code, row))


def _bars(code: segno.QRCode, row: int) -> Iterator[tuple[int, int, int]]:
    line = [module % 2 for module in code.matrix[row]]
    column = 0
    while column < len(line):
        length = next((n for n, dark in enumerate(line[column:]) if not dark), len(line) - column)
        if length:
            yield column, row, length
        column += max(length, 1)
