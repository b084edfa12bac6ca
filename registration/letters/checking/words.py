"""The words that a paper tells and paints, held against the words that it is to say."""

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from pikepdf import Array, Dictionary, Object

from registration.letters.checking.findings import Fault, Finding
from registration.letters.checking.notes import get_address
from registration.letters.checking.reading import Paper, Told
from registration.letters.checking.source import Role, Said, Words
from registration.letters.typefaces import list_numbered

# A label is no word: the dash or the number before an item.
_LONGEST_LABEL = 4
# What a glyph shows for the characters that look like it, and for letters under a mark; barred
# letters are a letter and a dash.
_ALIKE = str.maketrans("ıȷ‐‑‒―ʻʼꞋꞌ", "ij--–—‘’''") | {
    ord(barred): shown
    for barred, shown in (("ɨ", "i-"), ("Ɨ", "I-"), ("ƚ", "l-"), ("ʉ", "u–"), ("Ʉ", "U–"))
}
_ROLES: dict[Role, set[str]] = {
    "heading": {"H1", "H2", "H3", "H4", "H5", "H6"},
    "item": {"LBody"},
    "head": {"TH"},
    "cell": {"TD"},
    "text": {"Document", "Sect"},
}
_TELLING = set().union(*_ROLES.values())


def check_painting(paper: Paper) -> Iterator[Finding]:
    """Yield where glyphs show something else than what is told in their place."""
    for each in paper.stretches:
        if each.actual is not None and not _shows(each.painted, each.actual):
            yield Finding(Fault.PAINTED_OTHERWISE, f"{each.painted}: {each.actual}", each.page + 1)
    for told in paper.root.list_all():
        if "/ActualText" in told.obj:
            yield Finding(Fault.HIDDEN, told.text)
        if told.tag == "Lbl" and len(told.text.strip()) > _LONGEST_LABEL:
            yield Finding(Fault.LIST, f"a label of words: {told.text}")


def check_words(paper: Paper, words: Words) -> Iterator[Finding]:
    """Yield where the paper says something else than it is to say."""
    texts = [
        (told, text) for told, text in paper.root.list_texts() if told.tag != "Lbl" and text.strip()
    ]
    said = tuple(each for each in words.said if each.text.strip())
    yield from _check_order([text for _, text in texts], said)
    yield from _check_roles(texts, said)
    yield from _check_furniture(paper, words)
    yield from _check_links(paper, words)
    pictures = [
        str(each.obj.get("/Alt", "")) for each in paper.root.list_all() if each.tag == "Figure"
    ]
    if pictures != list(words.pictures):
        yield Finding(Fault.PICTURES, ", ".join(pictures))
    fields = [str(each.get("/TU", "")) for each in _list_fields(paper)]
    if fields != list(words.fields):
        yield Finding(Fault.FIELD, f"{len(fields)} fields, {len(words.fields)} in the words")
    if str(paper.pdf.Root.get("/Lang", "")) != words.language:
        yield Finding(Fault.LANGUAGE, str(paper.pdf.Root.get("/Lang", "")))
    if str(paper.pdf.trailer.get("/Info", Dictionary()).get("/Title", "")) != words.title:
        yield Finding(Fault.FILE, "another title")


def _check_order(told: list[str], said: tuple[Said, ...]) -> Iterator[Finding]:
    heard, wanted = [_plain(each) for each in told], [_plain(each.text) for each in said]
    if heard == wanted:
        return
    for kind, a, b, c, d in SequenceMatcher(None, wanted, heard, autojunk=False).get_opcodes():
        if kind != "equal":
            detail = f"said: {' | '.join(wanted[a:b])}; told: {' | '.join(heard[c:d])}"
            yield Finding(Fault.TOLD_OTHERWISE, detail)


def _check_roles(texts: list[tuple[Told, str]], said: tuple[Said, ...]) -> Iterator[Finding]:
    """Yield what is told as something else, where the words themselves are right."""
    for (told, text), each in zip(texts, said, strict=False):
        if _plain(text) == _plain(each.text):
            kind = next((one.tag for one in told.list_above() if one.tag in _TELLING), "")
            if kind not in _ROLES[each.role]:
                yield Finding(Fault.TOLD_AS_OTHER, f"{each.role} as {kind}: {each.text}")


def _check_furniture(paper: Paper, words: Words) -> Iterator[Finding]:
    """Take the known furniture out of what each page paints and does not tell: nothing is left."""
    pages = len(paper.pdf.pages)
    for page in range(pages):
        rest = "".join(
            _spaceless(each.text)
            for each in paper.stretches
            if each.page == page and each.number is None
        )
        known = [*words.furniture, words.page_of % {"page": page + 1, "pages": pages}]
        for each in sorted(map(_spaceless, known), key=len, reverse=True):
            rest = rest.replace(each, "\n", 1)
        if rest.strip():
            yield Finding(Fault.ORNAMENT, " ".join(rest.split()), page + 1)


def _check_links(paper: Paper, words: Words) -> Iterator[Finding]:
    found = [
        get_address(told.notes[0])
        for told in paper.root.list_all()
        if told.tag == "Link" and told.notes
    ]
    wanted = [link for each in words.said for link in each.links]
    if found != wanted:
        yield Finding(Fault.LINKS, f"{len(found)} links, {len(wanted)} in the words")


def _list_fields(paper: Paper) -> list[Object]:
    notes = [note for page in paper.pdf.pages for note in page.obj.get("/Annots", Array())]
    return [note for note in notes if note.get("/Subtype") == "/Widget"]


def _shows(painted: str, actual: str) -> bool:
    """Return whether the glyphs show the text: as letters with marks, or by their numbers."""
    for each in list_numbered(actual):
        actual = actual.replace(each, f"[U+{ord(each):04X}]")
    return _folded(painted) == _folded(actual)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFD", text.translate(_ALIKE)).translate(_ALIKE).strip()


def _plain(text: str) -> str:
    """Return the text as it comes back: all spaces are alike, NFC."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _spaceless(text: str) -> str:
    return "".join(text.split())
