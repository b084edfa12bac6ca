"""Reads a tagged paper back: the tree of what it tells, and the stretches that its pages paint."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from registration.letters.checking.content import ContentReader
from registration.letters.checking.findings import Fault, Finding

#: Parts of a text, not texts of their own.
INLINE = frozenset({"Link", "Span", "Quote", "Note", "Reference", "Code", "Annot"})


@dataclass(eq=False)
class Told:
    """One element of the tree. marks: (page, number), both from 0. notes: annotations it tells.

    text: of its own marks and of its kids, in order. order: kids, marks and notes as they stand.
    """

    tag: str
    obj: pikepdf.Object
    parent: "Told | None" = None
    text: str = ""
    kids: list["Told"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    notes: list[pikepdf.Object] = field(default_factory=list)
    order: list["Told | str"] = field(default_factory=list)

    def list_all(self) -> Iterator["Told"]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.list_all()

    def list_above(self) -> Iterator["Told"]:
        """Yield the element and those above it, up to the root."""
        yield self
        if self.parent is not None:
            yield from self.parent.list_above()

    def list_texts(self) -> Iterator[tuple["Told", str]]:
        """Yield each text below with the element that holds it: a paragraph, a label, a cell."""
        run = ""
        for part in self.order:
            if isinstance(part, Told) and part.tag not in INLINE:
                if run:
                    yield self, run
                run = ""
                yield from part.list_texts()
            else:
                run += part if isinstance(part, str) else part.text
        if run:
            yield self, run


class Paper:
    """A paper that was drawn, opened again. findings: what stood against reading it.

    Raises pikepdf.PdfError where the bytes are no PDF, ValueError where it has no tree.
    """

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        if "/StructTreeRoot" not in self.pdf.Root or "/K" not in self.pdf.Root.StructTreeRoot:
            raise ValueError("the paper has no tree of structure")
        reader = ContentReader()
        pages = list(self.pdf.pages)
        self.stretches = [each for n, page in enumerate(pages) for each in reader.read(n, page)]
        self.findings: list[Finding] = reader.findings
        self.numbers: dict[tuple[int, int], int] = {
            page.obj.objgen: n for n, page in enumerate(pages)
        }
        self.painted = {(each.page, each.number): each for each in self.stretches}
        self._seen: set[tuple[int, int]] = set()
        self.root = self._read(_list_kids(self.pdf.Root.StructTreeRoot)[0], None)

    def list_paragraphs(self) -> list[str]:
        """Return the text of each element that holds text itself, in reading order."""
        return [text for _, text in self.root.list_texts()]

    def list_ornaments(self) -> list[str]:
        """Return the texts that are painted and not told."""
        return [each.text for each in self.stretches if each.number is None and each.text]

    def page_text(self, number: int) -> str:
        """Return all that is painted on the page, from 0, told or not."""
        return "".join(each.text for each in self.stretches if each.page == number)

    def _read(self, element: pikepdf.Object, parent: Told | None) -> Told:
        told = Told(str(element.get("/S", "/"))[1:], element, parent)
        self._seen.add(element.objgen)
        for kid in _list_kids(element):
            self._read_kid(kid, told)
        if "/ActualText" in element:
            told.text = str(element.ActualText)
            told.order = [told.text]
        return told

    def _read_kid(self, kid: pikepdf.Object | int, told: Told) -> None:
        if isinstance(kid, int):
            self._read_mark(told, told.obj.get("/Pg"), kid)
        elif kid.get("/Type") == "/MCR":
            self._read_mark(told, kid.get("/Pg", told.obj.get("/Pg")), int(kid.MCID))
        elif kid.get("/Type") == "/OBJR":
            told.notes.append(kid.Obj)
        elif kid.objgen in self._seen:
            self.findings.append(Finding(Fault.BRANCH, str(kid.get("/S", ""))))
        else:
            below = self._read(kid, told)
            told.kids.append(below)
            told.order.append(below)
            told.text += below.text

    def _read_mark(self, told: Told, page: pikepdf.Object | None, number: int) -> None:
        place = (self.numbers.get(page.objgen, -1) if page is not None else -1, number)
        told.marks.append(place)
        if place in self.painted:
            told.order.append(self.painted[place].text)
            told.text += self.painted[place].text


def _list_kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
