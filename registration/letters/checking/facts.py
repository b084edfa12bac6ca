"""What the file says of itself: that it is tagged, its title, its language, its kind."""

import re
from collections.abc import Iterator

from pikepdf import Dictionary

from registration.letters.checking.findings import Fault, Finding
from registration.letters.checking.reading import Paper

# A language as papers of ours name it: two letters, and perhaps a region ("es", "es-419").
_LANGUAGE = re.compile(r"[a-z]{2}(-([A-Z]{2}|[0-9]{3}))?")
_NOTHING = Dictionary()


def check_facts(paper: Paper) -> Iterator[Finding]:
    """Yield what the file does not say, or says in two ways."""
    root = paper.pdf.Root
    if not root.get("/MarkInfo", _NOTHING).get("/Marked"):
        yield Finding(Fault.FILE, "not marked as tagged")
    if not root.get("/ViewerPreferences", _NOTHING).get("/DisplayDocTitle"):
        yield Finding(Fault.FILE, "a window would show the file's name, not the title")
    for number, page in enumerate(paper.pdf.pages):
        if page.obj.get("/Tabs") != "/S":
            yield Finding(Fault.FILE, "the tabulator does not follow the tree", number + 1)
    yield from (Finding(Fault.FILE, wrong) for wrong in _list_packet_faults(paper))
    yield from _check_languages(paper)


def _list_packet_faults(paper: Paper) -> Iterator[str]:
    if "/Metadata" not in paper.pdf.Root:
        yield "no description of the file"
        return
    packet = paper.pdf.open_metadata(set_pikepdf_as_editor=False)
    info = paper.pdf.trailer.get("/Info", _NOTHING)
    title = str(packet.get("dc:title") or "")
    if not title.strip() or title != str(info.get("/Title", "")):
        yield "two titles, or none"
    if str(packet.get("dc:language") or "") not in {"", _as_bag(paper)}:
        yield "two languages"
    created = re.sub(r"\D", "", str(packet.get("xmp:CreateDate") or ""))
    if created != re.sub(r"\D", "", str(info.get("/CreationDate", ""))):
        yield "two dates"
    if packet.get("pdfuaid:part") != "1" or packet.pdfa_status != "2A":
        yield "does not say that it is PDF/UA-1 and PDF/A-2a"


def _as_bag(paper: Paper) -> str:
    return str({str(paper.pdf.Root.get("/Lang", ""))})


def _check_languages(paper: Paper) -> Iterator[Finding]:
    language = str(paper.pdf.Root.get("/Lang", ""))
    if not _LANGUAGE.fullmatch(language):
        yield Finding(Fault.LANGUAGE, language)
    for told in paper.root.list_all():
        if "/Lang" in told.obj and not _LANGUAGE.fullmatch(str(told.obj.Lang)):
            yield Finding(Fault.LANGUAGE, str(told.obj.Lang))
