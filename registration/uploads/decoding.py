"""Decoding what strangers sent, within the drawing room: sizes are judged before pixels are."""

import math
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TypeAlias

import pypdfium2
from PIL import Image, ImageOps

from registration.uploads.decoder import Answer, Verdict
from registration.uploads.kinds import MOST_MEGAPIXELS, MOST_PAGES, FileKind

MOST_PIXELS = MOST_MEGAPIXELS * 1_000_000
#: A page is drawn with at most this many pixels, whatever size it claims to have.
PAGE_PIXELS = 12_000_000

#: Pixels for each point of the page.
Scale: TypeAlias = Callable[[pypdfium2.PdfPage], float]


class Found(Exception):
    """The verdict is known; nothing more is decoded."""

    def __init__(self, verdict: Verdict, pages: int = 0) -> None:
        super().__init__(verdict)
        self.answer = Answer(verdict, pages)


def open_picture(data: bytes, kind: FileKind, *, narrowest: int | None = None) -> Image.Image:
    """Return the picture, every pixel decoded. Raises Found for one of too many pixels.

    narrowest: a JPEG may be decoded at a smaller size that is not below so many pixels.
    """
    picture = Image.open(BytesIO(data), formats=["HEIF" if kind is FileKind.HEIC else kind.upper()])
    if picture.width * picture.height > MOST_PIXELS:
        raise Found(Verdict.TOO_MANY_PIXELS)
    if narrowest is not None:
        picture.draft("RGB", (narrowest, narrowest))
    picture.load()
    return picture


def draw_pdf(data: bytes, scale: Scale) -> Iterator[Image.Image]:
    """Yield the pages as pictures. Raises Found for a PDF that is locked, too long or none.

    No script is run (this build of PDFium has no engine for one), no form's action is carried out.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Found(Verdict.LOCKED if locked else Verdict.UNREADABLE) from error
    if len(document) > MOST_PAGES:
        raise Found(Verdict.TOO_MANY_PAGES, len(document))
    if len(document) == 0:
        raise Found(Verdict.UNREADABLE)
    for page in document:
        yield _draw_page(page, scale)


def list_picture_sizes(page: pypdfium2.PdfPage) -> list[int]:
    """Return the pixels of each picture on the page. The sizes stand in dictionaries: no picture
    is decoded to read them."""
    pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    return [math.prod(picture.get_px_size()) for picture in pictures]


def _draw_page(page: pypdfium2.PdfPage, scale: Scale) -> Image.Image:
    if max(list_picture_sizes(page), default=0) > MOST_PIXELS:
        raise Found(Verdict.TOO_MANY_PIXELS)
    width, height = page.get_size()
    bounded = min(scale(page), math.sqrt(PAGE_PIXELS / (width * height)))
    drawn: Image.Image = page.render(scale=bounded, may_draw_forms=False).to_pil()
    return drawn.convert("RGB")


def on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in 8 bits, grey or in colour, on white where it is transparent."""
    if picture.mode.startswith("I"):  # 16 bits of grey: converted as they are, all would be white
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    mode = "L" if picture.mode in {"1", "L", "LA"} else "RGB"
    if not picture.has_transparency_data:
        return picture.convert(mode)
    page = Image.new("RGBA", picture.size, "white")
    page.alpha_composite(picture.convert("RGBA"))
    return page.convert(mode)


def upright(picture: Image.Image) -> Image.Image:
    """Return the picture turned as its maker says it is to be seen."""
    return ImageOps.exif_transpose(picture)


def is_on_its_side(picture: Image.Image) -> bool:
    """Return whether `upright` will exchange width and height."""
    return int(picture.getexif().get(0x0112, 1)) >= 5  # EXIF: orientations 5 to 8


def is_blank(picture: Image.Image) -> bool:
    """Return whether all pixels are alike."""
    low, high = picture.convert("L").getextrema()
    return low == high


def encode_jpeg(picture: Image.Image, quality: int) -> bytes:
    """Return the pixels as a JPEG, and nothing else that came with the picture."""
    picture.info.clear()  # Pillow writes a comment, a profile or EXIF on, if it finds one here
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def encode_png(picture: Image.Image) -> bytes:
    """Return the pixels as a PNG, and nothing else that came with the picture."""
    picture.info.clear()
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
