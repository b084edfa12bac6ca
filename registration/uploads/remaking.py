"""A stranger's file made anew, within the drawing room: its pixels, and nothing else of it."""

import math

import pypdfium2
from PIL import Image

from registration.uploads import decoding
from registration.uploads.decoder import Answer, Verdict
from registration.uploads.kinds import FileKind
from registration.uploads.plain_pdf import SHARPNESS, PageOfPixels, write_pdf

#: What is kept of a picture, in pixels: a telephone's whole photograph. The reader of the lines of
#: a passport works on 2 megapixels already, but not every photograph is filled by its passport.
KEPT_PIXELS = 12_000_000
#: JPEG quality: what cameras use, so a photograph grows little and loses nothing that one sees.
QUALITY = 85
#: A PNG of at most so many colours is a drawing or a scan in black and white: PNG suits it.
FLAT_COLOURS = 256
POINTS_PER_INCH = 72


def remake(data: bytes, kind: FileKind) -> Answer:
    """Return the file made anew: a PDF from a PDF, else a JPEG or a PNG.

    A PDF whose pages are all empty is BLANK: PDFium leaves out what it cannot decode and says
    nothing.
    """
    if kind is FileKind.PDF:
        return _remake_pdf(data)
    picture = _fit(decoding.open_picture(data, kind))
    return Answer(Verdict.GOOD, 1, (_encode(picture, kind),))


def _remake_pdf(data: bytes) -> Answer:
    pages, is_blank = [], True
    for page in decoding.draw_pdf(data, _choose_scale):
        is_blank = is_blank and decoding.is_blank(page)
        pages.append(PageOfPixels(*page.size, decoding.encode_jpeg(page, QUALITY)))
    if is_blank:
        return Answer(Verdict.BLANK, len(pages))
    return Answer(Verdict.GOOD, len(pages), (write_pdf(pages),))


def _choose_scale(page: pypdfium2.PdfPage) -> float:
    """As sharp as the sharpest picture on the page, and at least 300 dots to the inch."""
    width, height = page.get_size()
    pixels = max(decoding.list_picture_sizes(page), default=0)
    return max(SHARPNESS / POINTS_PER_INCH, math.sqrt(pixels / (width * height)))


def _fit(picture: Image.Image) -> Image.Image:
    if picture.width * picture.height > KEPT_PIXELS:
        share = math.sqrt(KEPT_PIXELS / (picture.width * picture.height))
        box = (max(1, int(picture.width * share)), max(1, int(picture.height * share)))
        picture.thumbnail(box, reducing_gap=2)
    return decoding.on_white(decoding.upright(picture))


def _encode(picture: Image.Image, kind: FileKind) -> bytes:
    """The smaller of both for a flat PNG; a photograph is a JPEG, whatever it came as."""
    jpeg = decoding.encode_jpeg(picture, QUALITY)
    if kind is not FileKind.PNG or picture.getcolors(FLAT_COLOURS) is None:
        return jpeg
    return min(decoding.encode_png(picture), jpeg, key=len)
