"""Five hundred hard names in both languages: on the letter they stand as they were typed.

The text of each name's letter is read back here, with the fonts, half the names in each language.
What costs more (the programs of others, the code from a picture, the seal) is tried on every
fortieth.
`make proof` tries all of it on all thousand letters.
"""

import io
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from registration.domain.alphabets import list_unprinted
from registration.domain.names import clean_line
from registration.letters.paper import draw_letter
from registration.letters.wording import Letter
from tests.builders import make_particulars, make_registration
from tests.letters.hard_names import REFUSED, list_names
from tests.letters.judging import (
    is_read,
    judge_seal,
    list_loose_fonts,
    read_code,
    read_first_page,
)
from tests.letters.reading import Paper
from tests.letters.samples import ADDRESS, make_letter
from tests.seals import make_seal

_NAMES = list_names()
_PARTS = 10


def write_to(name: str, language: str, *, address: str = ADDRESS) -> Letter:
    """Return the letter to somebody with a single name, as most hard ones are."""
    typed = make_particulars(given_names="", surnames=name)
    return make_letter(make_registration(typed), language=language, address=address)


def test_there_are_five_hundred_and_no_two_are_alike() -> None:
    assert len({typed for typed, _ in _NAMES}) == 500
    assert len({shown for _, shown in _NAMES}) > 400  # some differ only in how they are typed
    assert max(len(shown) for _, shown in _NAMES) > 200
    assert sum(not unicodedata.is_normalized("NFC", typed) for typed, _ in _NAMES) > 50


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("part", range(_PARTS))
def test_name_comes_back_as_it_was_typed(part: int, language: str) -> None:
    """The letter's own page only: a name stands on no other."""
    wrong = {}
    half = part + (_PARTS if language == "es" else 0)
    for typed, shown in _NAMES[half :: 2 * _PARTS]:
        letter = _first_page(write_to(typed, language))
        paper = Paper(draw_letter(letter))
        told = paper.list_paragraphs()

        assert list_loose_fonts(paper.pdf) == []
        if told[5] != shown or (language == "en" and told[9] != f"Dear {shown},"):
            wrong[typed] = (told[5], told[9])

    assert wrong == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_programs_of_others_find_name_code_and_seal(language: str, tmp_path: Path) -> None:
    seal, file = make_seal(), tmp_path / "letter.pdf"

    for typed, shown in _NAMES[::40]:
        sealed = seal.seal(draw_letter(write_to(typed, language)), at=datetime.now(UTC))
        file.write_bytes(sealed)

        assert is_read(shown, read_first_page(file))
        assert read_code(sealed, dpi=110) == ADDRESS
        assert judge_seal(sealed).bottom_line
        assert list_loose_fonts(pikepdf.open(io.BytesIO(sealed))) == []


def test_no_name_that_letters_say_is_refused_at_the_form() -> None:
    refused = {typed: list_unprinted(clean_line(typed)) for typed, _ in _NAMES}

    assert {typed: each for typed, each in refused.items() if each} == {}


@pytest.mark.parametrize("name", REFUSED)
def test_name_in_letters_that_the_fonts_lack_is_refused(name: str) -> None:
    unprinted = list_unprinted(clean_line(name))

    assert unprinted
    assert all(each in clean_line(name) for each in unprinted)


def _first_page(letter: Letter) -> Letter:
    """Return the letter with annexes of nothing but their headings, and without its codes, whose
    hundreds of bars take longer to read than all the text."""
    return replace(
        letter,
        foot=replace(letter.foot, address=None),
        conditions=replace(letter.conditions, parts=(), remarks=()),
        agenda=replace(letter.agenda, days=()),
    )
