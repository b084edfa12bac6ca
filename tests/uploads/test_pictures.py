"""The pictures we make: upright, small, without a word of what the file said of its maker."""

from io import BytesIO

import pytest
from PIL import Image

from registration.uploads.decoder import DecoderFailed
from registration.uploads.kinds import FileKind
from registration.uploads.pictures import Rotation, draw_pages
from tests.uploads import files


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.make_jpeg(), FileKind.JPEG),
        (files.make_png(), FileKind.PNG),
        (files.make_heic(), FileKind.HEIC),
    ],
)
def test_picture_becomes_a_jpeg_of_the_width_asked_for(data: bytes, kind: FileKind):
    [page] = draw_pages(data, kind, width=450)

    picture = open_jpeg(page)
    assert picture.size == (450, 300)


def test_every_page_of_a_pdf_is_drawn():
    pages = draw_pages(files.make_pdf(3), FileKind.PDF, width=600)

    assert [open_jpeg(page).size for page in pages] == [(600, 850)] * 3


def test_small_picture_is_not_enlarged():
    [page] = draw_pages(files.make_jpeg(90, 60), FileKind.JPEG, width=1000)

    assert open_jpeg(page).size == (90, 60)


def test_photo_that_a_phone_turned_is_shown_upright_and_within_the_width():
    [page] = draw_pages(files.make_photo_of_a_phone(), FileKind.JPEG, width=300)

    picture = open_jpeg(page)
    assert picture.size == (300, 450)
    assert find_black_corner(picture) == "top right"


@pytest.mark.parametrize(
    ("rotation", "size", "corner"),
    [
        (0, (300, 200), "top left"),
        (90, (300, 450), "top right"),
        (180, (300, 200), "bottom right"),
        (270, (300, 450), "bottom left"),
    ],
)
def test_picture_is_turned_clockwise(rotation: Rotation, size: tuple[int, int], corner: str):
    [page] = draw_pages(files.make_jpeg(), FileKind.JPEG, width=300, rotation=rotation)

    picture = open_jpeg(page)
    assert picture.size == size
    assert find_black_corner(picture) == corner


def test_page_of_a_pdf_is_turned_and_kept_within_the_width():
    [page] = draw_pages(files.make_pdf(), FileKind.PDF, width=842, rotation=90)

    width, height = open_jpeg(page).size
    assert width <= 842
    assert width > height


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.make_photo_of_a_phone(), FileKind.JPEG),
        (files.make_pdf_with_script(), FileKind.PDF),
    ],
)
def test_nothing_the_file_said_of_its_maker_is_left(data: bytes, kind: FileKind):
    assert b"SECRET" in data or kind is FileKind.PDF  # a PDF's words may be packed

    [page] = draw_pages(data, kind, width=300)

    picture = open_jpeg(page)
    assert b"SECRET" not in page
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_transparent_picture_lies_on_white():
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    [page] = draw_pages(out.getvalue(), FileKind.PNG, width=50)

    assert open_jpeg(page).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize("title", files.HEAVY)
def test_heavy_file_is_drawn_within_the_limits_or_not_at_all(title: str):
    try:
        pages = draw_pages(files.HEAVY[title](), FileKind.PDF, width=2000)
    except DecoderFailed:
        return
    assert all(open_jpeg(page).width * open_jpeg(page).height <= 13_000_000 for page in pages)


def test_very_long_page_is_drawn_narrow_rather_than_not_at_all():
    [page] = draw_pages(files.make_pdf_page_of(10, 14_400), FileKind.PDF, width=2000)

    picture = open_jpeg(page)
    assert picture.height <= 3 * 2000
    assert picture.width < 20


def test_file_that_was_never_judged_is_not_drawn():
    with pytest.raises(DecoderFailed):
        draw_pages(files.PROGRAM, FileKind.JPEG, width=300)


@pytest.mark.parametrize("width", [0, -1, 100_000])
def test_width_that_makes_no_picture_is_refused(width: int):
    with pytest.raises(ValueError, match="A width between 16 and 4000 pixels"):
        draw_pages(files.make_jpeg(), FileKind.JPEG, width=width)


# reading what was drawn


def open_jpeg(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data), formats=["JPEG"])


def find_black_corner(picture: Image.Image) -> str:
    """The file's top left quarter is black (see files.make_picture): where is it now?"""
    width, height = picture.size
    grey = picture.convert("L")
    corners = {
        "top left": (10, 10),
        "top right": (width - 10, 10),
        "bottom left": (10, height - 10),
        "bottom right": (width - 10, height - 10),
    }
    # the gradient is dark on one side too: black is where the neighbours are black as well
    return min(corners, key=lambda corner: _sum_around(grey, corners[corner]))


def _sum_around(grey: Image.Image, centre: tuple[int, int]) -> int:
    x, y = centre
    box = grey.crop((x - 10, y - 10, x + 10, y + 10))
    return sum(value * count for value, count in enumerate(box.histogram()))
