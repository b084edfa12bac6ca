"""The drawn signature, as a browser's canvas sends it and as nobody's canvas would."""

import base64
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from registration.domain.refusals import (
    FileOfOtherKind,
    FileTooLarge,
    FileUnreadable,
    PictureTooLarge,
)
from registration.uploads.signatures import PREFIX, judge_signature
from tests.uploads import files


@pytest.mark.parametrize("ink", ["black", "white", "navy"])
def test_ink_becomes_black_on_white_whatever_its_colour(ink: str):
    """On a dark page the canvas draws in white."""
    drawn = judge_signature(as_data_url(make_canvas(ink)))

    picture = open_png(drawn)
    assert picture.mode == "L"
    assert picture.getpixel((0, 0)) == 255
    assert picture.getextrema() == (0, 255)


def test_ink_is_cropped_to_a_margin():
    picture = open_png(judge_signature(make_canvas("black")))

    assert picture.size == (200 + 1 + 2 * 8, 100 + 1 + 2 * 8)


def test_signature_on_a_white_page_is_taken_too():
    picture = open_png(judge_signature(make_canvas("black", page="white")))

    assert picture.size == (200 + 1 + 2 * 8, 100 + 1 + 2 * 8)


@pytest.mark.parametrize("page", ["transparent", "white", "black"])
def test_untouched_canvas_is_no_signature(page: str):
    assert judge_signature(make_canvas(None, page=page)) is None


@pytest.mark.parametrize("sent", ["", "  ", b""])
def test_nothing_sent_is_no_signature(sent: str | bytes):
    assert judge_signature(sent) is None


@pytest.mark.parametrize(
    "sent",
    [
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,%%%",
        "data:image/png;base64,á",
        "https://example.org/signature.png",
        "x",
    ],
)
def test_text_that_is_no_picture_is_refused(sent: str):
    assert judge_signature(sent) == FileUnreadable()


def test_other_kind_in_the_guise_of_a_png_is_refused():
    assert judge_signature(as_data_url(files.SVG)) == FileOfOtherKind()


def test_damaged_png_is_refused():
    assert judge_signature(make_canvas("black")[:-40]) == FileUnreadable()


def test_canvas_of_too_many_pixels_is_refused():
    data = files.make_png_of_claimed_size(2001, 10)

    assert judge_signature(data) == PictureTooLarge(limit=4)


def test_canvas_of_too_many_bytes_is_refused():
    data = files.pad(make_canvas("black"), 200_001)

    assert judge_signature(as_data_url(data)) == FileTooLarge(size=200_001, limit=200_000)


# a canvas


def make_canvas(ink: str | None, *, page: str = "transparent") -> bytes:
    colour = (0, 0, 0, 0) if page == "transparent" else page
    picture = Image.new("RGBA", (600, 200), colour)
    if ink:
        ImageDraw.Draw(picture).rectangle((100, 50, 300, 150), outline=ink, width=3)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def as_data_url(data: bytes) -> str:
    return PREFIX + base64.b64encode(data).decode()


def open_png(data: object) -> Image.Image:
    assert isinstance(data, bytes)
    return Image.open(BytesIO(data), formats=["PNG"])
