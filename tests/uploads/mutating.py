"""Files that were good before something happened to them: the same ones from the same number.

Blind changes (bits, cuts, splices, lengths that lie) and changes that know the format: what a
reader checks first is put right again, so that the change reaches what lies behind.
"""

import re
import struct
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random
from typing import TypeAlias

import pikepdf
import pillow_heif
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.uploads import files
from tests.uploads.searching import CANARY

Change: TypeAlias = Callable[[bytearray, Random], bytearray]

#: Numbers at which programs break.
_ODD = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutate(kind: str, number: int) -> bytes:
    """Return the file of this number. kind: one of `SEEDS`."""
    chance = Random(f"{kind} {number}")
    data = bytearray(chance.choice(SEEDS[kind]()))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        data = chance.choice(_CHANGES[kind])(data, chance) or bytearray(b"\0")
    return bytes(data)


# blind changes


def _flip_bits(data: bytearray, chance: Random) -> bytearray:
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        data[_at(data, chance)] ^= 1 << chance.randrange(8)
    return data


def _overwrite(data: bytearray, chance: Random) -> bytearray:
    start = _at(data, chance)
    data[start : start + chance.randrange(1, 64)] = chance.randbytes(chance.randrange(64))
    return data


def _cut_off(data: bytearray, chance: Random) -> bytearray:
    return data[: _at(data, chance)]


def _cut_out(data: bytearray, chance: Random) -> bytearray:
    start = _at(data, chance)
    del data[start : start + chance.randrange(1, 400)]
    return data


def _repeat(data: bytearray, chance: Random) -> bytearray:
    start, to = _at(data, chance), _at(data, chance)
    data[to:to] = data[start : start + chance.randrange(1, 2000)] * chance.choice((1, 1, 30))
    return data


def _splice(data: bytearray, chance: Random) -> bytearray:
    """Go on with another file, of any kind."""
    other = chance.choice(SEEDS[chance.choice(list(SEEDS))]())
    return data[: _at(data, chance)] + other[chance.randrange(len(other)) :]


def _lie(data: bytearray, chance: Random) -> bytearray:
    """Write a number of two or four bytes at which programs break."""
    size = chance.choice((2, 4))
    number = chance.choice(_ODD) & (2 ** (8 * size) - 1)
    order = chance.choice(("big", "little"))
    start = _at(data, chance)
    data[start : start + size] = number.to_bytes(size, order)  # type: ignore[arg-type]  # a str
    return data


def _at(data: bytearray, chance: Random) -> int:
    """Return a position; heads are hit as often as all that lies behind them."""
    last = max(1, len(data))
    return chance.randrange(min(last, chance.choice((64, 600, last, last))))


_BLIND: tuple[Change, ...] = (_flip_bits, _overwrite, _cut_off, _cut_out, _repeat, _splice, _lie)

# changes that know JPEG


def _change_segments(data: bytearray, chance: Random) -> bytearray:
    """Drop, repeat, exchange or lengthen the segments before the scan."""
    parts, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        parts.append(data[at : at + size])
        at += size
    _shuffle(parts, chance)
    for part in parts:
        if chance.random() < 0.1 and len(part) > 4:
            part[2:4] = chance.choice(_ODD[:9]).to_bytes(4, "big")[2:]
        if chance.random() < 0.2 and len(part) > 5:
            part[chance.randrange(4, len(part))] = chance.randrange(256)
    return data[:2] + b"".join(parts) + data[at:]


def _change_frame(data: bytearray, chance: Random) -> bytearray:
    """Claim another size, another number of colours."""
    found = re.search(rb"\xff[\xc0\xc2]\0.\x08", bytes(data), re.DOTALL)
    if found is None:
        return data
    start = found.start()
    if chance.random() < 0.7:
        data[start + 5 : start + 9] = struct.pack(">HH", _side(chance), _side(chance))
    else:
        data[start + 9 : start + 10] = bytes([chance.randrange(6)])
    return data


def _side(chance: Random) -> int:
    return chance.choice((0, 1, 7, 64, 65, 500, 1000, 3000, 65535))


# changes that know PNG


def _change_chunks(data: bytearray, chance: Random) -> bytearray:
    """Drop, repeat, exchange or change chunks, with a checksum that is right again."""
    parts, at = [], 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        parts.append((bytes(data[at + 4 : at + 8]), bytearray(data[at + 8 : at + 8 + size])))
        at += 12 + size
    _shuffle(parts, chance)
    for kind, body in parts:
        if kind == b"IHDR" and len(body) == 13 and chance.random() < 0.4:
            body[0:8] = struct.pack(">II", _side(chance), _side(chance))
        elif body and chance.random() < 0.3:
            body[chance.randrange(len(body))] = chance.randrange(256)
    return data[:8] + b"".join(files._png_chunk(kind, bytes(body)) for kind, body in parts)


# changes that know PDF


def _change_numbers(data: bytearray, chance: Random) -> bytearray:
    numbers = list(re.finditer(rb"(?<= )-?\d+(?:\.\d+)?(?=[ \]/>\n])", bytes(data)))
    for found in sorted(
        chance.sample(numbers, min(len(numbers), 3)), key=lambda each: -each.start()
    ):
        data[found.start() : found.end()] = chance.choice(
            (b"0", b"-1", b"1", b"3", b"1e9", b"99999", b"2147483648", b"-99999999999", b"0.00001")
        )
    return data


def _change_names(data: bytearray, chance: Random) -> bytearray:
    """Put one name in another's place: filters, types, keys."""
    names = list(re.finditer(rb"/[A-Za-z]{1,20}", bytes(data)))
    if names:
        found, other = chance.choice(names), chance.choice(names)
        more = (b"/JBIG2Decode", b"/JPXDecode", b"/CCITTFaxDecode", b"/LZWDecode", b"/Crypt")
        word = chance.choice((other.group(), other.group(), *more))
        data[found.start() : found.end()] = word
    return data


def _change_references(data: bytearray, chance: Random) -> bytearray:
    """Let objects refer to others, to themselves, to none."""
    references = list(re.finditer(rb"\d+ 0 R", bytes(data)))
    if references:
        found = chance.choice(references)
        data[found.start() : found.end()] = b"%d 0 R" % chance.randrange(12)
    return data


def _change_objects(data: bytearray, chance: Random) -> bytearray:
    """Drop, repeat or exchange whole objects; the table of their places is not told."""
    parts = [bytearray(each) for each in re.split(rb"(?=\n\d+ 0 obj)", bytes(data))]
    head, *objects = parts
    _shuffle(objects, chance)
    return head + b"".join(objects)


def _end_again(data: bytearray, chance: Random) -> bytearray:
    return data + b"\nstartxref\n%d\n%%%%EOF\n" % chance.randrange(len(data) + 1)


def _shuffle(parts: list, chance: Random) -> None:  # type: ignore[type-arg]  # of either kind
    if not parts:
        return
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    match chance.randrange(4):
        case 0:
            parts[one], parts[other] = parts[other], parts[one]
        case 1 if len(parts) > 1:
            del parts[one]
        case 2:
            parts.insert(other, parts[one])


_CHANGES: dict[str, tuple[Change, ...]] = {
    "JPEG": (*_BLIND, _change_segments, _change_segments, _change_frame, _change_frame),
    "PNG": (*_BLIND, *[_change_chunks] * 5),
    "PDF": (
        *(_flip_bits, _overwrite, _cut_out, _repeat, _lie),
        *(_change_numbers, _change_names, _change_references, _change_objects, _end_again) * 2,
    ),
    "HEIC": _BLIND,
}

# what they are made from


@cache
def _jpegs() -> list[bytes]:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, CANARY
    grey = files.make_picture(64, 48).convert("L")
    return [
        files.make_jpeg(64, 48, comment=CANARY),
        files.make_jpeg(64, 48, exif=exif),
        files.make_jpeg(64, 48, progressive=True, comment=CANARY),
        files.make_jpeg(64, 48, restart_marker_rows=1),
        files._save(grey, "JPEG"),
        files._save(grey.convert("CMYK"), "JPEG", comment=CANARY),
    ]


@cache
def _pngs() -> list[bytes]:
    from tests.uploads import honest

    small = files.make_picture(64, 48)
    words = (b"tEXt", b"Author\0" + CANARY.encode())
    plain = files._save(small, "PNG")
    return [
        plain[:33] + files._png_chunk(*words) + plain[33:],
        files._save(small.convert("1"), "PNG"),
        files._save(small.quantize(16), "PNG", transparency=0),
        files._save(small.convert("LA"), "PNG"),
        files._save(small, "PNG", save_all=True, append_images=[small.rotate(180)]),
        honest._png((16, 16), 16, 2, 0, (b"\0" + bytes(96)) * 16),
        honest._png((8, 8), 8, 0, 1, bytes(15 + 64)),
    ]


@cache
def _pdfs() -> list[bytes]:
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=(90, 60), pageCompression=0)
    canvas.setTitle(CANARY)
    canvas.drawString(5, 5, "SPECIMEN")
    canvas.linkURL(f"https://example.org/{CANARY}", (0, 0, 90, 60))
    canvas.showPage()
    canvas.save()
    scanned = pikepdf.open(BytesIO(files.make_pdf()))
    page = scanned.pages[0].obj
    page.MediaBox = pikepdf.Array([0, 0, 90, 60])
    page.Resources.XObject.Scan.write(_jpegs()[0], filter=pikepdf.Name.DCTDecode)
    page.Resources.XObject.Scan.Width, page.Resources.XObject.Scan.Height = 64, 48
    page.Contents = scanned.make_stream(b"q 90 0 0 60 0 0 cm /Scan Do Q 1 0 0 RG 9 9 m 50 9 l S")
    scanned.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=CANARY)
    packed = pikepdf.ObjectStreamMode.generate
    return [
        drawn.getvalue(),
        files._save_pdf(scanned, compress_streams=False),
        files._save_pdf(scanned, object_stream_mode=packed),
        files._save_pdf(scanned, encryption=pikepdf.Encryption(user="", owner="x")),
    ]


@cache
def _heics() -> list[bytes]:
    exif = Image.Exif()
    exif[0x010F] = CANARY
    made = []
    for mode in ("RGB", "L", "RGBA"):
        out = BytesIO()
        pillow_heif.from_pillow(files.make_picture(64, 64).convert(mode)).save(
            out, quality=50, exif=exif.tobytes()
        )
        made.append(out.getvalue())
    return made


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "JPEG": _jpegs,
    "PNG": _pngs,
    "PDF": _pdfs,
    "HEIC": _heics,
}
