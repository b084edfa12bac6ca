"""The shape of the tree: tables, lists, headings and pictures are whole, nothing hides a text."""

from collections.abc import Iterator
from itertools import pairwise

import pikepdf

from registration.letters.checking.findings import Fault, Finding
from registration.letters.checking.reading import Paper, Told

_HEADINGS = {f"H{level}": level for level in range(1, 7)}
# The types of PDF 1.7 (14.8.4) that papers of ours may use.
_TAGS = {
    *("Document", "Part", "Art", "Sect", "Div", "P", "L", "LI", "Lbl", "LBody", "Table", "TR"),
    *("TH", "TD", "THead", "TBody", "TFoot", "Span", "Link", "Figure", "Form", "Caption"),
    *_HEADINGS,
}
#: Which elements a description may stand on: all others are heard by their text.
_DESCRIBED = {"Figure", "Form", "Link"}


def check_shapes(paper: Paper) -> Iterator[Finding]:
    """Yield what is not whole in the tree."""
    if paper.root.tag != "Document":
        yield Finding(Fault.TAG, f"the root is {paper.root.tag}")
    if paper.pdf.Root.StructTreeRoot.get("/RoleMap"):
        yield Finding(Fault.TAG, "tags are mapped to others")
    for told in paper.root.list_all():
        if told.tag not in _TAGS:
            yield Finding(Fault.TAG, told.tag)
        if told.tag not in _DESCRIBED and any(key in told.obj for key in ("/Alt", "/E")):
            yield Finding(Fault.HIDDEN, told.text)
        match told.tag:
            case "Table":
                yield from (Finding(Fault.TABLE, wrong) for wrong in _list_table_faults(told))
            case "L" | "LI":
                yield from (Finding(Fault.LIST, wrong) for wrong in _list_list_faults(told))
            case "Figure":
                yield from (Finding(Fault.FIGURE, wrong) for wrong in _list_figure_faults(told))
            case _:
                yield from _check_place(told)
    yield from _check_headings(paper.root)


def _check_place(told: Told) -> Iterator[Finding]:
    """Yield where a part of a table or list stands outside one."""
    above = told.parent.tag if told.parent is not None else ""
    if told.tag in {"TD", "TH"} and above != "TR":
        yield Finding(Fault.TABLE, f"{told.tag} in {above}")
    if told.tag == "TR" and above not in {"Table", "THead", "TBody", "TFoot"}:
        yield Finding(Fault.TABLE, f"{told.tag} in {above}")
    if told.tag in {"THead", "TBody", "TFoot"} and above != "Table":
        yield Finding(Fault.TABLE, f"{told.tag} in {above}")
    if told.tag in {"Lbl", "LBody"} and above != "LI":
        yield Finding(Fault.LIST, f"{told.tag} in {above}")


def _list_table_faults(table: Told) -> Iterator[str]:
    rows = [each for each in table.list_all() if each.tag == "TR"]
    cells = [cell for row in rows for cell in row.kids]
    if not rows:
        yield "has no row"
    if any(cell.tag not in {"TH", "TD"} for cell in cells):
        yield "a row holds what is no cell"
    if len(set(_list_widths(rows))) > 1:
        yield "rows are of different lengths"
    heads = [cell for cell in cells if cell.tag == "TH"]
    if not heads:
        yield "has no head"
    if any(str(_attribute(cell, "/Scope")) not in {"/Row", "/Column"} for cell in heads):
        yield "a head does not say what it is the head of"
    if any(not cell.text.strip() for cell in heads):
        yield "a head says nothing"


def _list_widths(rows: list[Told]) -> list[int]:
    """Return how many columns each row fills, with the cells that reach down into it."""
    reaching: dict[int, int] = {}
    for index, row in enumerate(rows):
        for cell in row.kids:
            width = int(_attribute(cell, "/ColSpan") or 1)
            for below in range(int(_attribute(cell, "/RowSpan") or 1)):
                reaching[index + below] = reaching.get(index + below, 0) + width
    return [reaching[index] for index in sorted(reaching)] if rows else []


def _list_list_faults(told: Told) -> Iterator[str]:
    if told.tag == "L":
        if not told.kids or any(kid.tag not in {"LI", "L"} for kid in told.kids):
            yield "holds what is no item"
        if _attribute(told, "/ListNumbering") is None:
            yield "does not say how it is numbered"
    elif [kid.tag for kid in told.kids] != ["Lbl", "LBody"]:
        yield "an item is not a label and a body"
    elif any(not kid.text.strip() for kid in told.kids):
        yield "an item says nothing"
    if told.tag == "LI" and (told.parent is None or told.parent.tag != "L"):
        yield "an item stands outside a list"


def _list_figure_faults(figure: Told) -> Iterator[str]:
    if not str(figure.obj.get("/Alt", "")).strip():
        yield "no description"
    box = _attribute(figure, "/BBox")
    if not isinstance(box, pikepdf.Array) or len(box) != 4:
        yield "no place"
        return
    left, bottom, right, top = (float(each) for each in box)
    if left >= right or bottom >= top:
        yield "no place"


def _check_headings(root: Told) -> Iterator[Finding]:
    levels = [_HEADINGS[each.tag] for each in root.list_all() if each.tag in _HEADINGS]
    if levels[:1] != [1] or levels.count(1) > 1:
        yield Finding(Fault.HEADINGS, "not one H1 at the head")
    for above, below in pairwise(levels):
        if below > above + 1:
            yield Finding(Fault.HEADINGS, f"H{below} below H{above}")


def _attribute(told: Told, key: str) -> pikepdf.Object | None:
    attributes = told.obj.get("/A", pikepdf.Dictionary())
    several = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((each[key] for each in several if key in each), None)
