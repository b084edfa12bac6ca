"""What was read in a passport beside what was typed, and beside the meeting.

A warning for a person to judge, never a decision: nothing in the site asks these functions whether
an entry may be approved.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registration.domain.issuing_codes import BEARERS, Bearer, find_country
from registration.domain.meeting import Delegation
from registration.domain.mrz import Check, Lines
from registration.domain.name_checks import UNLIKE, NameCheck, compare_names
from registration.domain.registrations import Particulars

#: Many countries want a passport to be valid for so long after the journey.
MONTHS_AFTER_MEETING = 6


class NationalityOutcome(StrEnum):
    """How a nationality compares with the delegation's country.

    NO_COUNTRY: the delegation is none (a network, an organisation), so nothing can be compared.
    OTHER_BEARER: the code is of no country (a laissez-passer, a stateless person, a specimen).
    """

    SAME = "same"
    DIFFERS = "differs"
    NO_COUNTRY = "no_country"
    OTHER_BEARER = "other_bearer"
    UNREADABLE = "unreadable"


class ExpiryOutcome(StrEnum):
    """Whether a passport is valid for long enough. EXPIRED: today. EARLY: not until six months
    after the meeting."""

    LONG_ENOUGH = "long_enough"
    EARLY = "early"
    EXPIRED = "expired"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class NationalityCheck:
    """expected, read: ISO 3166 alpha-2, or None. code: as it stands in the line. bearer: whose the
    code is, where it is no country's."""

    outcome: NationalityOutcome
    code: str
    expected: str | None
    read: str | None
    bearer: Bearer | None


@dataclass(frozen=True)
class ExpiryCheck:
    """expires_on: the last day of validity, or None. needed_until: the day it should reach."""

    outcome: ExpiryOutcome
    expires_on: date | None
    needed_until: date


@dataclass(frozen=True)
class PassportChecks:
    """All that is compared. wrong: the check digits that do not hold, in the order of the line."""

    lines: Lines
    surnames: NameCheck
    given_names: NameCheck
    nationality: NationalityCheck
    expiry: ExpiryCheck
    wrong: tuple[Check, ...]


def check_passport(
    lines: Lines,
    person: Particulars,
    delegation: Delegation | None,
    *,
    last_day: date,
    today: date,
) -> PassportChecks:
    """Return what a reviewer is told of the passport.

    delegation: None for whoever takes part without a delegation's seat. last_day: the meeting's.
    """
    surnames, given_names = compare_names(
        (person.surnames, person.given_names),
        (lines.surnames, lines.given_names),
        may_be_shortened=lines.may_be_shortened,
    )
    return PassportChecks(
        lines,
        surnames,
        given_names,
        check_nationality(lines.nationality, delegation.country if delegation else None),
        check_expiry(lines.expires_on(near=last_day), last_day=last_day, today=today),
        tuple(each for each, is_right in lines.checks.items() if not is_right),
    )


def check_nationality(code: str, expected: str | None) -> NationalityCheck:
    """Compare the code of a nationality with a delegation's country. expected: alpha-2 or None."""
    read, bearer = find_country(code), BEARERS.get(code)
    if read is None and bearer is None:
        outcome = NationalityOutcome.UNREADABLE
    elif expected is None:
        outcome = NationalityOutcome.NO_COUNTRY
    elif bearer is not None:
        outcome = NationalityOutcome.OTHER_BEARER
    else:
        same = read == expected
        outcome = NationalityOutcome.SAME if same else NationalityOutcome.DIFFERS
    return NationalityCheck(outcome, code, expected, read, bearer)


def check_expiry(expires_on: date | None, *, last_day: date, today: date) -> ExpiryCheck:
    """Compare the last day of validity with today and with six months after the meeting."""
    needed = add_months(last_day, MONTHS_AFTER_MEETING)
    if expires_on is None:
        outcome = ExpiryOutcome.UNREADABLE
    elif expires_on < today:
        outcome = ExpiryOutcome.EXPIRED
    else:
        outcome = ExpiryOutcome.LONG_ENOUGH if expires_on >= needed else ExpiryOutcome.EARLY
    return ExpiryCheck(outcome, expires_on, needed)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def names_disagree(checks: PassportChecks) -> bool:
    """Return whether either name says something else than the passport."""
    return bool({checks.surnames.outcome, checks.given_names.outcome} & UNLIKE)
