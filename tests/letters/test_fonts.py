"""The cuts of the letters' fonts."""

import unicodedata
from itertools import product
from pathlib import Path
from string import ascii_letters

import pytest
from fontTools.ttLib import TTFont

from registration.domain.alphabets import CHARACTERS, MARKS, list_unprinted
from registration.letters.fonts import CUTS, FOLDER, cut_fonts, font_file
from registration.letters.typefaces import cut_pieces, list_numbered

# Languages of the region and of those who come to it; every letter must be painted as itself.
_REGION = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "áéíóúüñÁÉÍÓÚÜÑ¿¡ãõçâêôàÃÕÇœŒëïÿæøåłŁđĐğĞșȘțȚőŐűŰŵŴŷŶžŽčČšŠřŘāēīōūħĦĳŋŊ"
    "ảạằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỳỷỹỵ₡$€–—“”‘’«»…·№→"
)


def test_cuts_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    written = cut_fonts(tmp_path)

    assert [each.read_bytes() for each in written] == [
        font_file(cut).read_bytes() for cut in CUTS
    ], f"the cuts in {FOLDER} are of other packages: run make setup"


def test_each_cut_has_a_name_of_its_own() -> None:
    names = [TTFont(font_file(cut))["name"].getDebugName(6) for cut in CUTS]

    assert names == [cut.name for cut in CUTS]
    assert len(set(names)) == len(CUTS)


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.name)
def test_every_letter_of_the_region_is_painted_as_itself(cut: object) -> None:
    assert [piece.text for piece in cut_pieces(_REGION, cut) if not piece.plain] == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "ɨ́ ʉ̱ Ɨ",
        "Ꞌyaꞌan",
        "M̃aria",
        "g̃uahẽ",
        "Ọbáfẹ́mi",
        "Ḿ ḱ ǵ",
        "i̊",
        "Wʼ",
        "ʻAla",
        "a‑b",
        "q̃",
        "Ộ́",
        "x̱",
    ],
)
@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.name)
def test_letters_with_marks_are_composed(cut: object, text: str) -> None:
    pieces = cut_pieces(text, cut)  # type: ignore[arg-type]

    assert "".join(piece.text for piece in pieces) == text
    assert list_numbered(text) == ()


def test_all_that_forms_take_is_painted_as_itself() -> None:
    """Each character, each letter with each mark, and the plain letters with any two."""
    letters = [each for each in sorted(CHARACTERS) if each.isalpha()]
    marked = [letter + mark for letter, mark in product(letters, sorted(MARKS))]
    twice = ["".join(each) for each in product(ascii_letters, sorted(MARKS), sorted(MARKS))]

    for cluster in [*sorted(CHARACTERS), *marked, *twice]:
        composed = unicodedata.normalize("NFC", cluster)
        if not list_unprinted(composed):
            assert list_numbered(composed) == (), ascii(cluster)


def test_no_latin_letter_that_the_fonts_have_is_refused() -> None:
    letters = [chr(code) for code in (*range(0xA0, 0x250), *range(0x1E00, 0x1F00))]

    refused = [each for each in letters if each.isalpha() and list_unprinted(each)]

    assert [each for each in refused if list_numbered(each) == ()] == []


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.name)
def test_what_no_font_has_is_painted_as_its_number(cut: object) -> None:
    pieces = cut_pieces("Ana 王\u0489", cut)  # type: ignore[arg-type]

    assert [(piece.text, piece.strokes[0].text) for piece in pieces] == [
        ("Ana ", "Ana "),
        ("王", "[U+738B]"),
        ("\u0489", "[U+0489]"),
    ]
    assert list_numbered("Ana 王小 😀 g̃ Ɓ 王") == ("王", "小", "😀", "Ɓ")
