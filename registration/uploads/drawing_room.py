"""What happens in the drawing room: the process that `decoder` starts, for one file and then gone.

Here alone is a stranger's file decoded. Sizes are judged before pixels are; whatever else goes
wrong in a decoder ends the process, which is the answer. Orders are a line of JSON before the
file's bytes: {"task": "remake", "kind"}; {"task": "draw", "kind", "width", "rotation"};
{"task": "signature"}.
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps

from registration.uploads import decoding
from registration.uploads.decoder import READY, Answer, Verdict
from registration.uploads.decoding import Found
from registration.uploads.kinds import FileKind
from registration.uploads.remaking import remake

#: A page may be this many times as high as wide in our pictures; what is longer becomes narrower.
HIGHEST = 3
LARGEST_SIGNATURE = 2000
SIGNATURE_MARGIN = 8
#: JPEG quality of what is drawn to be looked at.
QUALITY = 85
_CLOCKWISE = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def main() -> None:
    """Read the order and the file from standard input, write the answer to standard output."""
    prepare()
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    order = json.loads(sys.stdin.buffer.readline())
    _write(carry_out(order, sys.stdin.buffer.read()))


def prepare() -> None:
    """Set the libraries up, once in the life of the process."""
    # The limit is ours, judged from the header; Pillow's own only warns below twice its value.
    Image.MAX_IMAGE_PIXELS = None
    pillow_heif.register_heif_opener(thumbnails=False)
    pillow_heif.options.DECODE_THREADS = 1  # each thread would claim memory of its own


def carry_out(order: dict[str, str | int], data: bytes) -> Answer:
    """Return the answer to the order. Raises what a decoder raises for a file it cannot read."""
    try:
        match order["task"]:
            case "signature":
                return Answer(Verdict.GOOD, 1, (_draw_signature(data),))
            case "remake":
                return remake(data, FileKind(str(order["kind"])))
            case _:
                return _draw(data, order)
    except Found as found:
        return found.answer


def _draw(data: bytes, order: dict[str, str | int]) -> Answer:
    kind = FileKind(str(order["kind"]))
    width, rotation = int(order["width"]), int(order["rotation"])
    pages = [_fit(page, width, rotation) for page in _open_pages(data, kind, width)]
    pictures = tuple(decoding.encode_jpeg(page, QUALITY) for page in pages)
    return Answer(Verdict.GOOD, len(pages), pictures)


def _open_pages(data: bytes, kind: FileKind, width: int) -> Iterator[Image.Image]:
    if kind is FileKind.PDF:
        return decoding.draw_pdf(data, lambda page: width / page.get_size()[0])
    return iter([decoding.open_picture(data, kind, narrowest=width)])


def _fit(picture: Image.Image, width: int, rotation: int) -> Image.Image:
    """Return the picture upright, turned clockwise, on white, at most `width` pixels wide."""
    box = (width, width * HIGHEST)
    if decoding.is_on_its_side(picture) != (rotation in {90, 270}):
        box = (box[1], box[0])
    picture.thumbnail(box, reducing_gap=2)
    seen = decoding.upright(picture)
    turned = seen.transpose(_CLOCKWISE[rotation]) if rotation else seen
    return decoding.on_white(turned).convert("RGB")


def _draw_signature(data: bytes) -> bytes:
    """Return the ink alone as a small grey PNG, black on white, cropped; BLANK if there is none."""
    picture = Image.open(BytesIO(data), formats=["PNG"])
    if max(picture.size) > LARGEST_SIGNATURE:
        raise Found(Verdict.TOO_MANY_PIXELS)
    alpha = picture.convert("RGBA").getchannel("A")
    low, high = alpha.getextrema()
    # A canvas is transparent where nothing is drawn; its ink is white where the page is dark.
    ink = alpha if low != high else ImageOps.invert(decoding.on_white(picture).convert("L"))
    if decoding.is_blank(ink):
        raise Found(Verdict.BLANK)
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
