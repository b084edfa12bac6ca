"""Is this file one that we take? Judged by its bytes and by decoding, never by name or header."""

from dataclasses import dataclass

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
from registration.uploads.decoder import Answer, Verdict, ask
from registration.uploads.kinds import (
    LARGEST_FILE,
    MOST_MEGAPIXELS,
    MOST_PAGES,
    FileKind,
    recognise,
)

#: Bytes that may follow a PDF's last "%%EOF": readers look for it in the last kilobyte.
PDF_TAIL = 1024


@dataclass(frozen=True)
class Judged:
    """A file that we take. pages: 1 for a picture. size: bytes."""

    kind: FileKind
    pages: int
    size: int

    @property
    def media_type(self) -> str:
        return self.kind.media_type


def judge(data: bytes) -> Judged | FileFault:
    """Return what the file is, or why we do not take it (DESIGN, part 6).

    Takes a tenth of a second and more: call it outside any transaction. Raises DecoderFailed where
    the machine and not the file is at fault.
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
    return _read_verdict(ask("judge", data, kind=kind), kind, len(data))


def _ends_as_pdf(data: bytes) -> bool:
    """False for a PDF cut off on its way, which readers mend in silence, with pages missing; and
    for one with something else behind it (an archive, a page of HTML)."""
    return b"%%EOF" in data[-PDF_TAIL:]


def _read_verdict(answer: Answer, kind: FileKind, size: int) -> Judged | FileFault:
    match answer.verdict:
        case Verdict.GOOD:
            return Judged(kind, answer.pages, size)
        case Verdict.LOCKED:
            return FileLocked()
        case Verdict.TOO_MANY_PAGES:
            return FileTooManyPages(pages=answer.pages, limit=MOST_PAGES)
        case Verdict.TOO_MANY_PIXELS:
            return PictureTooLarge(limit=MOST_MEGAPIXELS)
        case Verdict.UNREADABLE | Verdict.BLANK:
            return FileUnreadable()
