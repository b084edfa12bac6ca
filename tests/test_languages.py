"""The finder of words of the other language finds them, and leaves what is everybody's."""

import pytest

from registration.language.translator import list_languages
from tests.languages import SMALL_WORDS, list_foreign


def test_every_language_has_small_words() -> None:
    assert set(SMALL_WORDS) == set(list_languages()), (
        "write translations/<language>/small_words.txt"
    )


@pytest.mark.parametrize(
    ("run", "language", "found"),
    [
        # whole messages, a label of one word, parts between what is filled in
        ("Recibimos su inscripción", "en", "recibimos su inscripción"),
        ("We have your registration", "es", "we have your registration"),
        ("Passport", "es", "passport"),
        ("Carta RCM-7K2M4QXZ/1, page 2 of 4", "es", "of"),
        ("You can correct it until martes. Gracias", "en", "martes"),
        ("Falta confirmar ana@example.org: abra el mensaje que enviamos allí.", "en", "que"),
        ("Inscripción ingresada: Ana Morales.", "en", "inscripción ingresada"),
        # texts of the meeting's file, the same with another line end, space or capital
        ("Presidency Pro-Témpore (PPT)", "es", "presidency pro-témpore ppt"),
        ("the\nSecretaría Ejecutiva de la CRM", "en", "secretaría ejecutiva de la crm"),
        ("AGENDA\u00a0TENTATIVA", "en", "agenda tentativa"),
        ("Belice", "en", "belice"),
        # dates, and what nobody thought to translate
        ("17 February", "es", "february"),
        ("hasta el 17\u00a0de\u00a0febrero", "en", "febrero"),
        ("This field is required.", "es", "this"),
        ("Algo que no está en ningún catálogo", "en", "que"),
    ],
)
def test_word_of_the_other_language_is_found(run: str, language: str, found: str) -> None:
    assert found in list_foreign([run], language)


@pytest.mark.parametrize(
    ("run", "language"),
    [
        ("El Salvador", "en"),
        ("Costa Rica", "en"),
        ("Gábor de la Cruz y Ávila", "en"),
        ("Dirección General de Migración y Extranjería", "en"),
        ("http://localhost/en/verify/the-page", "es"),
        ("ana@the.example.org, letter-of-the-day.pdf", "es"),
        ("20 May 2022", "en"),
        ("20 de mayo de 2022", "es"),
        ("SHA-256", "es"),
        ("No", "en"),
    ],
)
def test_names_addresses_and_its_own_words_are_left(run: str, language: str) -> None:
    assert list_foreign([run], language) == []


def test_label_is_foreign_only_where_it_stands_alone() -> None:
    assert list_foreign(["Visa", "Passport Morales"], "es") == []


def test_what_people_typed_is_taken_out() -> None:
    run = "«We have your registration», escribió Ana."

    assert list_foreign([run], "es", typed=["We have your registration"]) == []
