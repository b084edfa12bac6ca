"""The code on each page: the address of the verification page, drawn as rectangles."""

from collections.abc import Iterator

import segno


def list_bars(address: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Return how many modules the code is wide, and its dark bars: (column, row, length).

    Level M: a letter is photocopied, and 15 % of the code may be lost. No quiet zone.
    """
    code = segno.make_qr(address, error="m")
    return len(code.matrix), [bar for row in range(len(code.matrix)) for bar in _bars(code, row)]


def _bars(code: segno.QRCode, row: int) -> Iterator[tuple[int, int, int]]:
    line = [module % 2 for module in code.matrix[row]]
    column = 0
    while column < len(line):
        length = next((n for n, dark in enumerate(line[column:]) if not dark), len(line) - column)
        if length:
            yield column, row, length
        column += max(length, 1)
