"""The kinds of files we take, told by their first bytes, and the limits they are held to."""

from enum import StrEnum

#: DESIGN part 6: at most 10 MB (of 2**20 bytes, as file managers count), 40 megapixels, 4 pages.
LARGEST_FILE = 10 * 2**20
MOST_MEGAPIXELS = 40
MOST_PAGES = 4


class FileKind(StrEnum):
    """A kind of file that we take."""

    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        return "application/pdf" if self is FileKind.PDF else f"image/{self.value}"

    @classmethod
    def of(cls, media_type: str) -> "FileKind":
        """Return the kind of a stored file. Raises ValueError for a media type of no kind."""
        return cls(media_type.rpartition("/")[2])


#: The brands of HEIF whose pictures are HEVC: iPhones write "heic", some cameras "mif1" before it.
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}


def recognise(data: bytes) -> FileKind | None:
    """Return the kind that the bytes begin as, or None.

    The signature must stand at byte 0. PDF readers forgive up to a kilobyte before it, and this is
    how an HTML page or a program is made that is a PDF as well.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    return None
