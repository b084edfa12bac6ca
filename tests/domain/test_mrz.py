"""The two lines of a passport, written and read."""

from datetime import date

import pytest

from registration.domain.mrz import Check, Lines, check_digit, write_lines

#: ICAO Doc 9303-4, Appendix B.
SPECIMEN = Lines(
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
MEETING = date(2022, 4, 1)


def test_lines_are_those_of_the_standard() -> None:
    """ICAO Doc 9303-4, Appendix B, without its optional number."""
    lines = write_lines(
        issuer="UTO",
        surnames="Eriksson",
        given_names="Anna Maria",
        number="L898902C3",
        born=date(1974, 8, 12),
        sex="F",
        expires=date(2012, 4, 15),
    )

    assert lines == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<08",
    )


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("L898902C3", "6"),
        ("740812", "2"),
        ("120415", "9"),
        ("ZE184226B<<<<<", "1"),
        ("L898902C36" + "7408122" + "1204159" + "ZE184226B<<<<<1", "0"),
        ("<<<<<<", "0"),
    ],
)
def test_check_digits_are_those_of_the_standard(text: str, digit: str) -> None:
    assert check_digit(text) == digit


@pytest.mark.parametrize(
    ("surnames", "given", "line"),
    [
        ("Núñez de la Cruz", "Łukasz", "P<UTONUNEZ<DE<LA<CRUZ<<LUKASZ<<<<<<<<<<<<<<<"),
        ("O'Brien-Đặng", "Æsa ß", "P<UTOOBRIEN<DANG<<AESA<SS<<<<<<<<<<<<<<<<<<<"),
        ("Suharto", "", "P<UTOSUHARTO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
        ("W" * 60, "Ana", "P<UTO" + "W" * 39),
    ],
)
def test_names_are_written_in_plain_letters(surnames: str, given: str, line: str) -> None:
    first, second = write_lines(
        issuer="UTO",
        surnames=surnames,
        given_names=given,
        number="A1",
        born=date(2001, 1, 2),
        sex="X",
        expires=date(2031, 1, 2),
    )

    assert first == line
    assert len(second) == 44


def test_specimen_of_the_standard_is_read() -> None:
    assert (SPECIMEN.issuer, SPECIMEN.nationality) == ("UTO", "UTO")
    assert (SPECIMEN.surnames, SPECIMEN.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert SPECIMEN.expires_on(near=MEETING) == date(2012, 4, 15)
    assert not SPECIMEN.may_be_shortened
    assert set(SPECIMEN.checks) == set(Check)
    assert all(SPECIMEN.checks.values())


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (0, {Check.NUMBER, Check.OVERALL}),
        (13, {Check.BIRTH, Check.OVERALL}),
        (21, {Check.EXPIRY, Check.OVERALL}),
        (30, {Check.OPTIONAL, Check.OVERALL}),
        (43, {Check.OVERALL}),
    ],
)
def test_wrong_sign_is_seen_by_the_digits_that_guard_it(at: int, wrong: set[Check]) -> None:
    sign = "3" if SPECIMEN.second[at] != "3" else "4"
    changed = Lines(SPECIMEN.first, SPECIMEN.second[:at] + sign + SPECIMEN.second[at + 1 :])

    assert {check for check, is_right in changed.checks.items() if not is_right} == wrong


@pytest.mark.parametrize(("one", "other"), ["G6", "L1", "K0", "A0", "AK", "U0"])
def test_signs_ten_apart_are_one_to_the_check_digits(one: str, other: str) -> None:
    """Why nothing is ever decided on them."""
    assert check_digit(f"{one}1234567<") == check_digit(f"{other}1234567<")


def test_digit_of_optional_data_that_are_not_there_may_be_a_filler() -> None:
    lines = write_lines(
        issuer="UTO",
        surnames="Y",
        given_names="",
        number="A1",
        born=date(2001, 1, 2),
        sex="X",
        expires=date(2031, 1, 2),
    )
    with_filler = f"{lines[1][:42]}<{lines[1][43]}"

    assert Lines(lines[0], with_filler).checks[Check.OPTIONAL]


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("220401", date(2022, 4, 1)),
        ("990101", date(1999, 1, 1)),
        ("710101", date(2071, 1, 1)),
        ("720101", date(1972, 1, 1)),
        ("230229", None),
        ("24<<<<", None),
    ],
)
def test_year_of_two_digits_is_the_nearest_one(digits: str, day: date | None) -> None:
    lines = Lines("", f"{SPECIMEN.second[:21]}{digits}{SPECIMEN.second[27:]}")

    assert lines.expires_on(near=MEETING) == day


def test_german_code_is_one_letter() -> None:
    first, second = write_lines(
        issuer="D",
        surnames="Müller",
        given_names="Jörg",
        number="C01X00T47",
        born=date(1974, 8, 12),
        sex="M",
        expires=date(2032, 4, 15),
    )

    assert first.startswith("P<D<<MULLER<<JORG<")
    assert (Lines(first, second).issuer, Lines(first, second).nationality) == ("D", "D")
    assert len(second) == 44


def test_line_that_is_full_may_be_shortened() -> None:
    assert Lines("P<UTO" + "W" * 39, SPECIMEN.second).may_be_shortened
