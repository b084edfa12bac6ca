"""What a scanner types, on whichever keyboard the computer thinks it has."""

from datetime import UTC, datetime, timedelta

import pytest

from registration.domain.attendance import moment_of_scan
from registration.domain.scans import BadgeCode, LetterCode, PlainReference, read_scan

MAC = "0123456789ABCDEFGHJKMNPQRS"
BADGE = BadgeCode("RCM-7K2M4QXZ", MAC)
LETTER = LetterCode(MAC)
NOW = datetime(2022, 3, 31, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        (f"https://registration.example.org/es/secretariat/door/RCM-7K2M4QXZ-{MAC}", BADGE),
        (f"RCM-7K2M4QXZ-{MAC}", BADGE),
        (f"  rcm-7k2m4qxz-{MAC.lower()}\n", BADGE),
        # A scanner set to English on a computer set to Spanish.
        (f"httpsÑ--registration.example.org-es-secretariat-door-RCM'7K2M4QXZ'{MAC}", BADGE),
        (f"https://registration.example.org/en/verify/{MAC}", LETTER),
        (f"httpsÑ--registration.example.org-en-verify-{MAC}", LETTER),
        (MAC, LETTER),
        ("RCM-7K2M4QXZ", PlainReference("RCM-7K2M4QXZ")),
        ("rcm 7k2m4qxz", PlainReference("RCM-7K2M4QXZ")),
        ("José Ángel", None),
        ("Costa Rica", None),
        ("", None),
        (f"RCM-7K2M4QXZ-{MAC[:-1]}", None),
        (f"{'x' * 500}/RCM-7K2M4QXZ-{MAC}", None),
    ],
)
def test_scan_is_a_badge_a_letter_a_number_or_nothing(text: str, scan: object) -> None:
    assert read_scan(text) == scan


@pytest.mark.parametrize(
    ("waited", "came"),
    [
        (None, NOW),
        (timedelta(minutes=25), NOW - timedelta(minutes=25)),
        (timedelta(hours=12), NOW - timedelta(hours=12)),
        (timedelta(hours=12, seconds=1), NOW),
        (timedelta(seconds=-1), NOW),
    ],
)
def test_scan_that_waited_counts_from_when_it_was_made_within_half_a_day(
    waited: timedelta | None, came: datetime
) -> None:
    assert moment_of_scan(NOW, waited) == came
