"""A folder of hostile files, made by code: each with the canary wherever something could survive.

`TO_BE_CLEANED` are files that show a picture and carry something besides; `EITHER` may be cleaned
or refused, whatever the libraries make of them. What must be refused stands in `files`.
"""

import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

from tests.uploads import files
from tests.uploads.searching import CANARY

SCRIPT = f"<script>alert('{CANARY}')</script>".encode()


def make_archive() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(f"{CANARY}.exe", CANARY * 10)
    return out.getvalue()


# PDFs


def make_pdf_with(plant: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a scanned page into whose document something was planted."""
    document = pikepdf.open(BytesIO(files.make_pdf()))
    plant(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}')"))


def _plant_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = _script()


def _plant_named_script(document: pikepdf.Pdf) -> None:
    names = Dictionary(JavaScript=Dictionary(Names=Array([String(CANARY), _script()])))
    document.Root.Names = names


def _plant_catalog_actions(document: pikepdf.Pdf) -> None:
    document.Root.AA = Dictionary(WC=_script(), DP=_script())


def _plant_page_actions(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = Dictionary(O=_script(), C=_script())


def _plant_launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(
        S=Name.Launch, F=String(f"{CANARY}.exe"), Win=Dictionary(F=String("cmd.exe"))
    )


def _plant_attachment(document: pikepdf.Pdf) -> None:
    document.attachments[f"{CANARY}.exe"] = b"MZ" + CANARY.encode()


def _plant_form(document: pikepdf.Pdf) -> None:
    submit = Dictionary(S=Name.SubmitForm, F=String(f"https://example.org/{CANARY}"), Flags=4)
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String(CANARY),
            Rect=Array([0, 0, 595, 842]), A=submit,
        )
    )  # fmt: skip
    document.pages[0].obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]))


def _plant_xfa(document: pikepdf.Pdf) -> None:
    form = f"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'>{CANARY}</xdp:xdp>".encode()
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(form))


def _annotate(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    """entries: as Python's, because a dictionary of pikepdf belongs to one document for ever."""

    def plant(document: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, **entries)
        document.pages[0].obj.Annots = Array([document.make_indirect(annotation)])

    return plant


def _link(**action: object) -> Callable[[pikepdf.Pdf], None]:
    return _annotate(Subtype=Name.Link, Rect=[0, 0, 595, 842], A=action)


def _plant_film(document: pikepdf.Pdf) -> None:
    film = document.make_stream(b"FWS" + CANARY.encode())
    asset = Dictionary(Type=Name.Filespec, F=String("a.swf"), EF=Dictionary(F=film))
    content = Dictionary(Assets=Dictionary(Names=Array([String("a.swf"), asset])))
    _annotate(Subtype=Name.RichMedia, Rect=[0, 0, 9, 9], RichMediaContent=content)(document)


def _plant_metadata(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = CANARY
    with document.open_metadata() as data:
        data["dc:creator"] = [CANARY]
    document.pages[0].obj.PieceInfo = Dictionary(X=Dictionary(Private=String(CANARY)))
    document.pages[0].obj.Thumb = document.make_stream(CANARY.encode())


def _plant_hidden_words(document: pikepdf.Pdf) -> None:
    """Words under a black box, words of no ink, words beside the page."""
    page = document.pages[0].obj
    page.Resources.Font = Dictionary(
        F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    words = (
        f"BT /F 9 Tf 50 50 Td ({CANARY}) Tj ET 0 g 40 40 200 30 re f "
        f"BT 3 Tr /F 9 Tf 50 100 Td ({CANARY}) Tj ET BT /F 9 Tf -900 0 Td ({CANARY}) Tj ET"
    )
    page.Contents = Array([page.Contents, document.make_stream(words.encode())])


def _plant_layer(document: pikepdf.Pdf) -> None:
    """A layer that is switched off: who switches it on reads it."""
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String(CANARY)))
    document.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    page = document.pages[0].obj
    page.Resources.Properties = Dictionary(L=layer)
    hidden = document.make_stream(b"/OC /L BDC 0 0 595 842 re f EMC")
    page.Contents = Array([page.Contents, hidden])


def make_pdf_with_older_version() -> bytes:
    """A PDF changed by an update at its end: what it said before still stands in it."""
    old = make_pdf_with(_plant_metadata)
    return old + f"\n% {CANARY}\n%%EOF\n".encode()


def make_pdf_that_is_a_page_of_html() -> bytes:
    data = files.make_pdf()
    at = data.index(b"\n") + 1
    return data[:at] + b"%" + SCRIPT + b"\n" + data[at:]


def make_pdf_with_archive_before_its_end() -> bytes:
    """An archive behind the PDF, and behind that another end: readers of both are content."""
    return files.make_pdf() + make_archive() + b"\n%%EOF\n"


def make_pdf_of_objects_packed_into_a_bomb() -> bytes:
    """An object stream that unpacks to 200 MB of spaces."""
    packed = zlib.compress(b"9 0 <<>> " + b" " * (200 * 2**20), 9)
    head = (
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[9 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length "
    )
    body = head + b"%d>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    table = b"".join(
        struct.pack(">BIH", *each)
        for each in [(0, 0, 0), (1, 9, 0), (1, 53, 0), (1, 102, 0), (2, 3, 0)]
    )
    cross = (
        b"4 0 obj<</Type/XRef/Size 10/W[1 4 2]/Index[0 4 9 1]/Root 1 0 R/Length %d>>stream\n"
        % len(table)
    )
    end = b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + cross + table + end


def make_pdf_of_nested_page_trees(depth: int) -> bytes:
    """Page trees within page trees: who walks down by recursion runs out of stack."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1)
        for number in range(2, depth + 2)
    ]
    objects.append(b"<</Type/Page/MediaBox[0 0 9 9]/Parent %d 0 R>>" % (depth + 1))
    return _write_objects(objects)


def make_pdf_that_bites_its_tail() -> bytes:
    """Trees, drawings and lengths that refer to themselves."""
    return _write_objects(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>",
            b"<</Type/Page/MediaBox 4 0 R/Parent 2 0 R/Contents 5 0 R/Resources 3 0 R>>",
            b"4 0 R",
            b"<</Subtype/Form/BBox[0 0 9 9]/Length 5 0 R/Resources 6 0 R>>stream\n/F Do\nendstream",
            b"<</XObject<</F 5 0 R>>>>",
        ]
    )


def make_pdf_of_deep_brackets() -> bytes:
    brackets = b"[" * 100_000 + b"]" * 100_000
    pages = b"<</Type/Pages/Kids[]/Count 0>>"
    return _write_objects([b"<</Type/Catalog/Pages 2 0 R/X " + brackets + b">>", pages])


def _write_objects(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(out),
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


# pictures


def make_jpeg_with(*segments: tuple[int, bytes], behind: bytes = b"") -> bytes:
    """Return a JPEG with more segments (marker, body) after its beginning and bytes behind."""
    data = files.make_jpeg()
    more = b"".join(
        struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in segments
    )
    return data[:2] + more + data[2:] + behind


def make_jpeg_that_is_a_script() -> bytes:
    """Its first segment is as long as "/*" says: a script's comment until the canary."""
    body = (b"\0" + f"*/=alert('{CANARY}')/*".encode()).ljust(0x2F2A - 2, b"\0")
    data = files.make_jpeg()
    return data[:2] + b"\xff\xe0\x2f\x2a" + body + data[2:] + b"*/"


def make_photo_with_thumbnail() -> bytes:
    """A photograph with position, serial number and a thumbnail of another picture."""
    small = BytesIO()
    Image.new("RGB", (160, 120), "red").save(small, "JPEG", comment=CANARY)
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = CANARY
    exif.get_ifd(0x8769)[0xA431] = CANARY  # the camera's serial number
    exif.get_ifd(0x8825).update({1: "N", 2: (19.0, 25.0, 57.0), 29: CANARY})
    head = exif.tobytes()
    return make_jpeg_with((0xE1, head), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SCRIPT),
                          (0xE1, b"Exif\0\0" + small.getvalue()))  # fmt: skip


def make_mpo() -> bytes:
    """Two photographs in one file: the second one is not seen by whoever looks at the first."""
    second = files.make_picture(640, 480)
    ImageDraw.Draw(second).text((9, 9), CANARY)
    out = BytesIO()
    files.make_picture().save(out, "MPO", save_all=True, append_images=[second], comment=CANARY)
    return out.getvalue()


def make_png_with(*chunks: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    """Return a PNG with more chunks (kind, body) after its head and bytes behind its end."""
    png = files.make_png()
    more = b"".join(files._png_chunk(kind, body) for kind, body in chunks)
    return png[:33] + more + png[33:] + behind


def make_png_that_moves() -> bytes:
    """An animation: the second picture is shown by browsers and by nobody here."""
    out = BytesIO()
    second = files.make_picture()
    ImageDraw.Draw(second).rectangle((0, 0, 900, 600), fill="red")
    files.make_picture().save(out, "PNG", save_all=True, append_images=[second])
    return out.getvalue()


def make_png_with_profile_of(size: int) -> bytes:
    """A PNG whose colour profile unpacks to so many bytes."""
    return make_png_with((b"iCCP", b"p\0\0" + zlib.compress(bytes(size), 9)))


def make_heic_with_words() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = CANARY
    exif.get_ifd(0x8825)[29] = CANARY
    picture = pillow_heif.from_pillow(files.make_picture())
    out = BytesIO()
    picture.save(out, quality=60, exif=exif.tobytes(), xmp=SCRIPT)
    return out.getvalue()


PLANTED: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "a script at its opening": _plant_opening,
    "a named script": _plant_named_script,
    "scripts at closing and printing": _plant_catalog_actions,
    "scripts of a page": _plant_page_actions,
    "a program to launch": _plant_launch,
    "an attachment": _plant_attachment,
    "a form that is sent": _plant_form,
    "an XFA form": _plant_xfa,
    "a link": _link(S=Name.URI, URI=f"https://example.org/{CANARY}"),
    "a link to another file": _link(S=Name.GoToR, F=f"//{CANARY}/x.pdf"),
    "a link that launches": _link(S=Name.Launch, F=f"{CANARY}.exe"),
    "a note": _annotate(Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=CANARY),
    "a film": _plant_film,
    "its author's name": _plant_metadata,
    "hidden words": _plant_hidden_words,
    "a layer switched off": _plant_layer,
}

#: A picture of a passport, and something besides: title -> bytes.
TO_BE_CLEANED: dict[str, Callable[[], bytes]] = {
    **{f"a PDF with {what}": partial(make_pdf_with, plant) for what, plant in PLANTED.items()},
    "a PDF with an older version in it": make_pdf_with_older_version,
    "a PDF that is a page of HTML": make_pdf_that_is_a_page_of_html,
    "a PDF that is an archive": make_pdf_with_archive_before_its_end,
    "a PDF with a 200 MB stream nobody needs": partial(files.make_pdf_bomb, "unused"),
    "a JPEG with an archive behind it": lambda: make_jpeg_with(behind=make_archive()),
    "a JPEG with a page of HTML in it": lambda: make_jpeg_with((0xFE, SCRIPT), (0xEC, SCRIPT)),
    "a JPEG with PHP in it": lambda: make_jpeg_with((0xFE, f"<?php {CANARY} ?>".encode())),
    "a JPEG that is a script": make_jpeg_that_is_a_script,
    "a JPEG with a profile": lambda: make_jpeg_with(
        (0xE2, b"ICC_PROFILE\0\1\1" + bytes(36) + CANARY.encode())
    ),
    "a photograph with position, maker and thumbnail": make_photo_with_thumbnail,
    "two photographs in one file": make_mpo,
    "a PNG with words": lambda: make_png_with(
        (b"tEXt", b"Author\0" + CANARY.encode()),
        (b"zTXt", b"Comment\0\0" + zlib.compress(SCRIPT)),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SCRIPT),
        (b"caNa", CANARY.encode()),
    ),
    "a PNG with a profile": lambda: make_png_with(
        (b"iCCP", b"p\0\0" + zlib.compress(CANARY.encode() * 20))
    ),
    "a PNG with an archive behind it": lambda: make_png_with(behind=make_archive()),
    "a PNG that moves": make_png_that_moves,
    "a HEIC with position and maker": make_heic_with_words,
    "a HEIC with an archive behind it": lambda: files.make_heic() + make_archive(),
}

#: Cleaned or refused, as the libraries find; never more than their share of time: title -> bytes.
EITHER: dict[str, Callable[[], bytes]] = {
    "a PNG with a profile of 200 MB": partial(make_png_with_profile_of, 200 * 2**20),
    "a PDF of objects packed into a bomb": make_pdf_of_objects_packed_into_a_bomb,
    "a PDF of 20 page trees": partial(make_pdf_of_nested_page_trees, 20),
    "a PDF of 50000 page trees": partial(make_pdf_of_nested_page_trees, 50_000),
    "a PDF that bites its tail": make_pdf_that_bites_its_tail,
    "a PDF of deep brackets": make_pdf_of_deep_brackets,
}
