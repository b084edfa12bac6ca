"""The cuts of the letters' fonts."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from registration.letters.fonts import CUTS, FOLDER, cut_fonts, font_file
from registration.letters.typefaces import cut_pieces, list_boxes

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
    "text", ["M̃aria", "g̃uahẽ", "Ọbáfẹ́mi", "Ḿ ḱ ǵ", "i̊", "Wʼ", "ʻAla", "a‑b", "q̃", "Ộ́", "x̱"]
)
@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.name)
def test_letters_with_marks_are_composed(cut: object, text: str) -> None:
    pieces = cut_pieces(text, cut)  # type: ignore[arg-type]

    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.strokes for piece in pieces)


def test_only_characters_that_no_font_has_become_boxes() -> None:
    assert list_boxes("Ana 王小 😀 g̃ Ɓ") == {"王", "小", "😀", "Ɓ"}
