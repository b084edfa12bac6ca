"""A paper opened to be spoilt: small changes to its tree, its marks and its pages."""

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

Place = tuple[int, int]
_MARK = re.compile(rb"/(\w+) <</MCID (\d+)((?: /ActualText <[0-9A-F]*>)?)>> BDC")


class Draft:
    """A paper of ours that is being changed. Each change fails where it finds nothing to change."""

    def __init__(self, data: bytes) -> None:
        self.pdf = Pdf.open(io.BytesIO(data))
        for field in self.list_notes("/Widget"):
            # A file that is written anew breaks its seal, and the judge would say so each time.
            del field["/V"]

    def save(self) -> bytes:
        out = io.BytesIO()
        self.pdf.save(out, fix_metadata_version=False)
        return out.getvalue()

    @property
    def tree(self) -> Object:
        return self.pdf.Root.StructTreeRoot

    # elements

    def list_all(self, *tags: str) -> list[Object]:
        """Return the elements of these tags, or all, in reading order."""
        found = list(_walk(_kids(self.tree)[0]))
        return [each for each in found if not tags or str(each.S)[1:] in tags]

    def first(self, tag: str, *, holds: Callable[[Object], bool] = lambda _: True) -> Object:
        return next(each for each in self.list_all(tag) if holds(each))

    def long_paragraph(self) -> Object:
        """Return the first paragraph of several lines, each with a mark of its own."""
        return self.first("P", holds=lambda each: len(self.list_marks(each)) > 2)

    def list_marks(self, element: Object) -> list[Place]:
        """Return the (page, number) of each mark that the element itself claims."""
        return [
            (self.page_number(kid.Pg), int(kid.MCID))
            for kid in _kids(element)
            if kid.get("/Type") == "/MCR"
        ]

    def page_number(self, page: Object) -> int:
        return next(n for n, each in enumerate(self.pdf.pages) if each.obj.objgen == page.objgen)

    def rename(self, element: Object, tag: str) -> None:
        """Give the element another tag, in the tree and in its marks."""
        for page, number in self.list_marks(element):
            self.change_mark(page, number, tag)
        element.S = Name(f"/{tag}")

    def remove(self, element: Object) -> None:
        """Take the element out of its parent's kids."""
        kids = [each for each in element.P.K if each.objgen != element.objgen]
        assert len(kids) < len(element.P.K)
        element.P.K = Array(kids)

    # pages and their marks

    def read(self, page: int) -> bytes:
        return self.pdf.pages[page].Contents.read_bytes()

    def write(self, page: int, content: bytes) -> None:
        self.pdf.pages[page].Contents = self.pdf.make_stream(content)

    def replace(self, page: int, old: bytes, new: bytes, *, count: int = 1) -> None:
        content = self.read(page)
        assert old in content, old
        self.write(page, content.replace(old, new, count))

    def change_mark(self, page: int, number: int, tag: str) -> None:
        """Give the mark another tag, in the page alone."""
        self._change(
            page, number, lambda found: b"/%s <</MCID %d%s>> BDC" % (tag.encode(), number, found[3])
        )

    def replace_mark(self, page: int, number: int, opening: bytes) -> None:
        """Put another opening in place of the mark's."""
        self._change(page, number, lambda _: opening)

    def read_ink(self, place: Place) -> bytes:
        """Return what stands between the mark and its end."""
        start, end = self._find_ink(place)
        return self.read(place[0])[start:end]

    def change_ink(self, place: Place, change: Callable[[bytes], bytes]) -> None:
        start, end = self._find_ink(place)
        content = self.read(place[0])
        changed = change(content[start:end])
        assert changed != content[start:end]
        self.write(place[0], content[:start] + changed + content[end:])

    def _find_ink(self, place: Place) -> tuple[int, int]:
        page, number = place
        content = self.read(page)
        start = next(each.end() for each in _MARK.finditer(content) if int(each[2]) == number)
        return start, content.index(b"EMC", start)

    def drop_mark(self, page: int, number: int) -> None:
        """Make the mark an ornament, and all numbers and rows right again: no judge notices."""
        self.replace_mark(page, number, b"/Artifact BMC")

        def renumber(found: re.Match[bytes]) -> bytes:
            old = int(found[2])
            return b"/%s <</MCID %d%s>> BDC" % (found[1], old - (old > number), found[3])

        self.write(page, _MARK.sub(renumber, self.read(page)))
        row = self.row(page)
        del row[number]
        for element in self.list_all():
            kept = []
            for kid in _kids(element):
                if kid.get("/Type") == "/MCR" and self.page_number(kid.Pg) == page:
                    if int(kid.MCID) == number:
                        continue
                    kid.MCID = int(kid.MCID) - (int(kid.MCID) > number)
                kept.append(kid)
            element.K = Array(kept)

    def drop(self, element: Object) -> None:
        """Make all that the element tells ornament, and take it out of the tree."""
        while places := [place for each in _walk(element) for place in self.list_marks(each)]:
            self.drop_mark(*places[0])
        self.remove(element)

    def _change(self, page: int, number: int, opening: Callable[[re.Match[bytes]], bytes]) -> None:
        changed = _MARK.sub(
            lambda found: opening(found) if int(found[2]) == number else found[0], self.read(page)
        )
        assert changed != self.read(page)
        self.write(page, changed)

    # the parent tree and the links

    @property
    def numbers(self) -> Array:
        return self.tree.ParentTree.Nums

    def row(self, page: int) -> Object:
        """Return the row of the page in the parent tree."""
        key = int(self.pdf.pages[page].obj.StructParents)
        return self.numbers[[int(each) for each in list(self.numbers)[::2]].index(key) * 2 + 1]

    def owner(self, note: Object) -> Object:
        """Return the element that the parent tree gives for the annotation."""
        pairs = list(self.numbers)
        return pairs[pairs[::2].index(int(note.StructParent)) * 2 + 1]

    def list_notes(self, kind: str = "/Link") -> list[Object]:
        return [
            note
            for page in self.pdf.pages
            for note in page.obj.get("/Annots", [])
            if note.Subtype == kind
        ]

    def drop_reference(self, element: Object) -> None:
        """Take the reference to an annotation out of the element."""
        element.K = Array([kid for kid in _kids(element) if kid.get("/Type") != "/OBJR"])

    def drop_note(self, note: Object) -> None:
        """Take the annotation off its page, out of its element and out of the parent tree."""
        for page in self.pdf.pages:
            if "/Annots" in page.obj:
                kept = [each for each in page.obj.Annots if each.objgen != note.objgen]
                page.obj.Annots = Array(kept)
        self.drop_reference(self.owner(note))
        pairs = list(self.numbers)
        index = pairs[::2].index(int(note.StructParent)) * 2
        self.tree.ParentTree.Nums = Array(pairs[:index] + pairs[index + 2 :])

    # the file

    def change_packet(self, old: str, new: str) -> None:
        packet = self.pdf.Root.Metadata.read_bytes().decode()
        assert old in packet, old
        self.pdf.Root.Metadata = self.pdf.make_stream(
            packet.replace(old, new).encode(), Dictionary(Type=Name.Metadata, Subtype=Name.XML)
        )

    def list_fonts(self) -> list[Object]:
        return list(self.pdf.pages[0].Resources.Font.values())


def _walk(element: Object) -> Iterator[Object]:
    yield element
    for kid in _kids(element):
        if kid.get("/Type") == "/StructElem":
            yield from _walk(kid)


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
