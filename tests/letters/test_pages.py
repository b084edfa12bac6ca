"""What stays together on a page, and where lines break."""

from dataclasses import dataclass

import pytest
from reportlab.lib.units import mm

from registration.letters.blocks import TextBlock
from registration.letters.breaking import Span, break_lines
from registration.letters.letterhead import choose_name_style
from registration.letters.pages import paginate
from registration.letters.sheet import Sheet
from registration.letters.styles import BODY, NAME
from registration.letters.tagging import Element
from tests.meetings.review import define


def test_kept_blocks_go_to_the_next_page_together() -> None:
    blocks = [Bar(60), Bar(30, keep=True), Bar(20)]

    assert _pages(blocks) == [[60], [30, 20]]


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_long_name_in_the_letterhead_has_two_lines_above_its_office(language: str) -> None:
    organisation = define().names.organisation.build()[language]
    style = choose_name_style(organisation)

    assert len(break_lines([Span(organisation, style)], 96 * mm)) == 2
    assert choose_name_style("Regional Conference on Migration") == NAME


def test_block_that_begins_a_page_begins_one_and_no_empty_one() -> None:
    assert _pages([Bar(10), Bar(20, new_page=True), Bar(30)]) == [[10], [20, 30]]
    assert _pages([Bar(10, new_page=True), Bar(20)]) == [[10, 20]]


def test_space_above_is_dropped_at_the_head_of_a_page() -> None:
    pages = paginate(
        [Bar(90), Bar(10, before=30), Bar(10, before=5)], first_top=0, later_top=7, end=100
    )

    assert [[y for y, _ in page.placed] for page in pages] == [[0], [7, 22]]


def test_chain_higher_than_a_page_is_cut_and_nothing_is_lost() -> None:
    blocks = [Bar(40, keep=True) for _ in range(5)] + [Bar(40)]

    assert _pages(blocks) == [[40, 40], [40, 40], [40, 40]]


def test_block_higher_than_a_page_is_placed_all_the_same() -> None:
    assert _pages([Bar(20), Bar(300), Bar(20)]) == [[20], [300], [20]]


def test_no_line_of_a_paragraph_stands_alone() -> None:
    lead = BODY.leading
    text = _paragraph("palabra " * 60, width=200)
    lines = len(text.lines)

    for room in range(lines + 2):
        pages = paginate([Bar(500 - room * lead), text], first_top=0, later_top=0, end=500)
        parts = [len(b.lines) for page in pages for _, b in page.placed if isinstance(b, TextBlock)]
        assert sum(parts) == lines
        assert min(parts) >= 2


def test_paragraph_longer_than_several_pages_is_whole() -> None:
    text = _paragraph("palabra " * 3000, width=200)

    pages = paginate([text], first_top=0, later_top=0, end=500)

    placed = [b for page in pages for _, b in page.placed if isinstance(b, TextBlock)]
    assert [line for each in placed for line in each.lines] == list(text.lines)


@pytest.mark.parametrize(
    "text",
    [
        "one two three",
        "W" * 200,
        "https://inscripcion.example.org/es/verify/" + "7KQF-" * 20,
        "g̃" * 120,
        "a b c " + "d" * 90 + " e",
        "31\u00a0de\u00a0marzo " * 20 + "fin",
        "",
    ],
)
def test_lines_hold_the_whole_text_and_fit(text: str) -> None:
    lines = break_lines([Span(text, BODY)], 100)

    joined = "".join(_text(line) + (" " if line.at_space else "") for line in lines)
    assert joined == text
    assert all(line.width <= 100 for line in lines)


def test_words_of_two_spans_without_a_space_stay_together() -> None:
    lines = break_lines([Span("aaaa bbbb", BODY), Span(", cccc", BODY, link="mailto:x")], 42)

    assert [_text(line) for line in lines] == ["aaaa", "bbbb,", "cccc"]


@pytest.mark.parametrize("sign", ["-", "–", "—", "/"])
def test_long_word_breaks_behind_a_hyphen_or_dash(sign: str) -> None:
    lines = break_lines([Span(f"Relaciones{sign}Exteriores", BODY)], 70)

    assert [_text(line) for line in lines] == [f"Relaciones{sign}", "Exteriores"]


def test_hours_are_not_parted_at_their_dash() -> None:
    lines = break_lines([Span("de 10:00–17:00 horas", BODY)], 66)

    assert [_text(line) for line in lines] == ["de", "10:00–17:00", "horas"]


def test_long_address_breaks_behind_a_slash() -> None:
    lines = break_lines([Span("https://example.org/es/verify/ABCDEFGH", BODY)], 160)

    assert [_text(line) for line in lines] == ["https://example.org/es/verify/", "ABCDEFGH"]


@dataclass
class Bar:
    """A block of a given height that paints nothing."""

    height: float
    before: float = 0
    keep: bool = False
    new_page: bool = False

    def paint(self, sheet: Sheet, y: float) -> None:
        pass

    def split(self, room: float) -> None:
        return None


def _pages(blocks: list[Bar]) -> list[list[float]]:
    pages = paginate(blocks, first_top=0, later_top=0, end=100)
    return [[block.height for _, block in page.placed] for page in pages]


def _paragraph(text: str, *, width: float) -> TextBlock:
    return TextBlock(element=Element("P"), spans=[Span(text, BODY)], style=BODY, width=width)


def _text(line: object) -> str:
    return "".join(each.piece.text for each in line.fragments)  # type: ignore[attr-defined]
