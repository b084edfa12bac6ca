"""Names in A to Z: each letter as ICAO Doc 9303-3 has it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.domain.transliteration import list_parts, pattern_of, plain_forms, write_name


@pytest.mark.parametrize(
    ("letter", "forms"),
    [
        ("ñ", ("N", "NXX")),
        ("Ñ", ("N", "NXX")),
        ("ä", ("A", "AE")),
        ("ö", ("O", "OE")),
        ("ü", ("U", "UE", "UXX")),
        ("å", ("A", "AA")),
        ("ø", ("OE", "O")),
        ("ß", ("SS",)),
        ("þ", ("TH",)),
        ("æ", ("AE",)),
        ("œ", ("OE",)),
        ("ł", ("L",)),
        ("đ", ("D",)),
        ("ı", ("I",)),
        ("é", ("E",)),
        ("ệ", ("E",)),
        ("ǿ", ("OE",)),
        ("'", ("",)),
        ("’", ("",)),
        ("-", ("<",)),
        (" ", ("<",)),
        ("ж", ("<",)),
    ],
)
def test_letter_has_these_forms(letter: str, forms: tuple[str, ...]) -> None:
    assert plain_forms(letter) == forms


def test_letter_typed_in_two_characters_is_one() -> None:
    assert write_name("Nu\u0301n\u0303ez") == "NUNEZ"
    assert re.fullmatch(pattern_of("n\u0303"), "NXX")


def test_parts_are_what_stands_between_fillers() -> None:
    assert list_parts(" de  la Cruz-Peña, O'Brien ") == ["de", "la", "Cruz", "Peña", "O'Brien"]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_written_in_plain_letters_and_matches_itself(name: str) -> None:
    written = write_name(name)

    assert re.fullmatch("[A-Z]*(<[A-Z]+)*", written)
    assert re.fullmatch("<".join(map(pattern_of, list_parts(name))), written)
