"""The signature drawn on the acceptance page: a PNG from the canvas, made anew by us."""

import base64

from registration.domain.refusals import (
    FileFault,
    FileOfOtherKind,
    FileTooLarge,
    FileUnreadable,
    PictureTooLarge,
)
from registration.uploads.decoder import Verdict, ask
from registration.uploads.kinds import FileKind, recognise

PREFIX = "data:image/png;base64,"
LARGEST_SIGNATURE_FILE = 200_000
#: 2000 by 2000 pixels, as megapixels.
SIGNATURE_MEGAPIXELS = 4


def judge_signature(sent: str | bytes) -> bytes | FileFault | None:
    """Return the ink as a small PNG, black on white; None if nothing was drawn.

    sent: the field's text ("data:image/png;base64,..."), or the PNG's bytes. An untouched canvas
    sends either nothing or a blank picture; both are None. Raises DecoderFailed.
    """
    data = _decode(sent.strip()) if isinstance(sent, str) else sent
    if data is None:
        return FileUnreadable()
    if not data:
        return None
    if len(data) > LARGEST_SIGNATURE_FILE:
        return FileTooLarge(size=len(data), limit=LARGEST_SIGNATURE_FILE)
    if recognise(data) is not FileKind.PNG:
        return FileOfOtherKind()
    answer = ask("signature", data)
    match answer.verdict:
        case Verdict.GOOD:
            return answer.pictures[0]
        case Verdict.BLANK:
            return None
        case Verdict.TOO_MANY_PIXELS:
            return PictureTooLarge(limit=SIGNATURE_MEGAPIXELS)
        case _:
            return FileUnreadable()


def _decode(text: str) -> bytes | None:
    """Return the bytes of a data URL, none for no text, None for any other text."""
    if not text:
        return b""
    if not text.startswith(PREFIX):
        return None
    try:
        return base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except ValueError:
        return None
