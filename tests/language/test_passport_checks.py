"""What the desk is told of a passport, in every language."""

from datetime import date

import pytest

from registration.domain.issuing_codes import CODES
from registration.domain.mrz import Check, Lines
from registration.domain.name_checks import NameOutcome
from registration.domain.passport_checks import (
    NationalityOutcome,
    PassportChecks,
    check_expiry,
    check_nationality,
    check_passport,
)
from registration.language import passport_checks as told
from registration.language.translator import get_translator, list_languages
from tests.offices import make_particulars
from tests.passports import make_lines

LAST_DAY, TODAY = date(2022, 4, 1), date(2022, 2, 1)


@pytest.mark.parametrize("language", list_languages())
def test_every_outcome_has_words_of_its_own(language: str) -> None:
    words = get_translator(language)

    names = [told.name_result(each, words) for each in NameOutcome]
    nationalities = [told.nationality_result(each, words) for each in NationalityOutcome]
    expiries = [
        told.expiry_result(check_expiry(day, last_day=LAST_DAY, today=TODAY), words)
        for day in (date(2030, 1, 1), date(2022, 5, 1), date(2021, 1, 1), None)
    ]

    for sentences in (names, nationalities, expiries):
        assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("language", list_languages())
def test_every_code_is_told_with_a_name(language: str) -> None:
    words = get_translator(language)

    told_codes = {
        code: told.nationality_read(check_nationality(code, None), words) for code in CODES
    }

    assert [code for code, text in told_codes.items() if not text.endswith(f" ({code})")] == []


@pytest.mark.parametrize(
    ("language", "wrong", "sentence"),
    [
        ("en", (), "All five check digits are right"),
        ("en", (Check.OVERALL,), "One check digit is wrong: whole line"),
        (
            "es",
            (Check.BIRTH, Check.EXPIRY, Check.OVERALL),
            (
                "3 dígitos de control no son correctos: fecha de nacimiento, fecha de vencimiento "
                "y línea completa"
            ),
        ),
    ],
)
def test_wrong_check_digits_are_named(
    language: str, wrong: tuple[Check, ...], sentence: str
) -> None:
    assert told.check_digits_result(wrong, get_translator(language)) == sentence


def test_message_says_what_disagrees_and_nothing_else() -> None:
    message = told.offer_message(_check(make_lines("Morales")), get_translator("en"))

    assert message == (
        "Surnames: you wrote “Morales Vargas”, and your passport says “MORALES”. "
        "Please correct what is needed and send the registration again."
    )


@pytest.mark.parametrize("language", list_languages())
def test_nothing_is_offered_where_nothing_disagrees(language: str) -> None:
    assert told.offer_message(_check(make_lines()), get_translator(language)) == ""


def test_message_tells_of_a_passport_that_ends_early() -> None:
    lines = make_lines(expires=date(2022, 5, 1))

    message = told.offer_message(_check(lines), get_translator("es"))

    assert message.replace("\u00a0", " ").startswith(
        "Su pasaporte vence el 1 de mayo de 2022; muchos países exigen que sea válido hasta el "
        "1 de octubre de 2022, seis meses después de la reunión."
    )


def _check(lines: Lines) -> PassportChecks:
    person = make_particulars(given_names="Ana Lucía", surnames="Morales Vargas")
    return check_passport(lines, person, None, last_day=LAST_DAY, today=TODAY)
