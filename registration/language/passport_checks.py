"""What a comparison with a passport says, in words for the desk: a hint, never a decision."""

from typing import assert_never

from registration.domain.issuing_codes import Bearer
from registration.domain.mrz import Check
from registration.domain.name_checks import UNLIKE, NameCheck, NameOutcome
from registration.domain.passport_checks import (
    ExpiryCheck,
    ExpiryOutcome,
    NationalityCheck,
    NationalityOutcome,
    PassportChecks,
)
from registration.language.translator import Translator


def name_result(outcome: NameOutcome, words: Translator) -> str:
    """Return how a typed name compares with the passport's."""
    match outcome:
        case NameOutcome.SAME:
            return words.pgettext("compared with the passport", "Matches")
        case NameOutcome.WITHOUT_ACCENTS:
            return words.pgettext("compared with the passport", "Matches without accents")
        case NameOutcome.SHORTENED:
            return words.pgettext("compared with the passport", "Matches, shortened there")
        case NameOutcome.OTHER_ORDER:
            return words.pgettext("compared with the passport", "Same names, in another order")
        case NameOutcome.IN_PART:
            return words.pgettext("compared with the passport", "Matches in part")
        case NameOutcome.DIFFERS:
            return words.pgettext("compared with the passport", "Does not match")
        case NameOutcome.UNREADABLE:
            return words.pgettext("compared with the passport", "Could not be read")
        case _:
            assert_never(outcome)


def nationality_result(outcome: NationalityOutcome, words: Translator) -> str:
    """Return how a passport's nationality compares with the delegation's country."""
    match outcome:
        case NationalityOutcome.SAME:
            return words.pgettext("compared with the passport", "Matches")
        case NationalityOutcome.DIFFERS:
            return words.pgettext("compared with the passport", "Does not match")
        case NationalityOutcome.NO_COUNTRY:
            return words.gettext("Cannot be compared: no delegation of a country")
        case NationalityOutcome.OTHER_BEARER:
            return words.gettext("Cannot be compared: no country's passport")
        case NationalityOutcome.UNREADABLE:
            return words.pgettext("compared with the passport", "Could not be read")
        case _:
            assert_never(outcome)


def nationality_read(check: NationalityCheck, words: Translator) -> str:
    """Return the nationality in words, with its code: "Costa Rica (CRI)"."""
    name = ""
    if check.read is not None:
        name = words.country(check.read)
    elif check.bearer is not None:
        name = _bearer(check.bearer, words)
    return f"{name} ({check.code})" if name else check.code


def expiry_result(check: ExpiryCheck, words: Translator) -> str:
    """Return whether the passport is valid for long enough."""
    match check.outcome:
        case ExpiryOutcome.LONG_ENOUGH:
            return words.gettext("Valid long enough")
        case ExpiryOutcome.EARLY:
            return words.gettext("Expires too early for some countries")
        case ExpiryOutcome.EXPIRED:
            return words.gettext("Expired")
        case ExpiryOutcome.UNREADABLE:
            return words.pgettext("compared with the passport", "Could not be read")
        case _:
            assert_never(check.outcome)


def check_digits_result(wrong: tuple[Check, ...], words: Translator) -> str:
    """Return what the five check digits say."""
    if not wrong:
        return words.gettext("All five check digits are right")
    which = words.enumerate([_guarded(each, words) for each in wrong])
    return words.ngettext(
        "One check digit is wrong: %(which)s",
        "%(num)d check digits are wrong: %(which)s",
        len(wrong),
        which=which,
    )


def offer_message(checks: PassportChecks, words: Translator) -> str:
    """Return what the reviewer may write to the person about what disagrees; empty if nothing does.

    words: of the person's language. The reviewer changes it, or writes something else.
    """
    sentences = [
        *_about_name(words.gettext("Surnames"), checks.surnames, words),
        *_about_name(words.gettext("Given names"), checks.given_names, words),
        *_about_nationality(checks.nationality, words),
        *_about_expiry(checks.expiry, words),
    ]
    if not sentences:
        return ""
    closing = words.gettext("Please correct what is needed and send the registration again.")
    return " ".join([*sentences, closing])


def _about_name(field: str, check: NameCheck, words: Translator) -> list[str]:
    if check.outcome not in UNLIKE:
        return []
    # Translators: the field stands before the colon: "Surnames"
    sentence = words.gettext(
        "%(field)s: you wrote “%(typed)s”, and your passport says “%(read)s”.",
        field=field,
        typed=check.typed,
        read=check.read,
    )
    return [sentence]


def _about_nationality(check: NationalityCheck, words: Translator) -> list[str]:
    if check.outcome is not NationalityOutcome.DIFFERS or check.expected is None:
        return []
    sentence = words.gettext(
        "You registered for the delegation of %(country)s, and your passport is of another "
        "country.",
        country=words.country(check.expected),
    )
    return [sentence]


def _about_expiry(check: ExpiryCheck, words: Translator) -> list[str]:
    if check.expires_on is None or check.outcome is ExpiryOutcome.LONG_ENOUGH:
        return []
    sentence = words.gettext(
        "Your passport is valid until %(day)s; many countries want it to be valid until "
        "%(needed)s, six months after the meeting.",
        day=words.day(check.expires_on),
        needed=words.day(check.needed_until),
    )
    return [sentence]


def _guarded(check: Check, words: Translator) -> str:
    match check:
        case Check.NUMBER:
            # Translators: what a check digit of a passport guards
            return words.pgettext("check digit", "passport number")
        case Check.BIRTH:
            return words.pgettext("check digit", "date of birth")
        case Check.EXPIRY:
            return words.pgettext("check digit", "date of expiry")
        case Check.OPTIONAL:
            return words.pgettext("check digit", "optional data")
        case Check.OVERALL:
            return words.pgettext("check digit", "whole line")
        case _:
            assert_never(check)


def _bearer(bearer: Bearer, words: Translator) -> str:
    match bearer:
        case Bearer.ORGANISATION:
            return words.gettext("International organisation")
        case Bearer.STATELESS:
            return words.gettext("Stateless person")
        case Bearer.REFUGEE:
            return words.gettext("Refugee")
        case Bearer.UNSPECIFIED:
            return words.gettext("Nationality not specified")
        case Bearer.SPECIMEN:
            return words.gettext("Specimen")
        case _:
            assert_never(bearer)
