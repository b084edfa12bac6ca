"""A folder of honest files from many producers, all of one page: `files.make_picture`.

The programs are those that `make setup` installs: Chromium and poppler's tools.
"""

import struct
import subprocess
import zlib
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pillow_heif
import pypdfium2
from PIL import Image, ImageCms
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.uploads import files

#: How the pixels lie in a file whose orientation says how they are to be turned.
_LAID = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
#: First pixel and step of each pass of an interlaced PNG: column, row, columns, rows.
_PASSES = [
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
]
POINTS = (450.0, 300.0)

# pictures


def turned(orientation: int, kind: str = "JPEG") -> bytes:
    picture = files.make_picture()
    if orientation in _LAID:
        picture = picture.transpose(_LAID[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    return files._save(picture, kind, exif=exif)


def jpeg_of(mode: str) -> bytes:
    return files._save(files.make_picture().convert(mode), "JPEG", quality=90)


def png_of(mode: str) -> bytes:
    return files._save(files.make_picture().convert(mode), "PNG")


def palette_png(colours: int) -> bytes:
    picture = files.make_picture().quantize(colours)
    return files._save(picture, "PNG")


def transparent_png(mode: str) -> bytes:
    """The page stands on nothing: what was transparent is shown white."""
    page = files.make_picture().convert("L")
    clear = Image.new(mode, page.size, (0,) * len(mode))
    ink = page.convert(mode)
    ink.putalpha(page.point(lambda value: 255 if value < 250 else 0))
    clear.paste(ink)
    return files._save(clear, "PNG")


def wide_png(channels: int) -> bytes:
    """A PNG of 16 bits a channel, which Pillow does not write."""
    picture = files.make_picture().convert("L" if channels == 1 else "RGB")
    row_size = picture.width * channels
    pixels = picture.tobytes()
    rows = [
        b"\0" + b"".join(bytes((each, 0x80)) for each in pixels[at : at + row_size])
        for at in range(0, len(pixels), row_size)
    ]
    return _png(picture.size, 16, 0 if channels == 1 else 2, 0, b"".join(rows))


def interlaced_png() -> bytes:
    """A PNG in seven passes (Adam7), which Pillow does not write."""
    picture = files.make_picture()
    packed = b""
    for left, top, across, down in _PASSES:
        for row in range(top, picture.height, down):
            line = [picture.getpixel((x, row)) for x in range(left, picture.width, across)]
            packed += b"\0" + bytes(value for pixel in line for value in pixel)
    return _png(picture.size, 8, 2, 1, packed)


def _png(size: tuple[int, int], bits: int, colour: int, interlace: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", *size, bits, colour, 0, 0, interlace)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(files._png_chunk(*each) for each in chunks)


def heic(*, orientation: int = 1, mode: str = "RGB", bits: int = 8) -> bytes:
    picture = files.make_picture()
    if orientation in _LAID:
        picture = picture.transpose(_LAID[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    if bits == 10:
        data = b"".join(struct.pack("<H", value << 8) for value in picture.tobytes())
        made = pillow_heif.from_bytes("RGB;16", picture.size, data)
    else:
        made = pillow_heif.from_pillow(picture.convert(mode))
    out = BytesIO()
    made.save(out, quality=80, exif=exif.tobytes())
    return out.getvalue()


# PDFs


def reportlab_pdf(**options: object) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=POINTS, **options)
    canvas.drawImage(ImageReader(files.make_picture()), 0, 0, *POINTS)
    canvas.drawString(20, 20, "Pasaporte / Passport: Núñez")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scanned_pdf(
    jpeg: bytes,
    colours: str = "RGB",
    *,
    size: tuple[int, int] = (900, 600),
    page: dict[str, object] | None = None,
    **options: object,
) -> bytes:
    """A PDF whose page the JPEG fills. size: of the JPEG. page: more entries of the page's own."""
    document = pikepdf.new()
    files._add_scan(document, jpeg, *size)
    scanned = document.pages[0].obj
    scanned.MediaBox = pikepdf.Array([0, 0, 450, 300])
    scanned.Contents = document.make_stream(b"q 450 0 0 300 0 0 cm /Scan Do Q")
    scanned.Resources.XObject.Scan.ColorSpace = pikepdf.Name(f"/Device{colours}")
    for key, value in (page or {}).items():
        scanned[key] = value
    return files._save_pdf(document, **options)


def raw_pdf(filter: str | None = "/FlateDecode") -> bytes:
    """A scan whose pixels are packed, or not at all."""
    document = pikepdf.open(BytesIO(scanned_pdf(files.make_jpeg())))
    pixels = files.make_picture().tobytes()
    scan = document.pages[0].obj.Resources.XObject.Scan
    if filter is None:
        scan.write(pixels)
    else:
        scan.write(zlib.compress(pixels), filter=pikepdf.Name(filter))
    return files._save_pdf(document, compress_streams=False)


def jpeg2000_pdf() -> bytes:
    document = pikepdf.open(BytesIO(scanned_pdf(files.make_jpeg())))
    packed = files._save(files.make_picture(), "JPEG2000")
    document.pages[0].obj.Resources.XObject.Scan.write(packed, filter=pikepdf.Name.JPXDecode)
    return files._save_pdf(document)


def form_in_form_pdf() -> bytes:
    """The scan within a drawing within a drawing, as some printers nest them."""
    document = pikepdf.open(BytesIO(scanned_pdf(files.make_jpeg())))
    page = document.pages[0].obj
    for _ in range(2):
        form = document.make_stream(page.Contents.read_bytes())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Resources = page.MediaBox, page.Resources
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        page.Contents = document.make_stream(b"/F Do")
    return files._save_pdf(document)


def pdfium_pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(*POINTS)
    picture = pypdfium2.PdfImage.new(document)
    picture.load_jpeg(BytesIO(files.make_jpeg()))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(*POINTS))
    page.insert_obj(picture)
    page.gen_content()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pillow_pdf(mode: str, **options: object) -> bytes:
    return files._save(files.make_picture().convert(mode), "PDF", resolution=144, **options)


# other programs


@cache
def chromium_page() -> dict[str, bytes]:
    """The page printed and photographed by a browser."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "page.png").write_bytes(files.make_png())
        style = "@page{size:600px 400px;margin:0}body{margin:0}img{width:600px;height:399px}"
        html = f"<style>{style}</style><img src='page.png'>"
        (place / "page.html").write_text(html)
        common = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ]
        address = (place / "page.html").as_uri()
        printed, photographed = place / "printed.pdf", place / "photographed.png"
        for option in (f"--print-to-pdf={printed}", f"--screenshot={photographed}"):
            command = [*common, f"--user-data-dir={place}/profile", "--no-pdf-header-footer"]
            command += ["--window-size=600,400", option, address]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        return {"printed": printed.read_bytes(), "photographed": photographed.read_bytes()}


def by_poppler(data: bytes, *command: str) -> bytes:
    """Return what one of poppler's programs makes of a PDF."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "source.pdf", Path(folder) / "target"
        source.write_bytes(data)
        subprocess.run([*command, source, target], check=True, capture_output=True, timeout=120)
        [made] = Path(folder).glob("target*")
        return made.read_bytes()


_DRAWN = ("pdftoppm", "-singlefile", "-r", "144")


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


PICTURES: dict[str, Callable[[], bytes]] = {
    "JPEG": files.make_jpeg,
    "JPEG, progressive": partial(files.make_jpeg, progressive=True),
    "JPEG, quality 30": partial(files.make_jpeg, quality=30),
    "JPEG, all its colours": partial(files.make_jpeg, subsampling=0, quality=95),
    "JPEG, restart marks": partial(files.make_jpeg, restart_marker_rows=1),
    "JPEG, profile": lambda: files.make_jpeg(icc_profile=_profile()),
    "JPEG, zeros behind it": lambda: files.pad(files.make_jpeg(), 100_000),
    "JPEG, grey": partial(jpeg_of, "L"),
    "JPEG, CMYK": partial(jpeg_of, "CMYK"),
    "JPEG, YCbCr": partial(jpeg_of, "YCbCr"),
    **{f"JPEG, orientation {each}": partial(turned, each) for each in range(1, 9)},
    "PNG": files.make_png,
    "PNG, orientation 6": partial(turned, 6, "PNG"),
    "PNG, black and white": partial(png_of, "1"),
    "PNG, grey": partial(png_of, "L"),
    "PNG, 16 bits of grey": partial(wide_png, 1),
    "PNG, 16 bits of colour": partial(wide_png, 3),
    "PNG, 256 colours": partial(palette_png, 256),
    "PNG, 16 colours": partial(palette_png, 16),
    "PNG, transparent": partial(transparent_png, "RGBA"),
    "PNG, grey and transparent": partial(transparent_png, "LA"),
    "PNG, interlaced": interlaced_png,
    "PNG, photographed by Chromium": lambda: chromium_page()["photographed"],
    "JPEG, drawn by poppler": lambda: by_poppler(pillow_pdf("RGB"), *_DRAWN, "-jpeg"),
    "JPEG, CMYK by poppler": lambda: by_poppler(pillow_pdf("RGB"), *_DRAWN, "-jpegcmyk"),
    "PNG, drawn by poppler": lambda: by_poppler(pillow_pdf("RGB"), *_DRAWN, "-png"),
    "HEIC": heic,
    "HEIC, orientation 6": partial(heic, orientation=6),
    "HEIC, grey": partial(heic, mode="L"),
    "HEIC, transparent": partial(heic, mode="RGBA"),
    "HEIC, 10 bits": partial(heic, bits=10),
}

PDFS: dict[str, Callable[[], bytes]] = {
    "ReportLab": reportlab_pdf,
    "ReportLab, packed": partial(reportlab_pdf, pageCompression=1),
    "pikepdf, JPEG": lambda: scanned_pdf(files.make_jpeg()),
    "pikepdf, grey JPEG": lambda: scanned_pdf(jpeg_of("L"), "Gray"),
    "pikepdf, progressive JPEG": lambda: scanned_pdf(files.make_jpeg(progressive=True)),
    "pikepdf, packed pixels": raw_pdf,
    "pikepdf, bare pixels": partial(raw_pdf, None),
    "pikepdf, JPEG 2000": jpeg2000_pdf,
    "pikepdf, forms in forms": form_in_form_pdf,
    "pikepdf, for the web": lambda: scanned_pdf(files.make_jpeg(), linearize=True),
    "pikepdf, packed objects": lambda: scanned_pdf(
        files.make_jpeg(), object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "pikepdf, not to be printed": lambda: scanned_pdf(
        files.make_jpeg(), encryption=pikepdf.Encryption(user="", owner="secret")
    ),
    "pikepdf, turned page": lambda: scanned_pdf(files.make_jpeg(), page={"/Rotate": 90}),
    "pikepdf, cropped page": lambda: scanned_pdf(
        files.make_jpeg(), page={"/CropBox": pikepdf.Array([0, 100, 450, 300])}
    ),
    "PDFium": pdfium_pdf,
    "Pillow": partial(pillow_pdf, "RGB"),
    "Pillow, grey": partial(pillow_pdf, "L"),
    "Pillow, black and white": partial(pillow_pdf, "1"),
    "Pillow, palette": partial(pillow_pdf, "P"),
    "Pillow, CMYK": partial(pillow_pdf, "CMYK"),
    "Chromium": lambda: chromium_page()["printed"],
    "poppler": lambda: by_poppler(reportlab_pdf(), "pdftocairo", "-pdf"),
}
