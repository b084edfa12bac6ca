"""Names and addresses: kept as typed, compared in one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.domain.names import (
    MOST_MARKS,
    canonical_email,
    canonical_name,
    clean_block,
    clean_line,
    clean_prose,
    full_name,
    mixes_scripts,
    same_name,
)

# Written as escapes where the character cannot be seen.
TURNED_AROUND = "\u202e"
WIDTHLESS = "\u200b"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Núñez", "Núñez"),
        ("Nu\u0301n\u0303ez", "Núñez"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("Đặng Thị Ngọc", "Đặng Thị Ngọc"),
        ("Søren Đurić", "Søren Đurić"),
        ("O'Brien", "O'Brien"),
        ("D’Angelo", "D’Angelo"),
        ("A", "A"),
        ("null", "null"),
        ("  Ana \t Lucía\n", "Ana Lucía"),
        ("Ana\u00a0Lucía", "Ana Lucía"),
        (f"Ana{TURNED_AROUND}fdp.exe", "Anafdp.exe"),
        (f"A{WIDTHLESS}na", "Ana"),
        (f"e{WIDTHLESS}\u0301", "é"),
        ("Ana\u0000Lucía", "AnaLucía"),
        ("Ana\u2028Lucía", "Ana Lucía"),
        ("\u3164\u115f", ""),
        ("Ana\ufe0f", "Ana"),
        ("عبد الله", "عبد الله"),
        ("王小明", "王小明"),
        ("<b>Ana</b> & Co", "<b>Ana</b> & Co"),
        ("=1+1", "=1+1"),
        (" ", ""),
    ],
)
def test_line_is_kept_as_typed_but_for_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


#: By which the order of marks is that of the standard: each goes before all those before it.
BELOW, ABOVE = "\u0316", "\u0301"


@pytest.mark.parametrize(
    "marks",
    [
        ABOVE + BELOW,
        # Taken apart, these are marks too.
        "\u0344\u0f73",
        "\u0f73\u0f75\u0f81",
        ABOVE * 29 + "\uff9e",
    ],
)
def test_marks_on_a_letter_are_as_many_as_a_language_has(marks: str) -> None:
    """A million of them, put in order one by one, would hold a processor for hours."""
    pasted = "a" + marks * (20_000 // len(marks))

    for kept in (clean_line(pasted), clean_prose(pasted), clean_block(pasted)):
        assert len(kept) <= 2 * MOST_MARKS + 2
        canonical_name(kept)


def test_long_text_with_marks_as_people_write_them_is_composed_as_a_short_one_is() -> None:
    words = "Nu\u0301n\u0303ez Vie\u0323\u0302t e\u0300\u0302\u0301 "

    assert clean_line(words * 500) == " ".join([clean_line(words)] * 500)
    assert clean_line("x" * 2000 + "a" + BELOW * 31) == "x" * 2000 + "a" + BELOW * 30


def test_long_name_is_cleaned_not_cut() -> None:
    assert clean_line("ñ" * 5000) == "ñ" * 5000
    assert canonical_name("ñ" * 5000) == "n" * 5000


def test_block_keeps_its_lines() -> None:
    assert clean_block(f" The photo\r\nis dark. \r\rAgain{TURNED_AROUND}, please\n") == (
        "The photo\nis dark.\n\nAgain, please"
    )


def test_prose_keeps_the_spaces_that_french_sets_before_its_marks() -> None:
    assert clean_prose(" Le délai\u00a0:  le 1er\u00a0mars\t\u202f! ") == (
        "Le délai\u00a0: le 1er\u00a0mars \u202f!"
    )
    assert clean_line("Ana\u00a0Morales") == "Ana Morales"


@given(st.text())
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    for clean in (clean_line, clean_prose, clean_block, canonical_name, canonical_email):
        assert clean(clean(text)) == clean(text)
    assert unicodedata.is_normalized("NFC", clean_line(text))
    assert TURNED_AROUND not in clean_line(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Muñoz", "JOSE MUNOZ"),
        ("José Muñoz", "Jose\u0301  Mun\u0303oz"),
        ("María-José", "Maria Jose"),
        ("María‐José", "Maria-Jose"),
        ("O'Brien", "O’BRIEN"),
        ("O'Brien", "O‘Brien"),
        ("Morales, Ana", "morales ana"),
        ("Ana L. Morales", "Ana L Morales"),
        ("Straße", "STRASSE"),
        ("Ağaoğlu", "agaoglu"),
        ("Ana\u200bLucía", "AnaLucía"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łukasz", "Lukasz"),
        ("Søren", "Soren"),
        ("Đurić", "Duric"),
        ("Ana Lucía", "Analucía"),
        ("Ana", "Аna"),  # the second begins with a Cyrillic letter
        ("Ana", ""),
    ],
)
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("given_names", "surnames", "expected"),
    [
        ("Ana", "Morales", "Ana Morales"),
        ("Ana", "", "Ana"),
        ("", "Suharto", "Suharto"),
        (" Ana ", " Morales ", "Ana Morales"),
    ],
)
def test_full_name_may_have_one_part(given_names: str, surnames: str, expected: str) -> None:
    assert full_name(given_names, surnames) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "ana@example.org",
        "Ana@Example.ORG",
        " ana@example.org ",
        "ana+rcm@example.org",
        "ana+a+b@example.org",
        "a\u200bna@example.org",
    ],
)
def test_spellings_of_one_address_are_the_same(typed: str) -> None:
    assert canonical_email(typed) == "ana@example.org"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@ｅｘａｍｐｌｅ.org", "ana@example.org"),
        ("ana@example。org", "ana@example.org"),
        ("ana@ESPAÑA.example", "ana@xn--espaa-rta.example"),
        ("ana@espan\u0303a.example", "ana@españa.example"),
    ],
)
def test_spellings_of_one_domain_are_the_same(one: str, other: str) -> None:
    assert canonical_email(one) == canonical_email(other)


@pytest.mark.parametrize("typed", ["ana@a..b", "ana@ex＠mple.org", f"ana@{'ñ' * 64}.org", "ana@´"])
def test_domain_that_is_none_stays_as_it_is(typed: str) -> None:
    assert canonical_email(typed) == typed


@pytest.mark.parametrize(
    "typed", ["аna@example.org", "ana@exаmple.org", "a.na@example.org", "ana@sub.example.org"]
)
def test_other_addresses_stay_other_addresses(typed: str) -> None:
    assert canonical_email(typed) != "ana@example.org"


@pytest.mark.parametrize(
    ("text", "is_mixed"),
    [
        ("jose@example.org", False),
        ("jоse@example.org", True),  # the second letter is Cyrillic
        ("ana@exаmple.org", True),
        ("αna@example.org", True),
        ("josé@ejemplo.mx", False),
        ("иван@пример", False),
        ("123@456", False),
        ("", False),
    ],
)
def test_latin_beside_its_look_alikes_is_noticed(text: str, is_mixed: bool) -> None:
    assert mixes_scripts(text) is is_mixed
