"""Whether a typed name is the one in a passport's lines, after the transliteration of Doc 9303-3.

The lines have no accents, choose among spellings ("NUNEZ", "NUNXXEZ"), drop apostrophes, and end
after 39 signs. None of this makes two names different; what does is for a person to judge.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from registration.domain.names import clean_line
from registration.domain.transliteration import FILLER, list_parts, pattern_of, plain_forms

#: From, to: places in a text, as slices have them.
Spans = tuple[tuple[int, int], ...]


class NameOutcome(StrEnum):
    """How two names compare.

    SHORTENED: the passport's lines were full, and what stands there is the same. IN_PART: one has
    all parts of the other, and more. OTHER_ORDER: the same parts, in another order or divided
    otherwise between surnames and given names.
    """

    SAME = "same"
    WITHOUT_ACCENTS = "without_accents"
    SHORTENED = "shortened"
    OTHER_ORDER = "other_order"
    IN_PART = "in_part"
    DIFFERS = "differs"
    UNREADABLE = "unreadable"


#: Of these a person should be asked about.
UNLIKE = frozenset({NameOutcome.DIFFERS, NameOutcome.IN_PART})


@dataclass(frozen=True)
class NameCheck:
    """One row of the comparison. differing_typed, differing_read: what to point at in each."""

    outcome: NameOutcome
    typed: str
    read: str
    differing_typed: Spans = ()
    differing_read: Spans = ()


def compare_names(
    typed: tuple[str, str], read: tuple[str, str], *, may_be_shortened: bool
) -> tuple[NameCheck, NameCheck]:
    """Return how surnames and given names compare, in this order. typed, read: both, likewise.

    may_be_shortened: whether the passport's line is full to its end.
    """
    outcomes = [
        _compare(one, other, is_there=any(read), may_be_shortened=may_be_shortened)
        for one, other in zip(typed, read, strict=True)
    ]
    if UNLIKE & set(outcomes):
        parts = [part for name in typed for part in list_parts(name)]
        if _are_all_there(parts, [part for name in read for part in name.split()]):
            outcomes = [NameOutcome.OTHER_ORDER if each in UNLIKE else each for each in outcomes]
    surnames, given = (
        _point(outcome, one, other)
        for outcome, one, other in zip(outcomes, typed, read, strict=True)
    )
    return surnames, given


def _compare(typed: str, read: str, *, is_there: bool, may_be_shortened: bool) -> NameOutcome:
    parts = list_parts(typed)
    if not is_there:
        return NameOutcome.UNREADABLE
    if not parts and not read:
        return NameOutcome.SAME
    if clean_line(typed).upper() == read:
        return NameOutcome.SAME
    # Where parts are divided is the issuer's choice: "DE LA CRUZ", "DELACRUZ".
    if parts and re.fullmatch(" ?".join(map(pattern_of, parts)), read):
        return NameOutcome.WITHOUT_ACCENTS
    if may_be_shortened and _is_shortened(parts, read.split()):
        return NameOutcome.SHORTENED
    return _compare_parts(parts, read.split())


def _compare_parts(typed: Sequence[str], read: Sequence[str]) -> NameOutcome:
    left = _leave_out(typed, read)
    if left is None or not read:
        found = sum(any(_is(part, other) for part in typed) for other in read)
        return NameOutcome.IN_PART if 0 < found == len(read) else NameOutcome.DIFFERS
    if not left:
        return NameOutcome.OTHER_ORDER
    return NameOutcome.IN_PART if typed else NameOutcome.DIFFERS


def _are_all_there(typed: Sequence[str], read: Sequence[str]) -> bool:
    return _leave_out(typed, read) == []


def _leave_out(typed: Sequence[str], read: Sequence[str]) -> list[str] | None:
    """Return the parts read that nobody typed; None where one was typed that is not there."""
    left = list(read)
    for part in typed:
        found = next((other for other in left if _is(part, other)), None)
        if found is None:
            return None
        left.remove(found)
    return left


def _is_shortened(typed: Sequence[str], read: Sequence[str]) -> bool:
    """Return whether what was read are the beginnings of the typed parts, in their order; the last
    ones may be missing (Doc 9303-4: names too long are cut, or their parts are)."""
    if len(read) > len(typed):
        return False
    return all(_begins(part, other) for part, other in zip(typed, read, strict=False))


def _is(part: str, read: str) -> bool:
    return re.fullmatch(pattern_of(part), read) is not None


def _begins(part: str, read: str) -> bool:
    return any(_is(part[:length], read) for length in range(1, len(part) + 1))


def _point(outcome: NameOutcome, typed: str, read: str) -> NameCheck:
    if outcome not in UNLIKE:
        return NameCheck(outcome, typed, read)
    places = [(at, sign) for at, each in enumerate(typed) for sign in plain_forms(each)[0]]
    signs = "".join(" " if sign == FILLER else sign for _, sign in places)
    matcher = SequenceMatcher(None, signs, read, autojunk=False)
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return NameCheck(
        outcome,
        typed,
        read,
        _join(
            [
                (places[start][0], places[end - 1][0] + 1)
                for _, start, end, _, _ in codes
                if end > start
            ]
        ),
        _join([(start, end) for _, _, _, start, end in codes if end > start]),
    )


def _join(spans: Sequence[tuple[int, int]]) -> Spans:
    """Return the spans in order; those that touch become one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
