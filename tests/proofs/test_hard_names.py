"""Five hundred hard names in both languages, whole and sealed letters, judged by all programs."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from registration.letters.paper import draw_letter
from registration.links.tokens import make_code
from tests.letters.hard_names import list_names
from tests.letters.judging import (
    is_read,
    judge_seal,
    list_loose_fonts,
    read_code,
    read_first_page,
)
from tests.letters.reading import Paper
from tests.letters.test_hard_names import write_to
from tests.letters.test_sealing import ask_pdfsig
from tests.seals import make_seal

_HOST = "https://inscripcion.example.org"


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_letter_says_its_name_to_all_programs(language: str, tmp_path: Path) -> None:
    names, seal, file = list_names(), make_seal(), tmp_path / "letter.pdf"
    wrong: dict[str, list[str]] = {"tree": [], "pdftotext": [], "fonts": [], "code": [], "seal": []}

    for number, (typed, shown) in enumerate(names):
        address = f"{_HOST}/{language}/verify/{make_code()}"
        letter = write_to(typed, language, address=address)
        sealed = seal.seal(draw_letter(letter), at=datetime.now(UTC))
        file.write_bytes(sealed)
        good = {
            "tree": Paper(sealed).list_paragraphs()[5] == shown,
            "pdftotext": is_read(shown, read_first_page(file)),
            "fonts": list_loose_fonts(pikepdf.open(io.BytesIO(sealed))) == [],
            "code": read_code(sealed, dpi=110) == address,
            "seal": judge_seal(sealed).bottom_line,
        }
        if number % 25 == 0:
            good["seal"] &= "Signature is Valid" in ask_pdfsig(tmp_path, sealed)
        for judge, is_good in good.items():
            wrong[judge] += [] if is_good else [typed]

    print(
        f"\n{language}: {len(names)} letters; wrong:",
        {key: len(wrong[key]) for key in wrong},
    )
    assert wrong == {key: [] for key in wrong}
