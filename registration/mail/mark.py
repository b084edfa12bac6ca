"""The mark of the site as a small picture: two arches in a square, drawn here (look, part 1)."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

#: Pixels: twice the 40 at which mails show it, for fine screens.
SIZE = 80
# Drawn larger and brought down, since Pillow draws no smooth edges.
_FINER = 4
_BLUE, _WHITE, _MAIZE = (43, 48, 128), (255, 255, 255), (246, 188, 58)


@cache
def draw_mark() -> bytes:
    """Return the mark as PNG bytes, the same each time."""
    side = SIZE * _FINER
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side // 10, fill=_BLUE)
    for left, colour in ((0.19, _WHITE), (0.53, _MAIZE)):
        _draw_arch(pen, round(left * side), round(0.33 * side), side, colour)
    small = picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    stream = BytesIO()
    small.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _draw_arch(
    pen: ImageDraw.ImageDraw, left: int, top: int, side: int, colour: tuple[int, int, int]
) -> None:
    """An arch: a half circle over a rectangle, its foot at 83 % of the side."""
    width, foot = round(0.28 * side), round(0.83 * side)
    pen.ellipse((left, top, left + width, top + width), fill=colour)
    pen.rectangle((left, top + width // 2, left + width, foot), fill=colour)
