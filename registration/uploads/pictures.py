"""Pictures that we make from a file somebody sent: the only thing of it that is shown inline."""

from typing import Literal, TypeAlias

from registration.uploads.decoder import DecoderFailed, Verdict, ask
from registration.uploads.kinds import FileKind

#: Degrees clockwise.
Rotation: TypeAlias = Literal[0, 90, 180, 270]
PICTURE_MEDIA_TYPE = "image/jpeg"
NARROWEST, WIDEST = 16, 4000


def draw_pages(
    data: bytes, kind: FileKind, *, width: int, rotation: Rotation = 0
) -> tuple[bytes, ...]:
    """Return the file's pages as JPEGs of our own, upright, without any metadata, in memory only.

    width: pixels, at most; a smaller picture is not enlarged, a very long page becomes narrower.
    Raises DecoderFailed, also for a file that `clean` did not make.
    """
    if not NARROWEST <= width <= WIDEST:
        raise ValueError(f"A width between {NARROWEST} and {WIDEST} pixels, not {width}.")
    answer = ask("draw", data, kind=kind, width=width, rotation=rotation)
    if answer.verdict is not Verdict.GOOD:
        raise DecoderFailed(f"A file of ours cannot be drawn: {answer.verdict}.")
    return answer.pictures
