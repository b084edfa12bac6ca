"""What papers can show, as a rule without fonts. That the fonts agree: tests/letters/test_fonts."""

import unicodedata

import pytest

from registration.domain.alphabets import list_unprinted


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lucía Núñez O'Brien-Łukasz",
        "Nguyễn Thị Hồng",
        "Zoë Ñandutí g̃uahẽ Ỹvytu",
        "Kʼicheʼ Kahoʻolawe Ꞌyaꞌan",
        "Güneş Çağrı İlknur",
        "Ŝpŝ Ŷ Ąą́ Ǫ̀ ɨ́ ʉ̱",
        "Γιώργος Παπαδόπουλος",
        "Юлия Ћирић Їжак",
        "<b>Ana</b> & {{ x }} %s",
        "",
    ],
)
def test_latin_greek_and_cyrillic_are_printed(text: str) -> None:
    assert list_unprinted(text) == ()


@pytest.mark.parametrize(
    ("text", "unprinted"),
    [
        ("王小明 王", ("王", "小", "明")),
        ("Ana עברית", ("ע", "ב", "ר", "י", "ת")),
        ("لوسيا", ("ل", "و", "س", "ي", "ا")),
        ("Ana 😀", ("😀",)),
        ("ＡＮＡ", ("Ａ", "Ｎ")),
        ("Ɓaaba ʔ", ("Ɓ", "ʔ")),
        ("a\u0336na", ("a\u0336",)),
        ("\u0301Ana", ("\u0301",)),
        ("1\u0301", ("1\u0301",)),
        ("a\u0301\u0301\u0301\u0301na", ("á\u0301\u0301\u0301",)),
    ],
)
def test_what_no_paper_shows_is_named_once_with_its_marks(
    text: str, unprinted: tuple[str, ...]
) -> None:
    assert list_unprinted(unicodedata.normalize("NFC", text)) == unprinted


def test_as_many_marks_as_languages_use_are_printed() -> None:
    assert list_unprinted("ộ́") == ()
