"""Marks of the pages, elements of the tree and the parent tree, held against one another."""

from collections import Counter
from collections.abc import Iterator

import pikepdf

from registration.letters.checking.findings import Fault, Finding
from registration.letters.checking.reading import Paper, Told

Place = tuple[int, int]


def check_marks(paper: Paper) -> Iterator[Finding]:
    """Yield where marks and elements do not fit together."""
    claims = _list_claims(paper.root)
    yield from _check_pages(paper)
    yield from _check_claims(paper, claims)
    yield from _check_branches(paper)
    yield from _check_parent_tree(paper, claims)


def _list_claims(root: Told) -> list[tuple[Place, Told]]:
    return [(place, told) for told in root.list_all() for place in told.marks]


def _check_pages(paper: Paper) -> Iterator[Finding]:
    numbers: dict[int, list[int]] = {}
    for each in paper.stretches:
        if each.number is not None:
            numbers.setdefault(each.page, []).append(each.number)
            if not each.inked:
                yield Finding(Fault.EMPTY, f"{each.tag} {each.number}", each.page + 1)
    for page, found in numbers.items():
        if found != list(range(len(found))):
            yield Finding(Fault.NUMBERS, "", page + 1)


def _check_claims(paper: Paper, claims: list[tuple[Place, Told]]) -> Iterator[Finding]:
    for place, times in Counter(place for place, _ in claims).items():
        if times > 1:
            yield Finding(Fault.CLAIMED_TWICE, f"mark {place[1]}", place[0] + 1)
    owners = dict(claims)
    for place, told in owners.items():
        painted = paper.painted.get(place)
        if painted is None:
            yield Finding(Fault.NOT_PAINTED, f"{told.tag} {place[1]}", place[0] + 1)
        elif painted.tag != told.tag:
            yield Finding(Fault.OTHER_TAG, f"{painted.tag} {told.tag}", place[0] + 1)
    for each in paper.stretches:
        told_elsewhere = each.number is None and each.tag != "Artifact"
        if told_elsewhere or (each.number is not None and (each.page, each.number) not in owners):
            yield Finding(Fault.UNCLAIMED, each.text, each.page + 1)


def _check_branches(paper: Paper) -> Iterator[Finding]:
    for told in paper.root.list_all():
        above = paper.pdf.Root.StructTreeRoot if told.parent is None else told.parent.obj
        if "/P" not in told.obj or told.obj.P.objgen != above.objgen:
            yield Finding(Fault.BRANCH, told.tag)


def _check_parent_tree(paper: Paper, claims: list[tuple[Place, Told]]) -> Iterator[Finding]:
    keys, values = read_parent_tree(paper.pdf)
    if keys != sorted(set(keys)) or len(keys) != len(values):
        yield Finding(Fault.KEYS, "not sorted")
    if keys and keys[-1] >= int(paper.pdf.Root.StructTreeRoot.get("/ParentTreeNextKey", 0)):
        yield Finding(Fault.KEYS, "the next key is taken")
    rows = dict(zip(keys, values, strict=False))
    owners = dict(claims)
    for number, page in enumerate(paper.pdf.pages):
        row = rows.pop(int(page.obj.get("/StructParents", -1)), None)
        marked = [
            told for (where, _), told in sorted(owners.items(), key=_by_place) if where == number
        ]
        if row is None:
            if marked:
                yield Finding(Fault.KEYS, "the page has no row", number + 1)
        elif not isinstance(row, pikepdf.Array) or len(row) != len(marked):
            yield Finding(Fault.PARENTS, "the page's row is of another length", number + 1)
        elif [each.objgen for each in row] != [each.obj.objgen for each in marked]:
            yield Finding(Fault.PARENTS, "", number + 1)
    if any(isinstance(each, pikepdf.Array) for each in rows.values()):
        yield Finding(Fault.KEYS, "a row belongs to no page")


def _by_place(claim: tuple[Place, Told]) -> Place:
    return claim[0]


def read_parent_tree(pdf: pikepdf.Pdf) -> tuple[list[int], list[pikepdf.Object]]:
    """Return the keys and the values; papers of ours write them as one list."""
    tree = pdf.Root.StructTreeRoot.get("/ParentTree", pikepdf.Dictionary())
    numbers = list(tree.get("/Nums", []))
    return [int(each) for each in numbers[::2]], numbers[1::2]
