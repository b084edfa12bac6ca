"""Checks a paper of ours for those who hear it: what no judge of PDF/UA or PDF/A notices.

A paper whose text is all ornament passes the judges, and so does one whose paragraphs are told in
another order. So the words of the tree are held against the words of the paper; and marks, tree,
links and shapes against one another, so that the check says something on machines without a judge.
"""

import pikepdf

from registration.letters.checking.facts import check_facts
from registration.letters.checking.findings import Fault, Finding
from registration.letters.checking.marks import check_marks
from registration.letters.checking.notes import check_notes
from registration.letters.checking.reading import Paper
from registration.letters.checking.shapes import check_shapes
from registration.letters.checking.source import Words
from registration.letters.checking.words import check_painting, check_words

_BROKEN = (
    *(AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError),
    pikepdf.PdfError,
)


def check_paper(data: bytes, words: Words | None = None) -> list[Finding]:
    """Return what is wrong with the PDF; nothing is, where the list is empty.

    words: what it is to say. Without them only what stands in the file is held against itself.
    """
    try:
        return _list_findings(Paper(data), words)
    except _BROKEN as fault:  # a file so broken that a look at it fails
        return [Finding(Fault.FILE, f"not to be read: {fault!r}")]


def _list_findings(paper: Paper, words: Words | None) -> list[Finding]:
    findings = [
        *paper.findings,
        *check_facts(paper),
        *check_marks(paper),
        *check_notes(paper),
        *check_shapes(paper),
        *check_painting(paper),
    ]
    if words is not None:
        findings += check_words(paper, words)
    return findings
