"""A PDF that holds pictures, one a page, and nothing else: no name, no date, no link, no script."""

from collections.abc import Sequence
from dataclasses import dataclass, field

#: Pixels to the inch: the size at which a page is shown and printed. A4 drawn so stays A4.
SHARPNESS = 300


@dataclass(frozen=True)
class PageOfPixels:
    """One page. width, height: pixels. jpeg: in RGB, as we encode it."""

    width: int
    height: int
    jpeg: bytes = field(repr=False)


def write_pdf(pages: Sequence[PageOfPixels]) -> bytes:
    """Return the PDF (1.4, ISO 32000 without anything optional). The same pages, the same bytes."""
    numbers = range(3, 3 + 3 * len(pages), 3)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects += _page_objects(page, number)
    return _put_together(objects)


def _page_objects(page: PageOfPixels, number: int) -> list[bytes]:
    """Return the page, its drawing and its picture; the page's own object has the number."""
    width, height = (round(72 * pixels / SHARPNESS, 2) for pixels in (page.width, page.height))
    drawing = f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode()
    return [
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {number + 1} 0 R"
        f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>".encode(),
        _stream("", drawing),
        _stream(
            f"/Type/XObject/Subtype/Image/Width {page.width}/Height {page.height}"
            "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
            page.jpeg,
        ),
    ]


def _stream(entries: str, data: bytes) -> bytes:
    head = f"<<{entries}/Length {len(data)}>>stream\n".encode()
    return head + data + b"\nendstream"


def _put_together(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
