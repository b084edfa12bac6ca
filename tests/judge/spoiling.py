"""The faults that are planted into a passing letter, and who must find each.

ours: what the checker must find, or None where the fault is the judge's alone. ua, a: the rules
that veraPDF finds broken, by PDF/UA-1 and PDF/A-2a; where both are empty it notices nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, String

from registration.letters.checking import Fault
from tests.judge.drafts import Draft

Spoil = Callable[[Draft], None]


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A fault to plant."""

    name: str
    spoil: Spoil
    ours: Fault | None
    ua: frozenset[str]
    a: frozenset[str]


#: The paper that is spoilt.
PAPER = "letter of hard names, es"
PLANTED: list[Planted] = []


def fault(
    name: str,
    ours: Fault | None,
    *,
    ua: str = "",
    a: str = "",
) -> Callable[[Spoil], Spoil]:
    """Enter the function into the table."""

    def enter(spoil: Spoil) -> Spoil:
        PLANTED.append(
            Planted(
                name=name,
                spoil=spoil,
                ours=ours,
                ua=frozenset(ua.split()),
                a=frozenset(a.split()),
            )
        )
        return spoil

    return enter


# ------------------------------------------------------------------- words: told, or told otherwise


@fault("a paragraph is ornament", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    draft.drop(draft.long_paragraph())


@fault("one line of a paragraph is ornament", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    draft.drop_mark(*draft.list_marks(draft.long_paragraph())[1])


@fault("all text is ornament", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    for page in draft.pdf.pages:
        for note in list(page.obj.get("/Annots", [])):
            draft.drop_note(note)
    for element in draft.list_all():
        for page, number in draft.list_marks(element):
            draft.replace_mark(page, number, b"/Artifact BMC")
    draft.tree.K.K = Array()
    draft.tree.ParentTree.Nums = Array()
    for page in draft.pdf.pages:
        del page.obj["/StructParents"]


@fault("two paragraphs are told in another order", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    body = draft.long_paragraph().P
    kids = list(body.K)
    at = next(n for n, kid in enumerate(kids) if kid.objgen == draft.long_paragraph().objgen)
    kids[at], kids[at + 1] = kids[at + 1], kids[at]
    body.K = Array(kids)


@fault("the lines of a paragraph are told in another order", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    element = draft.long_paragraph()
    element.K = Array(reversed(list(element.K)))


@fault("words are glued at a line's end", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    for place in draft.list_marks(draft.long_paragraph()):
        if b" ) Tj" in draft.read_ink(place):
            draft.change_ink(place, lambda ink: ink.replace(b" ) Tj", b") Tj"))
            return
    raise LookupError("no line ends with a space")


@fault("two paragraphs are told as one", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    first = draft.long_paragraph()
    kids = list(first.P.K)
    at = next(n for n, kid in enumerate(kids) if kid.objgen == first.objgen)
    second = kids[at + 1]
    for page, number in draft.list_marks(second):
        draft.row(page)[number] = first
    first.K = Array([*first.K, *second.K])
    draft.remove(second)


@fault("a paragraph is told twice", Fault.CLAIMED_TWICE)
def _(draft: Draft) -> None:
    first = draft.long_paragraph()
    first.K = Array([*first.K, *first.K])


@fault("an element stands in the tree twice", Fault.BRANCH)
def _(draft: Draft) -> None:
    first = draft.long_paragraph()
    first.P.K = Array([*first.P.K, first])


@fault("a page's number is told", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    _tell_ornament(draft)


@fault("text stands beside the paper's words, as ornament", Fault.ORNAMENT)
def _(draft: Draft) -> None:
    line = next(each for each in draft.read(1).split(b"\n") if b" Tj ET" in each)
    draft.write(1, draft.read(1) + b"\n/Artifact BMC\n" + line + b"\nEMC\n")


@fault("text stands beside the paper's words, in a form", Fault.ORNAMENT)
def _(draft: Draft) -> None:
    line = next(each for each in draft.read(1).split(b"\n") if b" Tj ET" in each)
    _draw_form(draft, line)


# -------------------------------------------------------------------------- what is seen and heard


@fault("another letter is told than is painted", Fault.PAINTED_OTHERWISE)
def _(draft: Draft) -> None:
    draft.replace(0, b"/ActualText <FEFF004D0303", b"/ActualText <FEFF004E0303")


@fault("a letter is told that is a blank", Fault.PAINTED_OTHERWISE)
def _(draft: Draft) -> None:
    place = _place_of(draft, "FEFF738B")
    draft.replace_mark(*place, b"/Span <</MCID %d /ActualText <FEFF0041>>> BDC" % place[1])


@fault("another letter is painted than is told", Fault.PAINTED_OTHERWISE)
def _(draft: Draft) -> None:
    place = _place_of(draft, "FEFF004D0303")
    draft.change_ink(place, _swap_first_letter)


@fault("an element's text is replaced in the tree", Fault.HIDDEN)
def _(draft: Draft) -> None:
    draft.long_paragraph().ActualText = String("Otra cosa")


@fault("a description hides a paragraph", Fault.HIDDEN)
def _(draft: Draft) -> None:
    draft.long_paragraph().Alt = String("Párrafo")


@fault("told text is invisible", Fault.UNSEEN)
def _(draft: Draft) -> None:
    place = draft.list_marks(draft.long_paragraph())[0]
    draft.change_ink(place, lambda ink: ink.replace(b"BT ", b"BT 3 Tr ").replace(b"ET", b"0 Tr ET"))


@fault("told text lies off the page", Fault.UNSEEN)
def _(draft: Draft) -> None:
    place = draft.list_marks(draft.long_paragraph())[0]
    draft.change_ink(place, lambda ink: b"\nq 1 0 0 1 0 2000 cm" + ink + b"Q\n")


@fault("told text has no size", Fault.UNSEEN)
def _(draft: Draft) -> None:
    place = draft.list_marks(draft.long_paragraph())[0]
    draft.change_ink(place, lambda ink: b"\nq .01 0 0 .01 300 400 cm" + ink + b"Q\n")


@fault("codes stand for no characters", Fault.UNREADABLE, ua="7.21.7-1", a="6.2.11.7.2-1")
def _(draft: Draft) -> None:
    for font in draft.list_fonts():
        del font["/ToUnicode"]


@fault("codes stand for other characters", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    for font in draft.list_fonts():
        lines = font.ToUnicode.read_bytes()
        assert b"<0061>" in lines or b"<0065>" in lines
        changed = lines.replace(b"<0061>", b"<0001>").replace(b"<0065>", b"<0061>")
        font.ToUnicode = draft.pdf.make_stream(changed.replace(b"<0001>", b"<0065>"))


# ------------------------------------------------------------------------------- marks in the page


@fault("ink belongs to nothing", Fault.UNMARKED, ua="7.1-3")
def _(draft: Draft) -> None:
    draft.write(0, draft.read(0) + b"\n100 100 m 200 100 l S\n")


@fault("text belongs to nothing", Fault.UNMARKED, ua="7.1-3")
def _(draft: Draft) -> None:
    line = next(each for each in draft.read(0).split(b"\n") if b" Tj ET" in each)
    draft.write(0, draft.read(0) + b"\n" + line + b"\n")


@fault("an ornament stands within a paragraph's mark", Fault.NESTED, ua="7.1-1")
def _(draft: Draft) -> None:
    place = draft.list_marks(draft.long_paragraph())[0]
    draft.change_ink(place, lambda ink: b"\n/Artifact BMC" + ink + b"EMC\n")


@fault("a paragraph's mark stands within an ornament", Fault.NESTED, ua="7.1-2")
def _(draft: Draft) -> None:
    page, number = draft.list_marks(draft.long_paragraph())[0]
    opening = b"/P <</MCID %d>> BDC" % number
    content = draft.read(page)
    start = content.index(opening)
    end = content.index(b"EMC", start) + 3
    inner = content[start:end]
    draft.write(page, content[:start] + b"/Artifact BMC\n" + inner + b"\nEMC" + content[end:])


@fault("a span's mark stands within a paragraph's", Fault.NESTED)
def _(draft: Draft) -> None:
    place = draft.list_marks(draft.long_paragraph())[0]
    draft.change_ink(place, lambda ink: b"\n/Span <</Lang (fr)>> BDC" + ink + b"EMC\n")


@fault("a mark stands within a form", Fault.NESTED)
def _(draft: Draft) -> None:
    _draw_form(draft, b"/Artifact BMC 10 10 m 20 20 l S EMC")


@fault("a mark begins within a text object", Fault.ACROSS_TEXT)
def _(draft: Draft) -> None:
    page, number = draft.list_marks(draft.long_paragraph())[0]
    opening = b"/P <</MCID %d>> BDC" % number
    draft.replace(page, opening + b"\nBT", b"BT " + opening)


@fault("a mark is not closed", Fault.UNCLOSED, ua="7.1-3")
def _(draft: Draft) -> None:
    content = draft.read(0)
    at = content.rindex(b"EMC")
    draft.write(0, content[:at] + content[at + 3 :])


@fault("a mark is closed twice", Fault.UNCLOSED)
def _(draft: Draft) -> None:
    draft.write(0, draft.read(0) + b"\nEMC\n")


@fault("one number is on two marks of a page", Fault.NUMBERS)
def _(draft: Draft) -> None:
    first, second = draft.list_marks(draft.long_paragraph())[:2]
    draft.replace_mark(*second, b"/P <</MCID %d>> BDC" % first[1])


@fault("the numbers of a page skip one", Fault.NUMBERS, ua="7.1-3")
def _(draft: Draft) -> None:
    page, number = draft.list_marks(draft.long_paragraph())[-1]
    draft.replace_mark(page, number, b"/P <</MCID 999>> BDC")


@fault("a mark holds nothing", Fault.EMPTY)
def _(draft: Draft) -> None:
    place = draft.list_marks(draft.long_paragraph())[0]
    draft.change_ink(place, lambda _: b"\n")


@fault("a mark bears another tag than its element", Fault.OTHER_TAG)
def _(draft: Draft) -> None:
    draft.change_mark(*draft.list_marks(draft.long_paragraph())[0], "H1")


@fault("an element tells a mark that is not there", Fault.NOT_PAINTED)
def _(draft: Draft) -> None:
    element = draft.long_paragraph()
    page = draft.pdf.pages[draft.list_marks(element)[0][0]].obj
    element.K.append(Dictionary(Type=Name.MCR, Pg=page, MCID=999))


@fault("a mark is in no element", Fault.UNCLAIMED)
def _(draft: Draft) -> None:
    element = draft.long_paragraph()
    page, number = draft.list_marks(element)[0]
    del element.K[0]
    draft.row(page)[number] = draft.tree


# ----------------------------------------------------------------------------------- parent tree


@fault("two rows of the parent tree are exchanged", Fault.PARENTS)
def _(draft: Draft) -> None:
    first, second = (draft.list_marks(each)[0] for each in draft.list_all("LBody")[:2])
    row = draft.row(first[0])
    one, other = row[first[1]], row[second[1]]
    row[first[1]], row[second[1]] = other, one


@fault("two links of the parent tree are exchanged", Fault.PARENTS)
def _(draft: Draft) -> None:
    first, second = (int(each.StructParent) for each in draft.list_notes()[:2])
    draft.list_notes()[0].StructParent, draft.list_notes()[1].StructParent = second, first


@fault("the parent tree is not sorted", Fault.KEYS)
def _(draft: Draft) -> None:
    pairs = list(draft.numbers)
    draft.tree.ParentTree.Nums = Array([*pairs[2:], *pairs[:2]])


@fault("the next key is a taken one", Fault.KEYS)
def _(draft: Draft) -> None:
    draft.tree.ParentTreeNextKey = 1


@fault("the parent tree is missing", Fault.KEYS, ua="7.1-3 7.18.5-1")
def _(draft: Draft) -> None:
    del draft.tree["/ParentTree"]


@fault("a page has no key", Fault.KEYS, ua="7.1-3")
def _(draft: Draft) -> None:
    del draft.pdf.pages[1].obj["/StructParents"]


@fault("an element names another parent", Fault.BRANCH)
def _(draft: Draft) -> None:
    draft.long_paragraph().P = draft.tree


# ----------------------------------------------------------------------------------------- links


@fault("a link is lost, its words are kept", Fault.LINKS)
def _(draft: Draft) -> None:
    note = draft.list_notes()[0]
    link = draft.owner(note)
    draft.drop_note(note)
    draft.rename(link, "Span")


@fault("a link leads nowhere", Fault.LINK)
def _(draft: Draft) -> None:
    draft.drop_note(draft.list_notes()[0])


@fault("a link is not in the tree", Fault.UNTOLD_LINK)
def _(draft: Draft) -> None:
    draft.drop_reference(draft.list_all("Link")[0])


@fault("a link has no key", Fault.PARENTS, ua="7.18.5-1")
def _(draft: Draft) -> None:
    del draft.list_notes()[0]["/StructParent"]


@fault("a link is told as a span", Fault.LINK, ua="7.18.5-1")
def _(draft: Draft) -> None:
    draft.rename(draft.list_all("Link")[0], "Span")


@fault("a link has no description", Fault.LINK, ua="7.18.1-2 7.18.5-2")
def _(draft: Draft) -> None:
    del draft.list_notes()[0]["/Contents"]


@fault("a link is described as another", Fault.LINK)
def _(draft: Draft) -> None:
    draft.list_notes()[0].Contents = String("otra dirección")


@fault("a link leads elsewhere", Fault.LINKS)
def _(draft: Draft) -> None:
    draft.list_notes()[0].A.URI = String("https://example.org/")


@fault("a link lies beside its words", Fault.LINK)
def _(draft: Draft) -> None:
    draft.list_notes()[0].Rect = Array([10, 10, 20, 20])


@fault("a link is not printed", Fault.LINK, a="6.3.2-1")
def _(draft: Draft) -> None:
    del draft.list_notes()[0]["/F"]


# ------------------------------------------------------------------------------- the seal's field


@fault("the seal's field has no name", Fault.FIELD)
def _(draft: Draft) -> None:
    del draft.list_notes("/Widget")[0]["/TU"]


@fault("the seal's field is not in the tree", Fault.UNTOLD_LINK)
def _(draft: Draft) -> None:
    draft.remove(draft.list_all("Form")[0])


@fault("the seal's field is told as a paragraph", Fault.FIELD)
def _(draft: Draft) -> None:
    draft.list_all("Form")[0].S = Name.P


@fault("the seal's field has no key", Fault.PARENTS)
def _(draft: Draft) -> None:
    del draft.list_notes("/Widget")[0]["/StructParent"]


@fault("the seal's field is gone", Fault.FIELD)
def _(draft: Draft) -> None:
    form = draft.list_all("Form")[0]
    draft.drop_note(draft.list_notes("/Widget")[0])
    draft.remove(form)


# ---------------------------------------------------------------------- tables, lists, headings


@fault("a head has no scope", Fault.TABLE, ua="7.5-1")
def _(draft: Draft) -> None:
    for each in draft.list_all("TH"):
        if "/ColSpan" not in each.A:
            del each["/A"]


@fault("a row is short", Fault.TABLE, ua="7.2-43")
def _(draft: Draft) -> None:
    del draft.first("TH", holds=lambda each: "/ColSpan" in each.A).A["/ColSpan"]


@fault("a row is no row", Fault.TABLE, ua="7.2-8 7.2-36")
def _(draft: Draft) -> None:
    draft.list_all("TR")[0].S = Name.Div


@fault("a table has no heads", Fault.TABLE)
def _(draft: Draft) -> None:
    for each in draft.list_all("TH"):
        each.S = Name.TD


@fault("a table is told as paragraphs", Fault.TOLD_AS_OTHER)
def _(draft: Draft) -> None:
    for each in draft.list_all("Table", "THead", "TBody", "TR", "TH", "TD"):
        each.S = Name.Div
        if "/A" in each:
            del each["/A"]


@fault("an item has no label", Fault.LIST)
def _(draft: Draft) -> None:
    draft.drop(draft.list_all("Lbl")[0])


@fault("an item has no body", Fault.LIST, ua="7.2-20")
def _(draft: Draft) -> None:
    draft.rename(draft.list_all("LBody")[0], "P")


@fault("an item's words are its label", Fault.LIST)
def _(draft: Draft) -> None:
    item = draft.list_all("LI")[0]
    label, body = item.K
    draft.rename(label, "LBody")
    draft.rename(body, "Lbl")


@fault("a list does not say how it is numbered", Fault.LIST)
def _(draft: Draft) -> None:
    del draft.list_all("L")[0]["/A"]


@fault("a list is told as paragraphs", Fault.TOLD_OTHERWISE)
def _(draft: Draft) -> None:
    for each in draft.list_all("L", "LI"):
        each.S = Name.Div
        if "/A" in each:
            del each["/A"]
    for each in draft.list_all("LBody", "Lbl"):
        draft.rename(each, "P")


@fault("a heading is told as a paragraph", Fault.TOLD_AS_OTHER)
def _(draft: Draft) -> None:
    draft.rename(draft.list_all("H3")[-1], "P")


@fault("a paragraph is told as a heading", Fault.TOLD_AS_OTHER)
def _(draft: Draft) -> None:
    draft.rename(draft.long_paragraph(), "H2")


@fault("headings skip a level", Fault.HEADINGS, ua="7.4.2-1")
def _(draft: Draft) -> None:
    for each in draft.list_all("H2"):
        draft.rename(each, "H3")


@fault("the title is no heading of the first level", Fault.HEADINGS, ua="7.4.2-1")
def _(draft: Draft) -> None:
    draft.rename(draft.list_all("H1")[0], "H2")


@fault("there are two titles", Fault.HEADINGS, ua="7.4.2-1")
def _(draft: Draft) -> None:
    draft.rename(draft.list_all("H2")[-1], "H1")


@fault("a tag is no standard one", Fault.TAG, ua="7.1-5", a="6.7.3.4-1")
def _(draft: Draft) -> None:
    draft.rename(draft.long_paragraph(), "Paragraph")


@fault("a standard tag is mapped to another", Fault.TAG, ua="7.1-7")
def _(draft: Draft) -> None:
    draft.tree.RoleMap = Dictionary(P=Name.Span)


# -------------------------------------------------------------------------------------- pictures


@fault("a picture has no description", Fault.FIGURE, ua="7.3-1")
def _(draft: Draft) -> None:
    del draft.list_all("Figure")[0]["/Alt"]


@fault("a picture's description is empty", Fault.FIGURE, ua="7.3-1")
def _(draft: Draft) -> None:
    draft.list_all("Figure")[0].Alt = String("")


@fault("a picture's description is a space", Fault.FIGURE)
def _(draft: Draft) -> None:
    draft.list_all("Figure")[0].Alt = String(" ")


@fault("a picture's description is another", Fault.PICTURES)
def _(draft: Draft) -> None:
    draft.list_all("Figure")[0].Alt = String("image1.png")


@fault("a picture has no place", Fault.FIGURE)
def _(draft: Draft) -> None:
    del draft.list_all("Figure")[0].A["/BBox"]


@fault("a picture is ornament", Fault.PICTURES)
def _(draft: Draft) -> None:
    draft.drop(draft.list_all("Figure")[0])


# -------------------------------------------------------------------------------------- the file


@fault("the file is not marked as tagged", Fault.FILE, ua="6.2-1", a="6.7.2.2-1")
def _(draft: Draft) -> None:
    del draft.pdf.Root["/MarkInfo"]


@fault("the tree is missing", Fault.FILE, ua="7.1-3 7.1-11 7.18.5-1", a="6.7.3.3-1")
def _(draft: Draft) -> None:
    del draft.pdf.Root["/StructTreeRoot"]


@fault("the language is missing", Fault.LANGUAGE, ua="7.2-22 7.2-24 7.2-25 7.2-30 7.2-33 7.2-34")
def _(draft: Draft) -> None:
    del draft.pdf.Root["/Lang"]


@fault("the language is a word", Fault.LANGUAGE)
def _(draft: Draft) -> None:
    draft.pdf.Root.Lang = String("spanish")


@fault("the language is another one", Fault.LANGUAGE)
def _(draft: Draft) -> None:
    draft.pdf.Root.Lang = String("en")


@fault("a part's language is a word", Fault.LANGUAGE)
def _(draft: Draft) -> None:
    draft.long_paragraph().Lang = String("french")


@fault("a window shows the file's name", Fault.FILE, ua="7.1-10")
def _(draft: Draft) -> None:
    del draft.pdf.Root["/ViewerPreferences"]


@fault("the file has no description", Fault.FILE, ua="7.1-8", a="6.6.2.1-1")
def _(draft: Draft) -> None:
    del draft.pdf.Root["/Metadata"]


@fault("the file does not claim PDF/UA", Fault.FILE, ua="5-1")
def _(draft: Draft) -> None:
    draft.change_packet("<pdfuaid:part>1</pdfuaid:part>", "")


@fault("the file does not claim PDF/A", Fault.FILE, a="6.6.4-1")
def _(draft: Draft) -> None:
    draft.change_packet(
        "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>", ""
    )


@fault("the file has two titles", Fault.FILE)
def _(draft: Draft) -> None:
    draft.pdf.trailer.Info.Title = String("Otro título")


@fault("the file has two dates", Fault.FILE)
def _(draft: Draft) -> None:
    draft.pdf.trailer.Info.CreationDate = String("D:20000101000000Z")


@fault("the file has two languages", Fault.FILE)
def _(draft: Draft) -> None:
    draft.change_packet("<rdf:li>es</rdf:li>", "<rdf:li>fr</rdf:li>")


@fault("the tabulator does not follow the tree", Fault.FILE, ua="7.18.3-1")
def _(draft: Draft) -> None:
    del draft.pdf.pages[0].obj["/Tabs"]


@fault("a page is missing", Fault.NOT_PAINTED)
def _(draft: Draft) -> None:
    del draft.pdf.pages[-1]


# ------------------------------------------------------------------ what is the judge's to notice


@fault("a font is not in the file", None, ua="7.21.4.1-1", a="6.2.11.4.1-1")
def _(draft: Draft) -> None:
    for font in draft.list_fonts():
        del font.FontDescriptor["/FontFile2"]


@fault("widths are not those of the font", None, ua="7.21.5-1", a="6.2.11.5-1")
def _(draft: Draft) -> None:
    for font in draft.list_fonts():
        font.Widths = Array([300] * len(font.Widths))


@fault("colours have no profile", None, a="6.2.4.3-2")
def _(draft: Draft) -> None:
    del draft.pdf.Root["/OutputIntents"]


@fault("a colour is of another profile", None, a="6.2.4.3-3")
def _(draft: Draft) -> None:
    draft.write(0, draft.read(0) + b"\n/Artifact BMC\n0 0 0 1 k 10 10 1 1 re f\nEMC\n")


@fault("a script runs when the file is opened", None, a="6.5.1-1")
def _(draft: Draft) -> None:
    draft.pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


@fault("the description does not describe PDF/UA", None, a="6.6.2.3.1-1 6.6.2.3.1-2")
def _(draft: Draft) -> None:
    packet = draft.pdf.Root.Metadata.read_bytes().decode()
    start, end = packet.index("<pdfaExtension:schemas>"), packet.index("</pdfaExtension:schemas>")
    draft.change_packet(packet[start : end + len("</pdfaExtension:schemas>")], "")


def _draw_form(draft: Draft, content: bytes) -> None:
    """Paint a form on page 2, as ornament."""
    form = draft.pdf.make_stream(
        content,
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 600, 850]),
            Resources=Dictionary(Font=draft.pdf.pages[1].Resources.Font),
        ),
    )
    resources = draft.pdf.pages[1].Resources
    resources.XObject.Planted = form  # every page has the code's form
    draft.write(1, draft.read(1) + b"\n/Artifact BMC\n/Planted Do\nEMC\n")


def _place_of(draft: Draft, actual: str) -> tuple[int, int]:
    """Return the first mark whose letters are told as this text, in hexadecimal."""
    for span in draft.list_all("Span"):
        for page, number in draft.list_marks(span):
            if b"/Span <</MCID %d /ActualText <%s" % (number, actual.encode()) in draft.read(page):
                return page, number
    raise LookupError(actual)


def _swap_first_letter(ink: bytes) -> bytes:
    """Return the ink with another letter of the same font in place of the first."""
    at = ink.index(b"(") + 1
    return ink[:at] + b"a" + ink[at + 1 :]


def _tell_ornament(draft: Draft) -> None:
    """Make the last ornament with text of page 1 a paragraph."""
    content = draft.read(0)
    at = content.rindex(b"/Artifact BMC\nBT")
    row = draft.row(0)
    number = len(row)
    opening = b"/P <</MCID %d>> BDC" % number
    draft.write(0, content[:at] + opening + content[at + len(b"/Artifact BMC") :])
    parent = draft.list_all("Sect")[-1]
    element = draft.pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.P,
            P=parent,
            K=Array([Dictionary(Type=Name.MCR, Pg=draft.pdf.pages[0].obj, MCID=number)]),
        )
    )
    row.append(element)
    parent.K.append(element)
