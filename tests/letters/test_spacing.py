"""What a line's end may not part."""

import pytest

from registration.letters.spacing import tie


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("2 noches y 1 almuerzo", "2~noches y~1~almuerzo"),
        ("véase el Anexo 1, n.º 14, p. 3", "véase el Anexo~1, n.º~14, p.~3"),
        ("el II Taller", "el II~Taller"),
        ("a S. E. Ana", "a~S.~E.~Ana"),
        ("México u Honduras (o ambos) e Islas", "México u~Honduras (o~ambos) e~Islas"),
        ("Y así – en fin – queda", "Y~así~– en fin~– queda"),
        ("en marzo de 2022 se celebró", "en marzo de 2022 se celebró"),
        ("objetivos 2, 5 y 12", "objetivos 2, 5~y~12"),
        ("de 10:00 a 17:00", "de 10:00 a~17:00"),
        ("la ayuda va y", "la ayuda va y"),
    ],
)
def test_spanish_ties_short_words_and_numbers(text: str, tied: str) -> None:
    assert tie(text).replace("\u00a0", "~") == tied


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("a list of 2 nights in Annex 1", "a~list of 2~nights in Annex~1"),
        ("H. E. Ana", "H.~E.~Ana"),
        ("the 2022 Forum", "the 2022 Forum"),
    ],
)
def test_english_ties_numbers_and_initials(text: str, tied: str) -> None:
    assert tie(text).replace("\u00a0", "~") == tied


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("il y a 2 nuits : « rien » ; tout !", "il y~a~2~nuits~: «~rien~»~; tout~!"),
        ("n’a pas à venir ?", "n’a pas à~venir~?"),
        ("a ONU e o México", "a~ONU e~o~México"),
    ],
)
def test_french_and_portuguese_need_no_rule_of_their_own(text: str, tied: str) -> None:
    assert tie(text).replace("\u00a0", "~") == tied


def test_nothing_but_spaces_is_changed() -> None:
    text = "S. E. y 2 noches – Anexo 1"

    assert tie(text).replace("\u00a0", " ") == text
