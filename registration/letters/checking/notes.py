"""Links and fields of the pages: each told, at its place, by the element that belongs to it."""

from collections.abc import Iterator

import pikepdf

from registration.letters.checking.findings import Fault, Finding
from registration.letters.checking.marks import read_parent_tree
from registration.letters.checking.reading import Paper, Told

_PRINTED = 4
# Places of links are written to a hundredth of a point.
_TOLERANCE = 0.02


def check_notes(paper: Paper) -> Iterator[Finding]:
    """Yield what is wrong with links and fields."""
    keys, values = read_parent_tree(paper.pdf)
    parents = dict(zip(keys, values, strict=False))
    owners = {note.objgen: told for told in paper.root.list_all() for note in told.notes}
    told_notes = [note.objgen for told in paper.root.list_all() for note in told.notes]
    if len(told_notes) != len(set(told_notes)):
        yield Finding(Fault.LINK, "told twice")
    for number, page in enumerate(paper.pdf.pages):
        for note in page.obj.get("/Annots", []):
            told = owners.pop(note.objgen, None)
            if told is None:
                yield Finding(Fault.UNTOLD_LINK, _describe(note), number + 1)
                continue
            parent = parents.get(int(note.get("/StructParent", -1)))
            if parent is None or parent.objgen != told.obj.objgen:
                yield Finding(Fault.PARENTS, _describe(note), number + 1)
            yield from _check_note(note, told, paper, number)
    for told in owners.values():
        yield Finding(Fault.LINK, f"no page bears what {told.tag} tells")
    for told in paper.root.list_all():
        if told.tag == "Link" and not told.notes:
            yield Finding(Fault.LINK, f"leads nowhere: {told.text}")
        if len({get_address(note) for note in told.notes}) > 1:
            yield Finding(Fault.LINK, f"leads to two places: {told.text}")


def get_address(note: pikepdf.Object) -> str:
    """Return where a link leads, or an empty text."""
    return str(note.get("/A", pikepdf.Dictionary()).get("/URI", ""))


def _check_note(note: pikepdf.Object, told: Told, paper: Paper, number: int) -> Iterator[Finding]:
    match note.get("/Subtype"):
        case "/Link":
            yield from (
                Finding(Fault.LINK, f"{wrong}: {told.text}", number + 1)
                for wrong in _list_link_faults(note, told, paper, number)
            )
        case "/Widget":
            yield from (
                Finding(Fault.FIELD, wrong, number + 1) for wrong in _list_field_faults(note, told)
            )
        case other:
            yield Finding(Fault.UNTOLD_LINK, str(other), number + 1)


def _list_link_faults(note: pikepdf.Object, told: Told, paper: Paper, number: int) -> Iterator[str]:
    if told.tag != "Link":
        yield f"told as {told.tag}"
    if not get_address(note):
        yield "has no address"
    if not str(note.get("/Contents", "")).strip():
        yield "has no description"
    elif " ".join(str(note.Contents).split()) not in " ".join(told.text.split()):
        yield "is described otherwise"
    left, bottom, right, top = (float(each) for each in note.Rect)
    if not any(
        left - _TOLERANCE <= x <= right and bottom <= y <= top
        for x, y in _list_places(told, paper, number)
    ):
        yield "does not lie on its text"
    if not int(note.get("/F", 0)) & _PRINTED:
        yield "is not printed"


def _list_field_faults(note: pikepdf.Object, told: Told) -> Iterator[str]:
    if told.tag != "Form":
        yield f"told as {told.tag}"
    if not str(note.get("/TU", "")).strip():
        yield "has no name for people"
    if not int(note.get("/F", 0)) & _PRINTED:
        yield "is not printed"


def _list_places(told: Told, paper: Paper, number: int) -> Iterator[tuple[float, float]]:
    """Yield where the texts of the element begin on the page."""
    for each in told.list_all():
        for place in each.marks:
            if place[0] == number and place in paper.painted:
                yield from paper.painted[place].places


def _describe(note: pikepdf.Object) -> str:
    return get_address(note) or str(note.get("/Subtype", ""))
