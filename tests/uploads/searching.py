"""Is a cleaned file ours alone? Told by a walk through all of it: what may stand there is named."""

import re
import zlib
from io import BytesIO

import pikepdf

from registration.uploads.cleaning import Cleaned
from registration.uploads.kinds import FileKind

#: Planted wherever something could survive.
CANARY = "CANARYXQ7"
_SPELLINGS = [
    CANARY.encode(),
    CANARY.encode("utf-16-be"),
    CANARY.encode("utf-16-le"),
    CANARY.encode().hex().encode(),
    CANARY.encode().hex().upper().encode(),
]
#: JFIF's own head, tables, frame, scan: no APP1 (EXIF, XMP), APP2 (profile, MPO), comment.
_SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
_CHUNKS = {b"IHDR", b"IDAT", b"IEND"}
_PDF_KEYS = {
    "/Type", "/Pages", "/Kids", "/Count", "/Parent", "/MediaBox", "/Contents", "/Resources",
    "/XObject", "/P", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent",
    "/Filter", "/Length", "/Size", "/Root",
}  # fmt: skip


def find_canary(data: bytes) -> bool:
    """Return whether the canary stands anywhere in the bytes, packed streams included."""
    return any(spelling in part for part in [data, *_unpack(data)] for spelling in _SPELLINGS)


def find_foreign(made: Cleaned) -> list[str]:
    """Return what stands in the file and is not a part of the few that ours have."""
    match made.kind:
        case FileKind.JPEG:
            return _in_jpeg(made.data)
        case FileKind.PNG:
            return _in_png(made.data)
        case FileKind.PDF:
            return _in_pdf(made.data)
    return [made.kind]


def _unpack(data: bytes) -> list[bytes]:
    found = []
    for at in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        unpacker = zlib.decompressobj()
        try:
            found.append(unpacker.decompress(data[at.start() :], 50_000_000))
        except zlib.error:
            continue
    return found


def _in_jpeg(data: bytes) -> list[str]:
    foreign, at = [], 2
    while data[at + 1] != 0xDA:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + size]
        if marker not in _SEGMENTS or (marker == 0xE0 and len(body) != 14):
            foreign.append(f"segment {marker:x} {body[:20]!r}")
        at += 2 + size
    # In the scan FF is followed by 00, or begins the end.
    end = re.compile(rb"\xff[^\x00]").search(data, at + 2)
    if end is None or end.group() != b"\xff\xd9" or end.end() != len(data):
        foreign.append("bytes behind the picture")
    return foreign


def _in_png(data: bytes) -> list[str]:
    foreign, at = [], 8
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in _CHUNKS:
            foreign.append(repr(kind))
        at += 12 + size
        if kind == b"IEND":
            break
    return foreign + (["bytes behind the picture"] if at != len(data) else [])


def _in_pdf(data: bytes) -> list[str]:
    foreign = []
    if not data.endswith(b"%%EOF\n") or data.count(b"%%EOF") != 1:
        foreign.append("bytes behind the end")
    with pikepdf.open(BytesIO(data)) as document:
        if len(document.objects) != 2 + 3 * len(document.pages):
            foreign.append(f"{len(document.objects)} objects")
        for each in [document.trailer, *document.objects]:
            foreign += _list_keys(each)
        for page in [] if foreign else document.pages:
            picture = page.obj.Resources.XObject.P
            drawing = page.obj.Contents.read_raw_bytes()
            if not re.fullmatch(rb"q [\d.]+ 0 0 [\d.]+ 0 0 cm /P Do Q", drawing):
                foreign.append(repr(drawing))
            foreign += _in_jpeg(picture.read_raw_bytes())
    return foreign


def _list_keys(each: pikepdf.Object) -> list[str]:
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return []
    keys = dict(each.items() if not isinstance(each, pikepdf.Stream) else each.stream_dict.items())
    foreign = [key for key in keys if key not in _PDF_KEYS]
    for value in keys.values():
        if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            foreign += _list_keys(value)
    return foreign
