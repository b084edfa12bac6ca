"""Each planted fault is found by the checker or by veraPDF, and the table says by which."""

from registration.letters.checking import check_paper
from tests.judge.drafts import Draft
from tests.judge.judge import judge
from tests.judge.papers import draw
from tests.judge.spoiling import PAPER, PLANTED, Planted


def test_table_of_planted_faults_is_true() -> None:
    spoilt = {each.name: _spoil(each) for each in PLANTED}
    verdicts = judge({**spoilt, "untouched": Draft(draw(PAPER).data).save()})

    print(f"\n{'planted':58}{'found by ours as':20}{'PDF/UA-1':28}PDF/A-2a")
    wrong = []
    for each in PLANTED:
        found = check_paper(spoilt[each.name], draw(PAPER).words)
        ua, a = verdicts[each.name]["ua1"].rules, verdicts[each.name]["2a"].rules
        ours = each.ours.name if each.ours else ""
        print(f"{each.name:58}{ours:20}{_list(ua):28}{_list(a)}")
        ours_is_right = each.ours in {one.fault for one in found} if each.ours else not found
        if not ours_is_right or (ua, a) != (each.ua, each.a):
            wrong.append((each.name, [str(one) for one in found], ua, a))
    print(_count())
    assert wrong == []
    assert [each.passed for each in verdicts["untouched"].values()] == [True, True]


def _spoil(planted: Planted) -> bytes:
    draft = Draft(draw(PAPER).data)
    planted.spoil(draft)
    return draft.save()


def _count() -> str:
    ours = sum(each.ours is not None for each in PLANTED)
    theirs = sum(bool(each.ua or each.a) for each in PLANTED)
    unseen = sum(not (each.ua or each.a) for each in PLANTED)
    return (
        f"{len(PLANTED)} faults: {ours} found by the checker, {theirs} by veraPDF; {unseen} pass"
        " both profiles of veraPDF"
    )


def _list(rules: set[str]) -> str:
    return " ".join(sorted(rules))
