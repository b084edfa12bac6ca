"""Every paper of ours passes the judge of PDF/UA-1 and PDF/A-2a, and our own check."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from registration.letters.checking import Fault, check_paper
from registration.letters.paper import draw_letter
from tests.judge.judge import PROFILES, judge
from tests.judge.papers import PAPERS, draw
from tests.letters.samples import make_letter


def test_every_paper_passes_both_profiles_and_a_bare_page_neither() -> None:
    """All in one test: Java is started once, and what it calls good is worth what it calls bad."""
    verdicts = judge(
        {
            **{name: draw(name).data for name in PAPERS},
            "not sealed": draw_letter(make_letter()),
            "bare": draw_bare(),
            "no PDF": b"%PDF-1.7 and nothing more",
        }
    )

    bare, nothing = verdicts.pop("bare"), verdicts.pop("no PDF")
    # The empty place of the seal stands in the way until the seal is in it.
    unsealed = verdicts.pop("not sealed")
    assert [unsealed[each].rules for each in PROFILES] == [set(), {"6.4.3-1", "6.4.3-2", "6.4.3-3"}]
    assert {"7.1-3", "7.1-11"} <= bare["ua1"].rules
    assert {"6.7.3.3-1", "6.2.11.4.1-1"} <= bare["2a"].rules
    assert [nothing[each].rules for each in PROFILES] == [{"unreadable"}] * 2
    failed = {
        (name, each.profile): each.broken
        for name, found in verdicts.items()
        for each in found.values()
        if not each.passed or each.assertions < 1000
    }
    assert failed == {}


@pytest.mark.parametrize("name", PAPERS)
def test_checker_finds_nothing_in_a_paper_as_it_was_drawn(name: str) -> None:
    paper = draw(name)

    assert paper.words is None or len(paper.words.said) > 20
    assert list(map(str, check_paper(paper.data, paper.words))) == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing more", b"no PDF at all"])
def test_what_is_no_paper_is_a_finding(data: bytes) -> None:
    assert [each.fault for each in check_paper(data)] == [Fault.FILE]


def test_page_without_a_tree_is_a_finding() -> None:
    assert [each.fault for each in check_paper(draw_bare())] == [Fault.FILE]


def draw_bare() -> bytes:
    """Return a page as ReportLab writes it by itself."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 100, "Ana Lucía Morales Vargas")
    canvas.save()
    return out.getvalue()
