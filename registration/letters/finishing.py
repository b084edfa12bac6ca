"""The painted pages made whole: the tree of structure, links, language and the facts of the file.

The file conforms to PDF/UA-1 and PDF/A-2a as far as machines judge it; the seal is put on
afterwards. Same input, same bytes: nothing here reads a clock or draws lots.
"""

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from registration.domain.ids import Language
from registration.letters.metadata import write_packet
from registration.letters.tagging import Element, Link, Mark, Marker

PRODUCER = "ReportLab and pikepdf"
#: Room for the signature with its certificates, in bytes: P-256 with one certificate needs 1,000.
SEAL_BYTES = 4096
#: As they stand in a file that is not sealed yet; `sealing` writes over them, digit for digit.
EMPTY_RANGE = b"/ByteRange [ 0 1234567890 1234567890 1234567890 ]"
EMPTY_TIME = b"/M (D:00000000000000Z)"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the file says of itself. dated: the day of the paper, which also dates the file.

    seal: what the place of the seal is, for those who hear the paper; None: it gets no seal.
    """

    title: str
    author: str
    language: Language
    dated: date
    seal: str | None = None


def finish(painted: bytes, root: Element, marker: Marker, facts: Facts) -> bytes:
    """Return the tagged file of what was painted. root: the "Document" element."""
    with Pdf.open(io.BytesIO(painted)) as pdf:
        structure = _Structure(pdf, marker)
        structure.write(root)
        if facts.seal is not None:
            structure.add_seal(facts.seal)
        _describe(pdf, facts)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            force_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            fix_metadata_version=False,  # else the packet is rewritten
        )
    return out.getvalue()


class _Structure:
    """Writes the tree. Page n has the key n of the parent tree; links take the keys after them."""

    def __init__(self, pdf: Pdf, marker: Marker) -> None:
        self._pdf = pdf
        self._marker = marker
        self._pages = [page.obj for page in pdf.pages]
        self._written: dict[int, pikepdf.Object] = {}
        self._annotations: dict[int, pikepdf.Object] = {}

    def write(self, root: Element) -> None:
        self._write_annotations()
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=self._parents()))
        tree.ParentTreeNextKey = len(self._pages) + len(self._marker.links)
        self._pdf.Root.StructTreeRoot = tree
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)
        for key, page in enumerate(self._pages):
            page.StructParents = key
            page.Tabs = Name.S
            if "/Trans" in page:
                del page["/Trans"]

    def add_seal(self, description: str) -> None:
        """Add the place of the seal: a field without looks, told at the end of the document."""
        tree, page = self._pdf.Root.StructTreeRoot, self._pages[0]
        field = self._pdf.make_indirect(_seal_field(self._pdf, page, description))
        field.StructParent = tree.ParentTreeNextKey
        self._annotate(page, field)
        self._pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        told = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=tree.K,
                Alt=String(description),
                K=Array([Dictionary(Type=Name.OBJR, Obj=field, Pg=page)]),
            )
        )
        tree.K.K.append(told)
        tree.ParentTree.Nums.append(field.StructParent)
        tree.ParentTree.Nums.append(told)
        tree.ParentTreeNextKey = int(field.StructParent) + 1

    def _write_annotations(self) -> None:
        for key, (link, _) in enumerate(self._marker.links, start=len(self._pages)):
            page = self._pages[link.page]
            annotation = self._pdf.make_indirect(_annotation(link, key))
            self._annotations[id(link)] = annotation
            self._annotate(page, annotation)

    def _annotate(self, page: pikepdf.Object, annotation: pikepdf.Object) -> None:
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(annotation)

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        written = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent)
        )
        self._written[id(element)] = written
        if element.alt is not None:
            written.Alt = String(element.alt)
        attributes = _attributes(element)
        if attributes is not None:
            written.A = attributes
        written.K = Array([self._kid(kid, written) for kid in element.kids if _holds(kid)])
        return written

    def _kid(self, kid: Element | Mark | Link, parent: pikepdf.Object) -> pikepdf.Object:
        if isinstance(kid, Element):
            return self._element(kid, parent)
        page = self._pages[kid.page]
        if isinstance(kid, Mark):
            return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)
        return Dictionary(Type=Name.OBJR, Obj=self._annotations[id(kid)], Pg=page)

    def _parents(self) -> Array:
        pairs = Array()
        for key, elements in enumerate(self._marker.elements):
            pairs.append(key)
            marked = Array([self._written[id(each)] for each in elements])
            pairs.append(self._pdf.make_indirect(marked))
        for key, (_, element) in enumerate(self._marker.links, start=len(self._pages)):
            pairs.append(key)
            pairs.append(self._written[id(element)])
        return pairs


def _holds(kid: Element | Mark | Link) -> bool:
    """Return whether the kid has a place in the tree: an empty element has none, but a cell has."""
    return not isinstance(kid, Element) or bool(kid.kids) or kid.tag in {"TD", "TH"}


def _annotation(link: Link, key: int) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(each, 2) for each in link.box]),
        Border=Array([0, 0, 0]),
        F=4,  # it is printed: PDF/A wants it said
        Contents=String(link.description),
        StructParent=key,
        A=Dictionary(S=Name.URI, URI=String(link.url)),
    )


def _seal_field(pdf: Pdf, page: pikepdf.Object, description: str) -> Dictionary:
    signature = pdf.make_indirect(
        Dictionary(
            Type=Name.Sig,
            Filter=Name("/Adobe.PPKLite"),
            SubFilter=Name("/ETSI.CAdES.detached"),
            ByteRange=Array([0, 1234567890, 1234567890, 1234567890]),
            Contents=String(bytes(SEAL_BYTES)),
            M=String("D:00000000000000Z"),
        )
    )
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Sig,
        T=String("Seal"),
        TU=String(description),
        Contents=String(description),
        F=132,  # printed and locked, as PDF/A and PDF/UA want it said
        Rect=Array([0, 0, 0, 0]),
        V=signature,
        P=page,
    )


def _attributes(element: Element) -> Dictionary | None:
    if element.tag in {"TH", "TD"} and (element.scope or element.columns > 1):
        table = Dictionary(O=Name.Table)
        if element.scope:
            table.Scope = Name(f"/{element.scope}")
        if element.columns > 1:
            table.ColSpan = element.columns
        return table
    if element.tag == "L":
        return Dictionary(O=Name.List, ListNumbering=Name.Disc)
    if element.box is not None:
        box = Array([round(each, 2) for each in element.box])
        return Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
    return None


def _describe(pdf: Pdf, facts: Facts) -> None:
    root = pdf.Root
    root.Lang = String(facts.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    packet = pdf.make_stream(
        write_packet(facts.title, facts.author, facts.language, facts.dated, PRODUCER)
    )
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    root.Metadata = packet
    profile = pdf.make_stream(_colour_profile())
    profile.N = 3
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB"),
                DestOutputProfile=profile,
            )
        ]
    )
    moment = String(f"D:{facts.dated:%Y%m%d}000000Z")
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(facts.title),
            Author=String(facts.author),
            Creator=String(facts.author),
            Producer=String(PRODUCER),
            CreationDate=moment,
            ModDate=moment,
        )
    )


@cache
def _colour_profile() -> bytes:
    """Return the sRGB profile that comes with pikepdf (2.1, zlib licence)."""
    return files("pikepdf").joinpath("pdfa", "data", "sRGB.icc").read_bytes()
