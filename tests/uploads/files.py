"""Files for tests, made in memory: good ones, and the zoo of those that must be refused.

Nothing here is anybody's: pictures are gradients with a word on them.
"""

import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import TypeAlias
from zipfile import ZipFile

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw

MakePicture: TypeAlias = Callable[[int, int], bytes]
MakeFile: TypeAlias = Callable[[], bytes]

# good files


def make_picture(width: int = 900, height: int = 600) -> Image.Image:
    """A page with something in each corner: the top left one is black."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 4, height // 4), fill="black")
    pen.text((width // 2, height // 2), "SPECIMEN", fill="white")
    return picture


def make_jpeg(width: int = 900, height: int = 600, **options: object) -> bytes:
    return _save(make_picture(width, height), "JPEG", **options)


def make_png(width: int = 900, height: int = 600, **options: object) -> bytes:
    return _save(make_picture(width, height), "PNG", **options)


def make_heic(width: int = 900, height: int = 600) -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(make_picture(width, height)).save(out, quality=60)
    return out.getvalue()


def make_pdf(pages: int = 1, **options: object) -> bytes:
    """A PDF of scanned pages, each a JPEG on A4."""
    document = pikepdf.new()
    for _ in range(pages):
        _add_scan(document, make_jpeg(), 900, 600)
    return _save_pdf(document, **options)


def make_photo_of_a_phone() -> bytes:
    """A JPEG as phones write it: turned, with position, thumbnail, maker and comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn clockwise to show
    exif[0x010F] = "SECRETMAKER"
    exif[0x013B] = "SECRETARTIST"
    exif.get_ifd(0x8825)[2] = (19.0, 25.0, 57.0)  # position: north
    return make_jpeg(exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE" + bytes(200))


def pad(data: bytes, size: int) -> bytes:
    """The picture with bytes behind its end, as some phones add them, up to `size` in all."""
    return data + bytes(size - len(data))


# the zoo


def make_png_of_claimed_size(width: int, height: int) -> bytes:
    """A PNG that says how large it is and whose pixels, all alike, are there (1 bit each)."""
    row = b"\0" + bytes((width + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            _png_chunk(b"IDAT", pixels),
            _png_chunk(b"IEND", b""),
        ]
    )


def make_png_with_text_bomb() -> bytes:
    """A small PNG with a compressed comment of 200 MB."""
    text = b"Comment\0\0" + zlib.compress(bytes(200 * 2**20), 9)
    png = make_png()
    return png[:33] + _png_chunk(b"zTXt", text) + png[33:]


def make_jpeg_of_claimed_size(width: int, height: int) -> bytes:
    """A small JPEG whose frame header claims another size."""
    data = bytearray(make_jpeg(64, 64))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def make_heic_of_claimed_size(width: int, height: int) -> bytes:
    """A small HEIC whose property box claims another size."""
    data = bytearray(make_heic(64, 64))
    size = data.index(b"ispe") + 8
    data[size : size + 8] = struct.pack(">II", width, height)
    return bytes(data)


def make_locked_pdf() -> bytes:
    return make_pdf(encryption=pikepdf.Encryption(user="secret", owner="secret"))


def make_pdf_that_may_not_be_printed() -> bytes:
    """It opens without a password; only changing it asks for one. Offices send such files."""
    return make_pdf(encryption=pikepdf.Encryption(user="", owner="secret"))


def make_pdf_bomb(where: str) -> bytes:
    """A PDF with a stream of 200 MB in 200 kB. where: "contents", "picture" or "unused"."""
    document = pikepdf.new()
    _add_scan(document, make_jpeg(), 900, 600)
    page = document.pages[0].obj
    packed = zlib.compress(b" " * (200 * 2**20), 9)
    bomb = document.make_stream(packed, Filter=pikepdf.Name.FlateDecode)
    if where == "contents":
        page.Contents = pikepdf.Array([page.Contents, bomb])
    elif where == "picture":
        bomb.update(_picture_entries(8000, 4900))
        bomb.BitsPerComponent = 8
        page.Resources.XObject.Scan = bomb
    else:
        page.PieceInfo = bomb
    return _save_pdf(document)


def make_pdf_of_nested_bombs() -> bytes:
    """A stream packed a hundred times over: its size cannot be told from the file's."""
    packed = b" " * 2**20
    for _ in range(100):
        packed = zlib.compress(packed, 9)
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].obj.Contents = document.make_stream(
        packed, Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 100)
    )
    return _save_pdf(document)


def make_pdf_that_paints_for_ever() -> bytes:
    """Forms that draw each other, ten times each, ten deep: ten thousand million drawings."""
    document = pikepdf.new()
    document.add_blank_page()
    inner = document.make_stream(b"0 0 500 500 re f")
    for _ in range(10):
        inner.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form})
        inner.BBox = pikepdf.Array([0, 0, 500, 500])
        outer = document.make_stream(b"/F Do " * 10)
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        inner = outer
    document.pages[0].obj.Contents = document.make_stream(b"/F Do " * 10)
    document.pages[0].obj.Resources = inner.Resources
    return _save_pdf(document)


def make_pdf_with_picture_of(width: int, height: int) -> bytes:
    """A PDF whose scanned page claims this many pixels."""
    document = pikepdf.new()
    _add_scan(document, make_jpeg(), width, height)
    return _save_pdf(document)


def make_pdf_page_of(width: float, height: float) -> bytes:
    """A PDF with one empty page of this size, in points."""
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, width, height])
    return _save_pdf(document)


def make_pdf_with_script() -> bytes:
    """A PDF with JavaScript at its opening, an attachment and a link: drawn, these are gone."""
    document = pikepdf.new()
    _add_scan(document, make_jpeg(), 900, 600)
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hi')")
    document.attachments["evil.exe"] = b"MZ"
    document.docinfo["/Author"] = "SECRETAUTHOR"
    return _save_pdf(document)


def make_zip(name: str = "word/vbaProject.bin") -> bytes:
    """An archive, as .docx and .docm files are."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, bytes(100))
    return out.getvalue()


def make_gif() -> bytes:
    return _save(make_picture(64, 64), "GIF")


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(400)

#: Not of our kinds, whatever their names say: title -> bytes.
OTHER_KINDS: dict[str, Callable[[], bytes]] = {
    "an SVG": lambda: SVG,
    "a page of HTML": lambda: HTML,
    "a program named .pdf": lambda: PROGRAM,
    "a Word file with macros": make_zip,
    "a GIF": make_gif,
    "a GIF that is an archive": lambda: make_gif() + make_zip(),
    "an archive with a PDF in front of its end": lambda: make_zip() + make_pdf(),
    "HTML with a PDF behind it": lambda: HTML + b"\n" + make_pdf(),
    "a PDF after a line break": lambda: b"\n" + make_pdf(),
    "a TIFF": lambda: _save(make_picture(64, 64), "TIFF"),
    "a WebP": lambda: _save(make_picture(64, 64), "WEBP"),
    "an AVIF": lambda: b"\0\0\0\x20ftypavif" + bytes(200),
    "a film": lambda: b"\0\0\0\x20ftypisom" + bytes(200),
    "PostScript": lambda: b"%!PS-Adobe-3.0\n",
    "a text": "Pasaporte de la República\n".encode,
    "one byte": lambda: b"\xff",
    "zeros": lambda: bytes(10_000),
}

#: Beginning rightly and not to be read: title -> bytes.
UNREADABLE: dict[str, Callable[[], bytes]] = {
    "a JPEG of its first bytes alone": lambda: b"\xff\xd8\xff\xe0" + bytes(100),
    "a JPEG with a program in it": lambda: b"\xff\xd8\xff" + PROGRAM,
    "a PNG of its signature alone": lambda: b"\x89PNG\r\n\x1a\n",
    "a PNG that breaks off": lambda: make_png()[:2000],
    "a PNG with a damaged chunk": lambda: _flip(make_png(), 1000),
    "a PNG with a comment of 200 MB": make_png_with_text_bomb,
    "a HEIC of its first bytes alone": lambda: b"\0\0\0\x18ftypheic" + bytes(12),
    "a HEIC that breaks off": lambda: make_heic()[:-500],
    "a PDF of its first bytes alone": lambda: b"%PDF-1.7\n",
    "a PDF of garbage": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF",
    "a PDF that breaks off": lambda: make_pdf(2)[:-2000],
    "a PDF without its last bytes": lambda: make_pdf()[:-6],
    "a PDF with an archive behind it": lambda: make_pdf() + make_zip() + bytes(1024),
    "a PDF without pages": lambda: _save_pdf(pikepdf.new()),
    "a PDF with an empty page": partial(make_pdf_page_of, 595, 842),
    "a PDF that paints for ever": make_pdf_that_paints_for_ever,
}

#: Larger than any camera's, judged before a pixel is decoded: title -> bytes.
TOO_MANY_PIXELS: dict[str, Callable[[], bytes]] = {
    "a PNG of 30000 x 30000": partial(make_png_of_claimed_size, 30_000, 30_000),
    "a PNG of 13000 x 13000": partial(make_png_of_claimed_size, 13_000, 13_000),
    "a PNG of just over 40 megapixels": partial(make_png_of_claimed_size, 8_000, 5_001),
    "a JPEG of 65000 x 65000": partial(make_jpeg_of_claimed_size, 65_000, 65_000),
    "a HEIC of 30000 x 30000": partial(make_heic_of_claimed_size, 30_000, 30_000),
    "a PDF with a picture of 30000 x 30000": partial(make_pdf_with_picture_of, 30_000, 30_000),
}

#: Heavy, and yet bounded; whether they are read or not is the library's affair: title -> bytes.
HEAVY: dict[str, Callable[[], bytes]] = {
    "a PDF with 200 MB of drawing": partial(make_pdf_bomb, "contents"),
    "a PDF with 200 MB of picture": partial(make_pdf_bomb, "picture"),
    "a PDF with 200 MB nobody needs": partial(make_pdf_bomb, "unused"),
    "a PDF packed a hundred times": make_pdf_of_nested_bombs,
    "a PDF with a page of 14400 x 14400": partial(make_pdf_page_of, 14_400, 14_400),
    "a PDF with a page of 1 x 1000000": partial(make_pdf_page_of, 1, 1_000_000),
    "a PDF with a page of no size": partial(make_pdf_page_of, 0, 0),
    "a PDF with a page of less than nothing": partial(make_pdf_page_of, -5, 1e38),
}

# how they are made


def _save(picture: Image.Image, name: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, name, **options)
    return out.getvalue()


def _save_pdf(document: pikepdf.Pdf, **options: object) -> bytes:
    out = BytesIO()
    document.save(out, **options)
    return out.getvalue()


def _add_scan(document: pikepdf.Pdf, jpeg: bytes, width: int, height: int) -> None:
    document.add_blank_page(page_size=(595, 842))
    page = document.pages[-1].obj
    scan = document.make_stream(jpeg, Filter=pikepdf.Name.DCTDecode)
    scan.update(_picture_entries(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan))
    page.Contents = document.make_stream(b"q 500 0 0 333 47 400 cm /Scan Do Q")


def _picture_entries(width: int, height: int) -> dict[str, object]:
    return {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": width,
        "/Height": height,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
        "/BitsPerComponent": 8,
    }


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def _flip(data: bytes, position: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 0xFF
    return bytes(changed)
