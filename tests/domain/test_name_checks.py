"""A typed name beside the one in a passport's lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.domain.name_checks import NameOutcome, compare_names
from registration.domain.transliteration import write_name

SAME, WITHOUT_ACCENTS = NameOutcome.SAME, NameOutcome.WITHOUT_ACCENTS
SHORTENED, OTHER_ORDER = NameOutcome.SHORTENED, NameOutcome.OTHER_ORDER
IN_PART, DIFFERS, UNREADABLE = NameOutcome.IN_PART, NameOutcome.DIFFERS, NameOutcome.UNREADABLE


@pytest.mark.parametrize(
    ("typed", "read", "outcomes"),
    [
        (("Morales Vargas", "Ana"), ("MORALES VARGAS", "ANA"), (SAME, SAME)),
        (("Núñez Güell", "Íñigo"), ("NUNEZ GUELL", "INIGO"), (WITHOUT_ACCENTS,) * 2),
        (("Núñez Güell", "Íñigo"), ("NUNXXEZ GUXXELL", "INXXIGO"), (WITHOUT_ACCENTS,) * 2),
        (("Núñez Güell", "Íñigo"), ("NUNEZ GUELL", "INXXIGO"), (WITHOUT_ACCENTS,) * 2),
        (("Müller", "Jörg"), ("MUELLER", "JOERG"), (WITHOUT_ACCENTS,) * 2),
        (("Müller", "Jörg"), ("MULLER", "JORG"), (WITHOUT_ACCENTS,) * 2),
        (("Åkerblom", "Søren"), ("AAKERBLOM", "SOEREN"), (WITHOUT_ACCENTS,) * 2),
        (("Weiß", "Þóra"), ("WEISS", "THORA"), (SAME, WITHOUT_ACCENTS)),
        (("O’Brien", "Mary-Ann"), ("OBRIEN", "MARY ANN"), (WITHOUT_ACCENTS,) * 2),
        (("de la Cruz", "María"), ("DELACRUZ", "MARIA"), (WITHOUT_ACCENTS,) * 2),
        (("Suharto", ""), ("SUHARTO", ""), (SAME, SAME)),
        (("Y", "Li"), ("Y", "LI"), (SAME, SAME)),
        (("Vargas Morales", "Ana"), ("MORALES VARGAS", "ANA"), (OTHER_ORDER, SAME)),
        (("Morales", "Ana Vargas"), ("MORALES VARGAS", "ANA"), (OTHER_ORDER, OTHER_ORDER)),
        (("Ana", "Morales"), ("MORALES", "ANA"), (OTHER_ORDER, OTHER_ORDER)),
        (("Morales Vargas", "Ana"), ("MORALES VARGAS ANA", ""), (OTHER_ORDER, OTHER_ORDER)),
        (("Morales", "Ana Lucía"), ("MORALES VARGAS", "ANA LUCIA"), (IN_PART, WITHOUT_ACCENTS)),
        (("Morales Vargas", "Ana"), ("MORALES", "ANA LUCIA"), (IN_PART, IN_PART)),
        (("Moralez", "Ana"), ("MORALES", "ANA"), (DIFFERS, SAME)),
        (("Morales", "Ana"), ("VARGAS", "LUZ"), (DIFFERS, DIFFERS)),
        (("Nunnez", "Ana"), ("NUNEZ", "ANA"), (DIFFERS, SAME)),
        (("Morales", "Ana"), ("", ""), (UNREADABLE, UNREADABLE)),
        (("Морозова", "Ana"), ("MOROZOVA", "ANA"), (DIFFERS, SAME)),
    ],
)
def test_names_compare_as_a_reviewer_would_say(
    typed: tuple[str, str], read: tuple[str, str], outcomes: tuple[NameOutcome, NameOutcome]
) -> None:
    checks = compare_names(typed, read, may_be_shortened=False)

    assert tuple(each.outcome for each in checks) == outcomes


@pytest.mark.parametrize(
    ("typed", "read", "outcome"),
    [
        ("Konstantinos Ioannis", "KONSTANTI", SHORTENED),
        ("Konstantinos Ioannis", "KONSTANTINOS I", SHORTENED),
        ("Íñigo Maximiliano", "INXXIGO MAX", SHORTENED),
        ("Konstantinos", "KONRAD", DIFFERS),
    ],
)
def test_line_that_is_full_may_have_cut_the_name(
    typed: str, read: str, outcome: NameOutcome
) -> None:
    full = compare_names(("Y", typed), ("Y", read), may_be_shortened=True)
    other = compare_names(("Y", typed), ("Y", read), may_be_shortened=False)

    assert full[1].outcome is outcome
    assert other[1].outcome in {DIFFERS, IN_PART}


@pytest.mark.parametrize(
    ("typed", "read", "differing"),
    [
        ("Moralez", "MORALES", (["z"], ["S"])),
        ("Núñes", "NUNEZ", (["s"], ["Z"])),
        ("Morales", "MORALES VARGAS", ([], [" VARGAS"])),
        ("Luz", "ANA", (["Luz"], ["ANA"])),
    ],
)
def test_only_the_letters_that_differ_are_pointed_at(
    typed: str, read: str, differing: tuple[list[str], list[str]]
) -> None:
    check, _ = compare_names((typed, "X"), (read, "X"), may_be_shortened=False)

    assert [typed[start:end] for start, end in check.differing_typed] == differing[0]
    assert [read[start:end] for start, end in check.differing_read] == differing[1]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_name_matches_its_own_transliteration(surnames: str, given_names: str) -> None:
    read = (write_name(surnames).replace("<", " "), write_name(given_names).replace("<", " "))

    outcomes = [
        each.outcome
        for each in compare_names((surnames, given_names), read, may_be_shortened=False)
    ]

    expected = {SAME, WITHOUT_ACCENTS} if any(read) else {UNREADABLE}
    assert set(outcomes) <= expected


@given(st.text(max_size=80), st.text("ABNXZ ", max_size=40))
def test_no_pair_of_names_is_a_fault(typed: str, read: str) -> None:
    one, other = compare_names((typed, typed), (read, "X"), may_be_shortened=True)

    for check in (one, other):
        assert all(start < end <= len(check.typed) for start, end in check.differing_typed)
        assert all(start < end <= len(check.read) for start, end in check.differing_read)
