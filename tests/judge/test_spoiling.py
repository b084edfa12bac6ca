"""The checker finds each fault that is planted into a passing letter, and none where none is."""

import pytest

from registration.letters.checking import check_paper
from tests.judge.drafts import Draft
from tests.judge.papers import draw
from tests.judge.spoiling import PAPER, PLANTED, Planted

OURS = [each for each in PLANTED if each.ours is not None]
THEIRS = [each for each in PLANTED if each.ours is None]


@pytest.mark.parametrize("planted", OURS, ids=lambda each: each.name)
def test_checker_finds_what_was_planted(planted: Planted) -> None:
    paper = draw(PAPER)
    draft = Draft(paper.data)

    planted.spoil(draft)

    found = {each.fault for each in check_paper(draft.save(), paper.words)}
    assert planted.ours in found


@pytest.mark.parametrize("planted", THEIRS, ids=lambda each: each.name)
def test_checker_leaves_fonts_and_colours_to_the_judge(planted: Planted) -> None:
    paper = draw(PAPER)
    draft = Draft(paper.data)

    planted.spoil(draft)

    assert check_paper(draft.save(), paper.words) == []
    assert planted.ua | planted.a


def test_paper_that_was_only_opened_and_saved_has_no_fault() -> None:
    paper = draw(PAPER)

    assert list(map(str, check_paper(Draft(paper.data).save(), paper.words))) == []


def test_each_fault_is_found_by_somebody_and_has_its_own_name() -> None:
    names = [each.name for each in PLANTED]

    assert len(names) == len(set(names)) >= 50
    assert [each.name for each in PLANTED if not (each.ours or each.ua or each.a)] == []
