"""A passport beside the meeting: whose it is, and until when it is valid."""

from datetime import date

import pytest

from registration.domain.issuing_codes import ALPHA_2, CODES, Bearer, find_country
from registration.domain.mrz import Check, Lines
from registration.domain.name_checks import NameOutcome
from registration.domain.passport_checks import (
    ExpiryOutcome,
    NationalityCheck,
    NationalityOutcome,
    add_months,
    check_expiry,
    check_nationality,
    check_passport,
)
from tests.offices import make_particulars
from tests.passports import make_lines

LAST_DAY, TODAY = date(2022, 4, 1), date(2022, 2, 1)


@pytest.mark.parametrize(
    ("code", "expected", "outcome"),
    [
        ("CRI", "CR", NationalityOutcome.SAME),
        ("MEX", "CR", NationalityOutcome.DIFFERS),
        ("D", "DE", NationalityOutcome.SAME),
        ("GBD", "GB", NationalityOutcome.SAME),
        ("CRI", None, NationalityOutcome.NO_COUNTRY),
        ("UNO", "CR", NationalityOutcome.OTHER_BEARER),
        ("XXA", "CR", NationalityOutcome.OTHER_BEARER),
        ("UTO", "CR", NationalityOutcome.OTHER_BEARER),
        ("QQQ", "CR", NationalityOutcome.UNREADABLE),
        ("", None, NationalityOutcome.UNREADABLE),
    ],
)
def test_nationality_is_compared_where_there_are_two_countries(
    code: str, expected: str | None, outcome: NationalityOutcome
) -> None:
    assert check_nationality(code, expected).outcome is outcome


def test_specimen_says_what_it_is() -> None:
    assert check_nationality("UTO", "CR") == NationalityCheck(
        NationalityOutcome.OTHER_BEARER, "UTO", "CR", None, Bearer.SPECIMEN
    )


@pytest.mark.parametrize(
    ("expires_on", "outcome"),
    [
        (date(2022, 10, 1), ExpiryOutcome.LONG_ENOUGH),
        (date(2022, 9, 30), ExpiryOutcome.EARLY),
        (date(2022, 2, 1), ExpiryOutcome.EARLY),
        (date(2022, 1, 31), ExpiryOutcome.EXPIRED),
        (None, ExpiryOutcome.UNREADABLE),
    ],
)
def test_passport_should_reach_six_months_beyond_the_meeting(
    expires_on: date | None, outcome: ExpiryOutcome
) -> None:
    check = check_expiry(expires_on, last_day=LAST_DAY, today=TODAY)

    assert (check.outcome, check.needed_until) == (outcome, date(2022, 10, 1))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2022, 8, 31), date(2023, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2022, 12, 15), date(2023, 6, 15)),
        (date(2022, 6, 30), date(2022, 12, 30)),
    ],
)
def test_six_months_later_is_a_day_that_there_is(day: date, later: date) -> None:
    assert add_months(day, 6) == later


def test_every_country_has_one_code_of_three_letters() -> None:
    assert len(ALPHA_2) == len(set(ALPHA_2.values())) == 249
    assert [code for code in CODES if not code.isalpha() or len(code) not in {1, 3}] == []
    pairs = {"BLZ": "BZ", "CAN": "CA", "CRI": "CR", "DOM": "DO", "SLV": "SV", "GTM": "GT"}
    pairs |= {"HND": "HN", "MEX": "MX", "NIC": "NI", "PAN": "PA", "USA": "US", "CHL": "CL"}
    assert {code: find_country(code) for code in pairs} == pairs


def test_all_is_compared_at_once() -> None:
    lines = make_lines(expires=date(2029, 5, 2))
    wrong = Lines(lines.first, f"Y{lines.second[1:]}")
    person = make_particulars(given_names="Ana Lucía", surnames="Morales Vargas")

    checks = check_passport(wrong, person, None, last_day=LAST_DAY, today=TODAY)

    assert checks.surnames.outcome is NameOutcome.SAME
    assert checks.given_names.outcome is NameOutcome.WITHOUT_ACCENTS
    assert checks.nationality.outcome is NationalityOutcome.NO_COUNTRY
    assert checks.expiry.outcome is ExpiryOutcome.LONG_ENOUGH
    assert checks.wrong == (Check.NUMBER, Check.OVERALL)
