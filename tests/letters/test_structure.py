"""The tree of a letter fits its pages: what no judge of PDF/UA notices is checked here."""

import io
from functools import cache
from itertools import pairwise

import pikepdf
import pytest

from registration.letters.paper import draw_letter
from registration.letters.record import draw_record
from tests.builders import make_meeting, make_particulars, make_registration
from tests.letters.reading import Paper, Told
from tests.letters.samples import ADDRESS, draw_signature, make_evidence, make_letter, make_record

PAPERS = ("letter", "rehearsal", "long", "record")


@cache
def draw(name: str) -> bytes:
    long = make_particulars(institution="Ministerio " * 18, position="g̃ 王 " * 50)
    match name:
        case "letter":
            return draw_letter(make_letter())
        case "rehearsal":
            return draw_letter(make_letter(meeting=make_meeting(rolled_weeks=250)))
        case "long":
            return draw_letter(make_letter(make_registration(long)))
        case _:
            return draw_record(make_record(make_evidence(signature_png=draw_signature())))


@pytest.mark.parametrize("name", PAPERS)
def test_marks_are_numbered_in_order_on_each_page(name: str) -> None:
    paper = Paper(draw(name))

    for page in range(len(paper.pdf.pages)):
        numbers = [each.number for each in paper.stretches if each.page == page]
        told = [each for each in numbers if each is not None]
        assert told == list(range(len(told)))


@pytest.mark.parametrize("name", PAPERS)
def test_each_mark_belongs_to_the_one_element_that_claims_it(name: str) -> None:
    paper = Paper(draw(name))
    pages = {page.objgen: n for n, page in enumerate(paper.pdf.pages)}
    claimed = {}
    for told in paper.root.list_all():
        assert told.obj is not None
        for kid in told.obj.K:
            if kid.get("/Type") == "/MCR":
                key = (pages[kid.Pg.objgen], int(kid.MCID))
                assert key not in claimed, "one mark is told twice"
                claimed[key] = told

    for each in paper.stretches:
        if each.number is not None:
            told = claimed.pop((each.page, each.number))
            assert told.tag == each.tag
            row = _parents(paper.pdf)[int(paper.pdf.pages[each.page].StructParents)]
            assert told.obj is not None
            assert row[each.number].objgen == told.obj.objgen
    assert claimed == {}, "the tree tells what no page paints"


@pytest.mark.parametrize("name", PAPERS)
def test_each_link_is_told_where_it_stands(name: str) -> None:
    paper = Paper(draw(name))
    links = _list_links(paper.pdf)
    told = {
        kid.Obj.objgen: each
        for each in paper.root.list_all()
        if each.obj is not None
        for kid in each.obj.K
        if kid.get("/Type") == "/OBJR"
    }

    assert len(links) > 0
    assert len(told) == len(links) + 1, "and the place of the seal"
    for link in links:
        element = told[link.objgen]
        assert element.tag == "Link"
        assert _parents(paper.pdf)[int(link.StructParent)].objgen == element.obj.objgen  # type: ignore[union-attr]
        assert str(link.Contents) in element.text
        assert int(link.F) == 4


def test_links_lead_to_the_contact_and_to_the_verification_page() -> None:
    pdf = pikepdf.open(io.BytesIO(draw("letter")))

    urls = [str(each.A.URI) for each in _list_links(pdf)]
    assert sorted(urls) == [ADDRESS, *["mailto:CRMST@iom.int"] * 3]


@pytest.mark.parametrize("name", PAPERS)
def test_keys_of_the_parent_tree_are_sorted(name: str) -> None:
    with pikepdf.open(io.BytesIO(draw(name))) as pdf:
        numbers = [int(each) for each in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]]

        assert numbers == list(range(int(pdf.Root.StructTreeRoot.ParentTreeNextKey)))


@pytest.mark.parametrize("name", PAPERS)
def test_tables_lists_headings_and_pictures_are_whole(name: str) -> None:
    paper = Paper(draw(name))
    root = paper.root

    for each in root.list_all():
        if each.tag == "Table":
            assert len({_width(row) for row in _rows(each)}) == 1
        if each.tag == "TH":
            assert str(each.obj.A.Scope) in {"/Row", "/Column"}  # type: ignore[union-attr]
        if each.tag == "LI":
            assert [kid.tag for kid in each.kids] == ["Lbl", "LBody"]
        if each.tag == "Figure":
            assert str(each.obj.Alt)  # type: ignore[union-attr]
            assert len(each.obj.A.BBox) == 4  # type: ignore[union-attr]
    levels = [int(each.tag[1]) for each in root.list_all() if each.tag in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def _list_links(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    annotations = [each for page in pdf.pages for each in page.get("/Annots", [])]
    return [each for each in annotations if each.Subtype == pikepdf.Name.Link]


def _rows(table: Told) -> list[Told]:
    return [each for each in table.list_all() if each.tag == "TR"]


def _width(row: Told) -> int:
    return sum(int(each.obj.get("/A", {}).get("/ColSpan", 1)) for each in row.kids)  # type: ignore[union-attr]


def _parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
