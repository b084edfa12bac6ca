"""The folder of honest files: all accepted, and the page still the one that was sent."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from registration.uploads.cleaning import Cleaned, clean
from registration.uploads.decoder import Patience
from registration.uploads.kinds import FileKind
from tests.uploads import files, honest
from tests.uploads.searching import find_foreign

PATIENCE = Patience(processor=10, answer=240)
#: Where both pictures are compared, in pixels; and how much a pixel may differ in the mean, of 255.
SMALL = (60, 40)
MOST_DIFFERENT = 3
#: PDFium and poppler turn inks into colours of a screen each in a way of its own.
MOST_DIFFERENT_OF_INKS = 5


@pytest.mark.parametrize("producer", honest.PICTURES)
def test_picture_of_every_producer_is_taken_and_still_the_same(producer: str):
    made = clean(honest.PICTURES[producer](), patience=PATIENCE)

    assert isinstance(made, Cleaned), made
    assert find_foreign(made) == []
    picture = Image.open(BytesIO(made.data))
    assert picture.width > picture.height
    assert difference(picture, files.make_picture()) < MOST_DIFFERENT


@pytest.mark.parametrize("producer", honest.PDFS)
def test_pdf_of_every_producer_is_taken_and_still_the_same(producer: str):
    """Drawn before and after by poppler, which has no code of PDFium's."""
    data = honest.PDFS[producer]()

    made = clean(data, patience=PATIENCE)

    assert isinstance(made, Cleaned), made
    assert (made.kind, made.pages) == (FileKind.PDF, 1)
    assert find_foreign(made) == []
    before, after = draw(data), draw(made.data)
    assert after.height / after.width == pytest.approx(before.height / before.width, rel=0.02)
    most = MOST_DIFFERENT_OF_INKS if producer.endswith("CMYK") else MOST_DIFFERENT
    assert difference(after, before) < most
    mirrored = after.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert difference(after, before) < difference(mirrored, before)


def test_comparison_sees_another_picture_and_a_picture_upside_down():
    """The comparison itself: what it does not see proves nothing."""
    page = files.make_picture()

    assert difference(page.transpose(Image.Transpose.ROTATE_180), page) > MOST_DIFFERENT
    assert difference(page.transpose(Image.Transpose.FLIP_LEFT_RIGHT), page) > MOST_DIFFERENT
    assert difference(Image.new("RGB", page.size, "white"), page) > MOST_DIFFERENT


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (files.make_png, FileKind.PNG),
        (lambda: noisy_png("RGB"), FileKind.JPEG),
        (lambda: noisy_png("L"), FileKind.JPEG),
        (files.make_heic, FileKind.JPEG),
    ],
)
def test_flat_png_stays_one_and_everything_else_becomes_a_jpeg(
    make: files.MakeFile, kind: FileKind
):
    made = clean(make(), patience=PATIENCE)

    assert isinstance(made, Cleaned)
    assert made.kind is kind


@pytest.mark.parametrize(
    ("size", "kept"), [((4000, 3000), (4000, 3000)), ((8000, 5000), (4381, 2738))]
)
def test_whole_photograph_of_a_telephone_is_kept_and_a_larger_one_is_made_as_large(
    size: tuple[int, int], kept: tuple[int, int]
):
    made = clean(files.make_jpeg(*size), patience=PATIENCE)

    assert isinstance(made, Cleaned)
    assert Image.open(BytesIO(made.data)).size == kept


def test_page_of_a4_is_drawn_at_300_dots_to_the_inch():
    made = clean(files.make_pdf(), patience=PATIENCE)

    assert isinstance(made, Cleaned)
    page = draw(made.data, dots=300)
    assert page.size == (2480, 3509)


def test_page_is_drawn_as_sharp_as_the_photograph_on_it():
    """A telephone's scan on a page of the size of a passport: 300 dots would lose half of it."""
    photo = files.make_jpeg(3000, 2000)
    data = honest.scanned_pdf(photo, size=(3000, 2000))

    made = clean(data, patience=PATIENCE)

    assert isinstance(made, Cleaned)
    assert find_pixels(made.data) == (3000, 2000)


# what they need


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return by how much a pixel differs in the mean where both are made small, of 255."""
    small = [
        each.convert("RGB").resize(SMALL, Image.Resampling.BOX, reducing_gap=None)
        for each in (one, other)
    ]
    means = ImageStat.Stat(ImageChops.difference(*small)).mean
    return sum(means) / len(means)


def draw(pdf: bytes, *, dots: int = 72) -> Image.Image:
    options = ("pdftoppm", "-singlefile", "-cropbox", "-r", str(dots), "-png")
    return Image.open(BytesIO(honest.by_poppler(pdf, *options)))


def find_pixels(pdf: bytes) -> tuple[int, int]:
    """Return the size of the one picture in a PDF of ours."""
    jpeg = pdf[pdf.index(b"\xff\xd8\xff") :]
    return Image.open(BytesIO(jpeg)).size


def noisy_png(mode: str) -> bytes:
    noise = Image.effect_noise((600, 400), 60)
    picture = Image.merge("RGB", (noise, noise.rotate(180), noise)) if mode == "RGB" else noise
    return files._save(picture, "PNG")
