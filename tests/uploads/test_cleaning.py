"""Every kind of file that people, and their enemies, choose for a passport."""

import pytest

from registration.domain.refusals import (
    FileEmpty,
    FileFault,
    FileLocked,
    FileOfOtherKind,
    FileTooLarge,
    FileTooManyPages,
    FileUnreadable,
    PictureTooLarge,
)
from registration.uploads import decoder
from registration.uploads.cleaning import Cleaned, clean
from registration.uploads.decoder import DecoderFailed, DecoderGaveUp, Patience
from registration.uploads.kinds import LARGEST_FILE, FileKind
from tests.uploads import files

#: No limit of the answer is met on a busy machine; what needs more processor time is hostile.
PATIENCE = Patience(processor=10, answer=240)


def judge(data: bytes, patience: Patience = PATIENCE) -> Cleaned | FileFault:
    return clean(data, patience=patience)


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (files.make_jpeg(), FileKind.JPEG, 1),
        (files.make_jpeg(progressive=True), FileKind.JPEG, 1),
        (files.make_png(), FileKind.PNG, 1),
        (files.make_heic(), FileKind.JPEG, 1),
        (files.make_pdf(), FileKind.PDF, 1),
        (files.make_pdf(4), FileKind.PDF, 4),
        (files.make_photo_of_a_phone(), FileKind.JPEG, 1),
        (files.make_pdf_that_may_not_be_printed(), FileKind.PDF, 1),
    ],
)
def test_file_of_our_kinds_is_taken(data: bytes, kind: FileKind, pages: int):
    made = judge(data)

    assert isinstance(made, Cleaned)
    assert (made.kind, made.pages) == (kind, pages)


@pytest.mark.parametrize("make", [files.make_jpeg, files.make_png, files.make_heic])
def test_picture_of_forty_megapixels_fits_into_the_memory_allowed(make: files.MakePicture):
    data = make(8000, 5000)

    assert isinstance(judge(data), Cleaned)


@pytest.mark.parametrize("kind", list(FileKind))
def test_media_type_leads_back_to_the_kind(kind: FileKind):
    assert FileKind.of(Cleaned(kind, 1, b"").media_type) is kind


def test_empty_file_is_told_as_such():
    assert judge(b"") == FileEmpty()


def test_file_of_exactly_ten_megabytes_is_taken():
    assert isinstance(judge(files.pad(files.make_jpeg(), LARGEST_FILE)), Cleaned)


def test_file_of_one_byte_more_is_too_large():
    data = files.pad(files.make_jpeg(), LARGEST_FILE + 1)

    assert judge(data) == FileTooLarge(size=10 * 1024 * 1024 + 1, limit=10 * 1024 * 1024)


@pytest.mark.parametrize("title", files.OTHER_KINDS)
def test_file_of_another_kind_is_refused(title: str):
    assert judge(files.OTHER_KINDS[title]()) == FileOfOtherKind()


@pytest.mark.parametrize("title", files.UNREADABLE)
def test_file_that_does_not_decode_is_refused(title: str):
    assert judge(files.UNREADABLE[title](), Patience(4, 240)) == FileUnreadable()


@pytest.mark.parametrize("title", files.TOO_MANY_PIXELS)
def test_picture_of_too_many_pixels_is_refused(title: str):
    assert judge(files.TOO_MANY_PIXELS[title]()) == PictureTooLarge(limit=40)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_cut_off_on_its_way_is_refused(share: float, progressive: bool):
    data = files.make_jpeg(progressive=progressive)

    assert judge(data[: int(len(data) * share)]) == FileUnreadable()


def test_pdf_with_a_password_is_told_as_such():
    assert judge(files.make_locked_pdf()) == FileLocked()


def test_pdf_of_five_pages_is_refused():
    assert judge(files.make_pdf(5)) == FileTooManyPages(pages=5, limit=4)


@pytest.mark.parametrize("title", files.HEAVY)
def test_heavy_file_is_judged_within_the_limits(title: str):
    """Good or unreadable, either will do: that there is a verdict is the point."""
    assert isinstance(judge(files.HEAVY[title]()), Cleaned | FileUnreadable)


def test_file_that_takes_too_much_memory_ends_the_drawing_room_alone(
    monkeypatch: pytest.MonkeyPatch,
):
    """The guard itself: with less memory than the picture needs, it is unreadable."""
    data = files.make_png(8000, 5000)
    assert isinstance(judge(data), Cleaned)
    monkeypatch.setattr(decoder, "MEMORY", 200 * 2**20)

    assert judge(data) == FileUnreadable()


def test_file_that_takes_too_long_ends_the_drawing_room_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoder, "MEMORY", 8 * 2**30)

    assert judge(files.make_pdf_that_paints_for_ever(), Patience(1, 240)) == FileUnreadable()


def test_file_that_comes_to_no_end_while_one_waits_is_told_apart_from_a_busy_machine(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(decoder, "MEMORY", 8 * 2**30)

    with pytest.raises(DecoderGaveUp):
        judge(files.make_pdf_that_paints_for_ever(), Patience(processor=60, answer=8))


def test_drawing_room_that_does_not_start_is_our_fault_not_the_files(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(decoder, "_ROOT", "/nowhere")

    with pytest.raises(DecoderFailed):
        judge(files.make_jpeg())


def test_busy_machine_is_our_fault_not_the_files():
    with pytest.raises(DecoderFailed) as raised:
        judge(files.make_jpeg(), Patience(processor=10, answer=0.01))

    assert not isinstance(raised.value, DecoderGaveUp)


def test_drawing_room_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_KEY", "a secret of the site")
    monkeypatch.setattr(
        decoder,
        "_START",
        "import os; print('ready'); "
        "found = int('SECRET_KEY' in os.environ); "
        'print(\'{{"verdict": "good", "pages": %d, "sizes": []}}\' % found)',
    )

    assert decoder.ask("remake", files.make_jpeg()).pages == 0


def test_drawing_room_can_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: object):
    """The limits stay, the task is another one: to write a file. It must not get a byte out."""
    target = f"{tmp_path}/clear.jpg"
    monkeypatch.setattr(
        decoder,
        "_START",
        decoder._START.replace(
            "\nmain()\n",
            f"\nprint('ready')\nwith open({target!r}, 'wb') as out: out.write(b'passport')\n",
        ),
    )

    assert decoder.ask("remake", files.make_jpeg()).verdict is decoder.Verdict.UNREADABLE

    with open(target, "rb") as left:  # noqa: PTH123 - the path stands in the other process's code
        assert left.read() == b""
