"""Reads a tagged paper back: what it tells, what is only painted, and whether both fit together."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Told:
    """One element of the tree and the text of its own marks and of its kids, in order."""

    tag: str
    text: str = ""
    kids: list["Told"] = field(default_factory=list)
    obj: pikepdf.Object | None = None

    def list_all(self) -> Iterator["Told"]:
        yield self
        for kid in self.kids:
            yield from kid.list_all()


@dataclass
class Stretch:
    """A marked stretch of a page: its tag, its number (None for an artifact) and its text."""

    page: int
    tag: str
    number: int | None
    text: str


class Paper:
    """A paper that was drawn, opened again."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.stretches = [
            each for number, page in enumerate(self.pdf.pages) for each in _stretches(number, page)
        ]
        self._texts = {(each.page, each.number): each for each in self.stretches}
        self._numbers = {page.objgen: n for n, page in enumerate(self.pdf.pages)}
        self.root = self._read(self.pdf.Root.StructTreeRoot.K)

    def list_paragraphs(self) -> list[str]:
        """Return the text of each element that holds text itself, in reading order."""
        blocks = {"P", "H1", "H2", "H3", "LBody", "Lbl"}
        return [each.text for each in self.root.list_all() if each.tag in blocks]

    def list_ornaments(self) -> list[str]:
        """Return the texts that are painted and not told."""
        return [each.text for each in self.stretches if each.number is None and each.text]

    def page_text(self, number: int) -> str:
        return "".join(each.text for each in self.stretches if each.page == number)

    def _read(self, element: pikepdf.Object) -> Told:
        told = Told(str(element.S)[1:], obj=element)
        for kid in element.K:
            if kid.get("/Type") == "/StructElem":
                told.kids.append(self._read(kid))
                told.text += told.kids[-1].text
            elif kid.get("/Type") == "/MCR":
                told.text += self._texts[self._numbers[kid.Pg.objgen], int(kid.MCID)].text
        return told


def _stretches(number: int, page: pikepdf.Page) -> Iterator[Stretch]:
    """Yield what is marked. Fails on ink outside marks, and on marks within marks or text."""
    fonts = {name: _read_map(font) for name, font in page.Resources.Font.items()}
    current: Stretch | None = None
    actual: str | None = None
    in_text = False
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            assert current is None, "marks within marks"
            assert not in_text, "a mark begins within a text object"
            properties = operands[1] if name == "BDC" else {}
            mcid = properties.get("/MCID")
            actual = str(properties["/ActualText"]) if "/ActualText" in properties else None
            current = Stretch(number, str(operands[0])[1:], None if mcid is None else int(mcid), "")
        elif name == "EMC":
            assert current is not None
            assert not in_text, "a mark ends within a text object"
            current.text = current.text if actual is None else actual
            yield current
            current = None
        elif name in {"BT", "ET"}:
            in_text = name == "BT"
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in {"Tj", "S", "f", "f*", "B", "b", "Do"}:
            assert current is not None, f"{name} paints outside all marks"
            if name == "Tj":
                current.text += "".join(font[code] for code in bytes(operands[0]))


def _read_map(font: pikepdf.Object) -> dict[int, str]:
    """Return what each code of a font stands for."""
    lines = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", lines, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", lines, re.S):
        for first, last, texts in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.S):
            for offset, text in enumerate(re.findall(r"<(\w+)>", texts)):
                assert int(first, 16) + offset <= int(last, 16)
                found[int(first, 16) + offset] = bytes.fromhex(text).decode("utf-16-be")
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(int(text, 16) + offset)
    return found
