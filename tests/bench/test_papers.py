"""What a letter costs beside a bare canvas that sets the same lines: read the ratios of one run.

The bare canvas has no layout, no tags, no links, no rules, no code and no seal: it is told each
line's text and place, and embeds the same fonts. Processor time; each letter has another name.
"""

import io
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from registration.letters import sheet
from registration.letters.breaking import Fragment
from registration.letters.glyphs import paint_fragment
from registration.letters.paper import draw_letter
from registration.letters.wording import Letter
from tests.builders import make_particulars, make_registration
from tests.letters.samples import make_letter
from tests.seals import make_seal

_numbers = count()
pytestmark = pytest.mark.benchmark(group="a letter, CPU", timer=time.process_time)


class Set(NamedTuple):
    """A stretch of a line as the letter sets it. Points from the page's lower left corner."""

    page: int
    font: str
    size: float
    left: float
    base: float
    text: str


def test_bare_canvas_with_the_same_lines(
    benchmark: BenchmarkFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = _list_lines(monkeypatch)

    _measure(benchmark, lambda _: _set_bare(lines))

    benchmark.extra_info |= {"stretches": len(lines), "pages": lines[-1].page}


def test_drawn_tagged_and_archivable(benchmark: BenchmarkFixture) -> None:
    _measure(benchmark, draw_letter)


def test_drawn_tagged_archivable_and_sealed(benchmark: BenchmarkFixture) -> None:
    seal = make_seal()

    _measure(benchmark, lambda letter: seal.seal(draw_letter(letter), at=datetime.now(UTC)))


def _measure(benchmark: BenchmarkFixture, work: Callable[[Letter], bytes]) -> None:
    letters = _make_letters()
    made = benchmark.pedantic(
        work, setup=lambda: ((next(letters),), {}), rounds=60, warmup_rounds=5
    )
    benchmark.extra_info["bytes"] = len(made)


def _make_letters() -> Iterator[Letter]:
    """Yield letters to people of other names, as a bulk approval draws them."""
    while True:
        particulars = make_particulars(
            given_names=f"Ana Lucía {_in_letters(next(_numbers))}",
            institution=f"Ministerio de {_in_letters(next(_numbers))}",
        )
        yield make_letter(make_registration(particulars))


def _in_letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()


def _list_lines(monkeypatch: pytest.MonkeyPatch) -> list[Set]:
    """Draw a letter and note what is set where."""
    lines: list[Set] = []

    def note(canvas: Canvas, fragment: Fragment, *, left: float, base: float, tail: str) -> None:
        piece, page = fragment.piece, canvas.getPageNumber()
        lines.append(Set(page, piece.cut.name, fragment.style.size, left, base, piece.text))
        paint_fragment(canvas, fragment, left=left, base=base, tail=tail)

    monkeypatch.setattr(sheet, "paint_fragment", note)
    draw_letter(next(_make_letters()))
    monkeypatch.undo()
    return lines


def _set_bare(lines: list[Set]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    page = 1
    for line in lines:
        if line.page != page:
            canvas.showPage()
            page = line.page
        canvas.setFont(line.font, line.size)
        canvas.drawString(line.left, line.base, line.text)
    canvas.save()
    return file.getvalue()
