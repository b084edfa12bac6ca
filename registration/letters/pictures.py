"""Pictures of a paper of ours, for the page on which it is read and signed.

Papers that we drew need no drawing room, as strangers' files do; and a letter with a long agenda
has more pages than a passport may have.
"""

from io import BytesIO
from threading import Lock

import pypdfium2

#: Colours of a picture: text on white with the ink of the letterhead needs no more.
_COLOURS = 48
# PDFium keeps its state for the whole process: one thread at a time.
_one_at_a_time = Lock()


def count_pages(paper: bytes) -> int:
    """Return how many pages the PDF has."""
    with _one_at_a_time:
        return len(pypdfium2.PdfDocument(paper))


def draw_page(paper: bytes, number: int, *, width: int) -> bytes:
    """Return the page as a PNG. number: from 1. width: pixels. Raises LookupError."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(paper)
        if not 1 <= number <= len(document):
            raise LookupError(f"no page {number}")
        page = document[number - 1]
        picture = page.render(scale=width / page.get_width()).to_pil()
    out = BytesIO()
    picture.quantize(_COLOURS).save(out, "PNG")
    return out.getvalue()
