"""Is this file one that we take? Judged by its bytes and by decoding, never by name or header.

What we take is made anew at once: what is kept is ours, and nothing else of what came.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

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
from registration.uploads.decoder import Answer, Patience, Verdict, ask
from registration.uploads.kinds import (
    LARGEST_FILE,
    MOST_MEGAPIXELS,
    MOST_PAGES,
    FileKind,
    recognise,
)

#: Bytes that may follow a PDF's last "%%EOF": readers look for it in the last kilobyte.
PDF_TAIL = 1024


#: What a form waits for while its sender does.
IN_A_FORM = Patience(processor=10, answer=5)
#: What the worker gives a file that was too slow for a form.
IN_A_JOB = Patience(processor=60, answer=240)

#: How a file is decoded: `decoder.ask`, which has a process made for each.
Ask: TypeAlias = Callable[..., Answer]


@dataclass(frozen=True)
class Cleaned:
    """A file of ours, made from what somebody sent. kind: of our file; a HEIC becomes a JPEG.

    pages: 1 for a picture. data: nothing of what came but its pixels.
    """

    kind: FileKind
    pages: int
    data: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        return self.kind.media_type

    @property
    def size(self) -> int:
        return len(self.data)


def clean(data: bytes, *, patience: Patience = IN_A_FORM, ask: Ask = ask) -> Cleaned | FileFault:
    """Return the file made anew, or why we do not take it (DESIGN, part 6).

    Takes a tenth of a second and more: call it outside any transaction. Raises DecoderFailed where
    the patience ends first, or where the machine and not the file is at fault.
    """
    if not data:
        return FileEmpty()
    if len(data) > LARGEST_FILE:
        return FileTooLarge(size=len(data), limit=LARGEST_FILE)
    kind = recognise(data)
    if kind is None:
        return FileOfOtherKind()
    if kind is FileKind.PDF and not _ends_as_pdf(data):
        return FileUnreadable()
    return _read_verdict(ask("remake", data, patience=patience, kind=kind))


def _ends_as_pdf(data: bytes) -> bool:
    """False for a PDF cut off on its way, which readers mend in silence, with pages missing; and
    for one with something else behind it (an archive, a page of HTML)."""
    return b"%%EOF" in data[-PDF_TAIL:]


def _read_verdict(answer: Answer) -> Cleaned | FileFault:
    match answer.verdict:
        case Verdict.GOOD:
            [made] = answer.pictures
            kind = recognise(made)
            assert kind is not None  # it is ours
            return Cleaned(kind, answer.pages, made)
        case Verdict.LOCKED:
            return FileLocked()
        case Verdict.TOO_MANY_PAGES:
            return FileTooManyPages(pages=answer.pages, limit=MOST_PAGES)
        case Verdict.TOO_MANY_PIXELS:
            return PictureTooLarge(limit=MOST_MEGAPIXELS)
        case Verdict.UNREADABLE | Verdict.BLANK:
            return FileUnreadable()
