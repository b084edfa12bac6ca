"""The invented passport page of rehearsals."""

import io
from datetime import date

import pytest
from PIL import Image

from registration.domain.mrz import check_digit, write_lines
from registration.letters.specimen import draw_specimen_passport


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


def test_specimen_is_a_jpeg_of_one_page_and_the_same_each_time() -> None:
    one, other = _draw(), _draw()

    assert one == other
    with Image.open(io.BytesIO(one)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1240, 872))
        assert not picture.getexif()


def test_two_people_have_two_specimens() -> None:
    assert _draw() != _draw("Keisha")


def test_name_of_200_characters_is_drawn() -> None:
    assert _draw("Á" * 200)


def _draw(given_names: str = "Ana Lucía") -> bytes:
    return draw_specimen_passport(
        given_names=given_names,
        surnames="Morales Vargas",
        number="X12345678",
        born=date(1984, 8, 12),
        sex="F",
        issued=date(2019, 5, 3),
        expires=date(2029, 5, 2),
    )
