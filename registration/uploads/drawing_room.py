"""What happens in the drawing room: the process that `decoder` starts, for one file and then gone.

Here alone is a stranger's file decoded. Sizes are judged before pixels are; whatever else goes
wrong in a decoder ends the process, which is the answer. Orders are a line of JSON before the
file's bytes: {"task": "judge", "kind"}; {"task": "draw", "kind", "width", "rotation"};
{"task": "signature"}.
"""

import json
import math
import sys
from collections.abc import Iterator
from io import BytesIO

import pillow_heif
import pypdfium2
from PIL import Image, ImageOps

from registration.uploads.decoder import READY, Answer, Verdict
from registration.uploads.kinds import MOST_MEGAPIXELS, MOST_PAGES, FileKind

MOST_PIXELS = MOST_MEGAPIXELS * 1_000_000
#: A page is drawn with at most this many pixels, whatever size it claims to have.
PAGE_PIXELS = 12_000_000
#: Width of the pictures that judging draws and throws away.
JUDGING_WIDTH = 600
#: A page may be this many times as high as wide in our pictures; what is longer becomes narrower.
HIGHEST = 3
LARGEST_SIGNATURE = 2000
SIGNATURE_MARGIN = 8
JPEG_QUALITY = 85
_CLOCKWISE = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


class _Found(Exception):
    """The verdict is known; nothing more is decoded."""

    def __init__(self, verdict: Verdict, pages: int = 0) -> None:
        super().__init__(verdict)
        self.answer = Answer(verdict, pages)


def main() -> None:
    """Read the order and the file from standard input, write the answer to standard output."""
    # The limit is ours, judged from the header; Pillow's own only warns below twice its value.
    Image.MAX_IMAGE_PIXELS = None
    pillow_heif.register_heif_opener(thumbnails=False)
    pillow_heif.options.DECODE_THREADS = 1  # each thread would claim memory of its own
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    order = json.loads(sys.stdin.buffer.readline())
    try:
        answer = _carry_out(order, sys.stdin.buffer.read())
    except _Found as found:
        answer = found.answer
    _write(answer)


def _carry_out(order: dict[str, str | int], data: bytes) -> Answer:
    if order["task"] == "signature":
        return Answer(Verdict.GOOD, 1, (_draw_signature(data),))
    kind, judging = FileKind(str(order["kind"])), order["task"] == "judge"
    width = JUDGING_WIDTH if judging else int(order["width"])
    rotation = 0 if judging else int(order["rotation"])
    pages = [
        _fit(picture, width, rotation) for picture in _open_pages(data, kind, width, whole=judging)
    ]
    if not judging:
        return Answer(Verdict.GOOD, len(pages), tuple(_encode(page) for page in pages))
    # PDFium leaves out what it cannot decode and says nothing: then the page stays empty.
    if kind is FileKind.PDF and all(_is_blank(page) for page in pages):
        return Answer(Verdict.BLANK, len(pages))
    return Answer(Verdict.GOOD, len(pages))


def _open_pages(data: bytes, kind: FileKind, width: int, *, whole: bool) -> Iterator[Image.Image]:
    if kind is FileKind.PDF:
        return _draw_pdf(data, width)
    return iter([_open_picture(data, kind, width, whole=whole)])


def _open_picture(data: bytes, kind: FileKind, width: int, *, whole: bool) -> Image.Image:
    """whole: decode every pixel, as judging must; else a JPEG may be decoded at a smaller size."""
    picture = Image.open(BytesIO(data), formats=["HEIF" if kind is FileKind.HEIC else kind.upper()])
    if picture.width * picture.height > MOST_PIXELS:
        raise _Found(Verdict.TOO_MANY_PIXELS)
    if not whole:
        picture.draft("RGB", (width, width))
    picture.load()
    return picture


def _draw_pdf(data: bytes, width: int) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise _Found(Verdict.LOCKED if locked else Verdict.UNREADABLE) from error
    if len(document) > MOST_PAGES:
        raise _Found(Verdict.TOO_MANY_PAGES, len(document))
    if len(document) == 0:
        raise _Found(Verdict.UNREADABLE)
    for page in document:
        yield _draw_page(page, width)


def _draw_page(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    # The sizes stand in dictionaries: no picture is decoded to read them.
    for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        if math.prod(picture.get_px_size()) > MOST_PIXELS:
            raise _Found(Verdict.TOO_MANY_PIXELS)
    page_width, page_height = page.get_size()
    scale = min(width / page_width, math.sqrt(PAGE_PIXELS / (page_width * page_height)))
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return drawn


def _fit(picture: Image.Image, width: int, rotation: int) -> Image.Image:
    """Return the picture upright, turned clockwise, on white, at most `width` pixels wide."""
    box = (width, width * HIGHEST)
    on_its_side = picture.getexif().get(0x0112, 1) >= 5  # EXIF: orientations 5 to 8
    if on_its_side != (rotation in {90, 270}):
        box = (box[1], box[0])
    picture.thumbnail(box, reducing_gap=2)
    upright = ImageOps.exif_transpose(picture)
    turned = upright.transpose(_CLOCKWISE[rotation]) if rotation else upright
    return _on_white(turned)


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    page = Image.new("RGBA", picture.size, "white")
    page.alpha_composite(picture.convert("RGBA"))
    return page.convert("RGB")


def _is_blank(picture: Image.Image) -> bool:
    low, high = picture.convert("L").getextrema()
    return low == high


def _encode(picture: Image.Image) -> bytes:
    picture.info.clear()  # Pillow writes a comment, a profile or EXIF on, if it finds one here
    out = BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def _draw_signature(data: bytes) -> bytes:
    """Return the ink alone as a small grey PNG, black on white, cropped; BLANK if there is none."""
    picture = Image.open(BytesIO(data), formats=["PNG"])
    if max(picture.size) > LARGEST_SIGNATURE:
        raise _Found(Verdict.TOO_MANY_PIXELS)
    alpha = picture.convert("RGBA").getchannel("A")
    low, high = alpha.getextrema()
    # A canvas is transparent where nothing is drawn; its ink is white where the page is dark.
    ink = alpha if low != high else ImageOps.invert(_on_white(picture).convert("L"))
    if _is_blank(ink):
        raise _Found(Verdict.BLANK)
    drawn = ImageOps.expand(ImageOps.invert(ink.crop(ink.getbbox())), SIGNATURE_MARGIN, fill=255)
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def _write(answer: Answer) -> None:
    sizes = [len(picture) for picture in answer.pictures]
    facts = {"verdict": answer.verdict, "pages": answer.pages, "sizes": sizes}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n")
    for picture in answer.pictures:
        sys.stdout.buffer.write(picture)
    sys.stdout.buffer.flush()
