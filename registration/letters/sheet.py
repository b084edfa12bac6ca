"""Painting on a page, in millimetres' world: y grows downwards from the upper edge, in points.

Whatever is painted here is marked: text and pictures as their element's, the rest as ornament.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from registration.letters.breaking import Fragment, Line
from registration.letters.fonts import SERIF
from registration.letters.glyphs import paint_fragment
from registration.letters.tagging import Element, Link, Marker
from registration.letters.typefaces import get_face

WIDTH, HEIGHT = A4
# Streams as they are: no reader of today needs them spelt in letters, and it costs a tenth more.
rl_config.useA85 = 0


class Sheet:
    """The pages of one document. `element` None stands for ornament everywhere.

    furniture: set while a page's repeated head or foot is painted; it is told once, on page 1.
    """

    def __init__(self, *, language: str) -> None:
        self._file = io.BytesIO()
        get_face(SERIF)
        self._canvas = Canvas(
            self._file,
            pagesize=A4,
            invariant=1,  # same input, same bytes
            lang=language,
            # Else an unembedded Helvetica stays in every page.
            initialFontName=SERIF.name,  # type: ignore[arg-type] # the stubs take it for a number
        )
        self.marker = Marker(self._canvas)
        self._furniture: str | None = None
        self._drawings: dict[object, str] = {}
        self._link_elements: dict[tuple[int, str], Element] = {}

    def finish(self) -> bytes:
        """Close the last page and return the untagged file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def next_page(self) -> None:
        self._canvas.showPage()
        self.marker.next_page()

    @contextmanager
    def furniture(self, name: str) -> Iterator[None]:
        """Take what is painted within as a page's repeated "Header" or "Footer"."""
        self._furniture = name
        yield
        self._furniture = None

    def text(
        self,
        element: Element | None,
        lines: Sequence[Line],
        *,
        left: float,
        base: float,
        leading: float,
        right: float | None = None,
    ) -> None:
        """Paint lines. base: of the first line. right: the edge, where they are set flush right."""
        for index, line in enumerate(lines):
            start = left if right is None else right - line.width
            self._line(element, line, start, base + index * leading)

    def _line(self, element: Element | None, line: Line, left: float, base: float) -> None:
        groups = groupby(line.fragments, lambda each: (each.link, each.piece.plain or each.piece))
        stretches = [list(group) for _, group in groups]
        for index, stretch in enumerate(stretches):
            last = index == len(stretches) - 1
            # A space that a listener needs and nobody sees: else the words at a break are one word.
            tail = " " if last and line.at_space else ""
            self._stretch(element, stretch, left, base, tail=tail)

    def _stretch(
        self,
        element: Element | None,
        stretch: list[Fragment],
        left: float,
        base: float,
        *,
        tail: str,
    ) -> None:
        owner = self._owner(element, stretch, tail)
        with self._marked(owner):
            for fragment in stretch:
                last = fragment is stretch[-1]
                paint_fragment(
                    self._canvas,
                    fragment,
                    left=left + fragment.left,
                    base=HEIGHT - base,
                    tail=tail if last else "",
                )
        if owner is not None and stretch[0].link:
            self._add_link(owner, stretch, left, base)

    def _owner(self, element: Element | None, stretch: list[Fragment], tail: str) -> Element | None:
        """Return the element that the stretch belongs to: the text's, its link's or its own."""
        if element is None or self._furniture:
            return None
        owner, fragment = element, stretch[0]
        if fragment.link:
            key = (id(element), fragment.link)
            if key not in self._link_elements:
                self._link_elements[key] = Element("Link", element)
            owner = self._link_elements[key]
        if not fragment.piece.plain:
            # The same letter twice over is one stretch; the space at a line's end is told with it.
            told = "".join(each.piece.text for each in stretch) + tail
            owner = Element("Span", owner, actual=told)
        return owner

    def _add_link(self, owner: Element, stretch: list[Fragment], left: float, base: float) -> None:
        first, last = stretch[0], stretch[-1]
        size = first.style.size
        box = (
            left + first.left,
            HEIGHT - base - 0.25 * size,
            left + last.left + last.width,
            HEIGHT - base + 0.75 * size,
        )
        parent = owner if owner.tag == "Link" else owner.parent
        if parent is not None and first.link:
            text = "".join(each.piece.text for each in stretch)
            self.marker.link(parent, Link(self.marker.page, box, first.link, text))

    def rule(self, left: float, right: float, y: float, width: float, colour: str) -> None:
        """Paint a level line, as ornament."""
        with self._marked(None):
            self._canvas.setStrokeColor(HexColor(colour))
            self._canvas.setLineWidth(width)
            self._canvas.line(left, HEIGHT - y, right, HEIGHT - y)

    def path(self) -> PDFPathObject:
        """Return an empty path; its own y grows upwards from the page's lower edge."""
        return self._canvas.beginPath()

    def shape(
        self,
        path: PDFPathObject,
        *,
        element: Element | None = None,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0,
    ) -> None:
        """Paint a path."""
        with self._marked(element):
            if fill:
                self._canvas.setFillColor(HexColor(fill))
            if stroke:
                self._canvas.setStrokeColor(HexColor(stroke))
                self._canvas.setLineWidth(width)
            self._canvas.drawPath(path, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def modules(
        self, size: int, bars: Sequence[tuple[int, int, int]], *, element: Element, fill: str
    ) -> None:
        """Paint a code of `size` by `size` modules into the element's box.

        bars: (column, row, length), rows from above. The same code on later pages is painted from
        the same drawing, which lies in the file once.
        """
        assert element.box is not None
        left, bottom, right, _ = element.box
        with self._marked(element):
            key = (size, tuple(bars), fill)
            if key not in self._drawings:
                self._drawings[key] = f"code{len(self._drawings)}"
                self._draw_modules(self._drawings[key], size, bars, fill)
            name = self._drawings[key]
            self._canvas.saveState()
            self._canvas.translate(left, bottom)
            self._canvas.scale((right - left) / size, (right - left) / size)
            self._canvas.doForm(name)
            self._canvas.restoreState()

    def _draw_modules(
        self, name: str, size: int, bars: Sequence[tuple[int, int, int]], fill: str
    ) -> None:
        self._canvas.beginForm(name, 0, 0, size, size)
        self._canvas.setFillColor(HexColor(fill))
        drawn = " ".join(f"{column} {size - row - 1} {length} 1 re" for column, row, length in bars)
        self._canvas.addLiteral(f"{drawn} f")
        self._canvas.endForm()

    def picture(
        self,
        element: Element,
        picture: ImageReader,
        *,
        left: float,
        bottom: float,
        width: float,
        height: float,
    ) -> None:
        """Paint a picture within the box; bottom: from the page's upper edge."""
        element.box = (left, HEIGHT - bottom, left + width, HEIGHT - bottom + height)
        with self._marked(element):
            self._canvas.drawImage(
                picture,
                left,
                HEIGHT - bottom,
                width,
                height,
                mask="auto",
                preserveAspectRatio=True,
                anchor="sw",
            )

    def across(self, text: str, cut_name: str, size: float, colour: str, degrees: float) -> None:
        """Paint a word across the page, as ornament. It comes first, so that all lies above it."""
        with self._marked(None):
            self._canvas.saveState()
            self._canvas.translate(WIDTH / 2, HEIGHT / 2)
            self._canvas.rotate(degrees)
            self._canvas.setFillColor(HexColor(colour))
            self._canvas.setFont(cut_name, size)
            self._canvas.drawCentredString(0, -size / 3, text)
            self._canvas.restoreState()

    @contextmanager
    def _marked(self, element: Element | None) -> Iterator[None]:
        if element is None or self._furniture:
            with self.marker.artifact(repeated=self._furniture):
                yield
        else:
            with self.marker.of(element):
                yield
