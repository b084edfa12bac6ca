"""The two lines as a machine reads them, and what can be known of them all the same."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.domain.mrz import Check, Lines, write_lines
from registration.domain.mrz_repair import FoundLines, find_lines

FIRST = "P<UTOMORALES<VARGAS<<ANA<LUCIA<<<<<<<<<<<<<<"
SECOND = "X123456785UTO8408129F2905028<<<<<<<<<<<<<<08"


def test_lines_read_as_they_are_stay_so() -> None:
    assert find_lines(["PASAPORTE", FIRST, SECOND]) == FoundLines(Lines(FIRST, SECOND), True)


@pytest.mark.parametrize(
    "read",
    [
        "X123456785UT08408129F2905028<<<<<<<<<<<<<<08",  # a zero among letters
        "X123456785UTO84O8I29F29O5O28<<<<<<<<<<<<<<O8",  # letters among digits
        "X12345678SUTOB4OB129F2905028<<<<<<<<<<<<<<0B",
        "X123456785UTO8408129F2905028<<<<<<<<<<<08",  # fillers lost
        "X123456785UTO8408129F2905028<<<<<<<<<<<<<<<<<08",  # and invented
        "X123456785UTO8408129F2905028<<<<<<K<<<<<<<08",  # taken for a letter
        "x123456785uto8408129f2905028くくくくくくくくくくくくくく08",  # and for another alphabet's
        "X123456785UTO 8408129F2905028 ＜＜＜＜＜＜＜＜＜＜＜＜＜＜08",
        "IX123456785UTO8408129F2905028<<<<<<<<<<<<<<08",  # an edge of the page before it
    ],
)
def test_second_line_is_repaired_by_its_fields(read: str) -> None:
    found = find_lines([FIRST, read])

    assert found is not None
    assert found.lines.second == SECOND


@pytest.mark.parametrize(
    "read",
    [
        "P<UT0MORALES<VARGAS<<ANA<LUCIA<<<<<<<<<<<<<<",
        "PKUTOMORALES<VARGAS<<ANA<LUCIA<<<<<<<<<<<<<<",
        "PUTOMORALES<VARGAS<<ANA<LUCIA<<<<<<<<<<<<<<",  # its filler lost
        "P<UTOM0RALES<VARGA5<<ANA<LUCIA<<<<<<<<<<<<<<",
        "P<UTOMORALES<VARGAS<<ANA<LUCIA<<<<<<<<<",
        "P<UTOMORALES<VARGAS<<ANA<LUCIA<<<<K<<<<C<<<K",
        "P<UTOMORALES<VARGAS<<ANA<LUCIA<<<<<<<<<<<<<<<<<<",
        "P«UTOMORALES<VARGAS<<ANA<LUCIA<<<<<<<<<<<<<".replace("«", "<"),
        "P<UTQMORALES<VARGAS<<ANA<LUCIA<<<<<<<<<<<<<<",
    ],
)
def test_first_line_is_repaired_too(read: str) -> None:
    found = find_lines([read, SECOND])

    assert found is not None
    assert found.lines.first == FIRST


def test_given_name_after_a_long_gap_is_no_dirt() -> None:
    read = "P<UTOMORALES<VARGAS<<<ANA<LUCIA<<<<<<<<<<<<<"

    found = find_lines([read, SECOND])

    assert found is not None
    assert found.lines.given_names == "ANA LUCIA"


def test_number_of_eight_signs_that_lost_its_filler_is_put_right() -> None:
    second = _second("AB123456")
    read = second.replace("<", "", 1)

    found = find_lines([FIRST, read])

    assert found is not None
    assert found.lines.second == second


@pytest.mark.parametrize(
    ("number", "read"), [("AO1234567", "A01234567"), ("S34763447", "534763447")]
)
def test_sign_of_a_number_is_what_its_check_digit_says(number: str, read: str) -> None:
    second = _second(number)

    found = find_lines([FIRST, read + second[9:]])

    assert found is not None
    assert found.lines.second == second


def test_number_with_several_spellings_is_left_and_doubted() -> None:
    second = _second("S1234567Z")

    found = find_lines([FIRST, f"51234567Z{second[9:]}"])

    assert found is not None
    assert found.lines.second[:9] == "51234567Z"
    assert not found.lines.checks[Check.NUMBER]
    assert not found.is_sound


def test_g_read_as_6_passes_unnoticed() -> None:
    """The limit of the method, kept in sight."""
    second = _second("G12345678")

    found = find_lines([FIRST, f"6{second[1:]}"])

    assert found is not None
    assert found.is_sound
    assert found.lines.second != second


def test_page_without_its_first_line_is_found_and_not_sound() -> None:
    found = find_lines(["SPECIMEN", SECOND])

    assert found == FoundLines(Lines("", SECOND), False)
    assert not found.is_sound


def test_line_that_lost_a_letter_is_told_from_a_whole_one() -> None:
    whole = find_lines([FIRST, SECOND])
    other = find_lines([FIRST.replace("LUCIA", "LUCA"), SECOND])

    assert whole is not None
    assert other is not None
    assert (whole.is_whole, other.is_whole) == (True, False)
    assert whole.rank > other.rank


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [FIRST],
        ["Carta de invitación número RCM-7K2M4QXZ/1, del 3 de marzo de 2022, a las 10:00"],
        ["0" * 44],
        [FIRST, "0" * 44],
        ["<" * 44],
        ["P<" * 22],
        ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6"],  # an identity card
    ],
)
def test_what_is_no_passport_has_no_lines(texts: list[str]) -> None:
    assert find_lines(texts) is None


@pytest.mark.parametrize("code", ["UTO", "D<<", "GBD", "UNO", "XXA", "EUE", "RKS", "MEX"])
def test_code_that_icao_keeps_is_left_as_it_is(code: str) -> None:
    first = f"P<{code}{FIRST[5:]}"
    second = f"{SECOND[:10]}{code}{SECOND[13:]}"

    assert find_lines([first, second]) == FoundLines(Lines(first, second), True)


@given(st.lists(st.text(string.ascii_letters + string.digits + "<«く éñ", max_size=60), max_size=5))
def test_no_text_is_a_fault(texts: list[str]) -> None:
    found = find_lines(texts)

    assert found is None or (len(found.lines.second) == 44 and len(found.lines.first) in {0, 44})


@given(st.text(string.ascii_uppercase + string.digits + "<", min_size=28, max_size=60))
def test_no_second_line_is_a_fault(text: str) -> None:
    found = find_lines([f"{SECOND[: 44 - len(text) % 17]}{text}", text])

    assert found is None or len(found.lines.second) == 44


def _second(number: str) -> str:
    return write_lines(
        issuer="UTO",
        surnames="Morales Vargas",
        given_names="Ana Lucía",
        number=number,
        born=date(1984, 8, 12),
        sex="F",
        expires=date(2029, 5, 2),
    )[1]
