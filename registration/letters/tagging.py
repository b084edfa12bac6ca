"""What a letter says, as a tree for those who do not see it, and the marks that tie it to the ink.

The tree is built in reading order; painting only adds marks to it, so the order in which the ink
comes does not matter. ReportLab writes no structure of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True)
class Mark:
    """A marked stretch of a page's content. page: from 0. number: from 0 on each page (MCID)."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """One element of the tree. tag: a standard structure type of PDF 1.7 ("P", "TH", "Figure").

    alt: what a picture shows. actual: the text, where what is painted does not tell it.
    scope: "Row" or "Column", of a TH. columns: how many columns a cell spans.
    box: of a Figure, left, bottom, right, top in points from the lower left corner.
    language: of what is below it, where it is not the document's.
    """

    tag: str
    parent: "Element | None" = None
    alt: str | None = None
    actual: str | None = None
    scope: str | None = None
    columns: int = 1
    box: tuple[float, float, float, float] | None = None
    language: str | None = None
    kids: "list[Element | Mark | Link]" = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)


@dataclass(frozen=True, eq=False)
class Link:
    """A place on a page that leads somewhere. box: left, bottom, right, top in points."""

    page: int
    box: tuple[float, float, float, float]
    url: str
    description: str


class Marker:
    """Writes marks into a canvas: all ink is either of an element, or an artifact."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._open = False
        self.page = 0
        self.elements: list[list[Element]] = [[]]
        self.links: list[tuple[Link, Element]] = []

    def next_page(self) -> None:
        """Tell that the canvas has begun another page."""
        self.page += 1
        self.elements.append([])

    @contextmanager
    def of(self, element: Element) -> Iterator[None]:
        """Mark what is painted within as the element's."""
        number = len(self.elements[self.page])
        # With the mark and not with the element: programs that only extract text read it there.
        actual = f" /ActualText <{_hexadecimal(element.actual)}>" if element.actual else ""
        with self._marked(f"/{element.tag} <</MCID {number}{actual}>> BDC"):
            self.elements[self.page].append(element)
            element.kids.append(Mark(self.page, number))
            yield

    @contextmanager
    def artifact(self, *, repeated: str | None = None) -> Iterator[None]:
        """Mark what is painted within as ornament. repeated: "Header" or "Footer" of a page."""
        kind = f"<</Type /Pagination /Subtype /{repeated}>> BDC" if repeated else "BMC"
        with self._marked(f"/Artifact {kind}"):
            yield

    def link(self, element: Element, link: Link) -> None:
        """Tie a link to its element, which already has its text."""
        element.kids.append(link)
        self.links.append((link, element))

    @contextmanager
    def _marked(self, opening: str) -> Iterator[None]:
        if self._open:  # marks within marks pass some judges, and then lose text in readers
            raise RuntimeError("a mark is already open")
        self._open = True
        self._canvas.addLiteral(opening)
        yield
        self._canvas.addLiteral("EMC")
        self._open = False


def _hexadecimal(text: str) -> str:
    return ("\ufeff" + text).encode("utf-16-be").hex().upper()
