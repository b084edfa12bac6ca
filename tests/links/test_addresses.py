"""Addresses in mails and letters: from BASE_URL alone, and nothing in them can lead elsewhere."""

import pytest

from registration.domain.ids import MeetingId, Reference
from registration.links.addresses import Addresses
from tests.builders import RCM

BASE = "https://registration.example.org"
PLACES = Addresses(BASE)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (PLACES.home(), "/"),
        (PLACES.meeting("es", RCM), "/es/rcm-imrf-2022/"),
        (PLACES.register("en", RCM), "/en/rcm-imrf-2022/register"),
        (PLACES.private("a-token_"), "/l/a-token_"),
        (PLACES.entry("es", Reference("RCM-7K2M4QXZ")), "/es/registration/RCM-7K2M4QXZ/"),
        (PLACES.verify("en", "7K2M"), "/en/verify/7K2M"),
        (
            PLACES.desk_entry("es", Reference("RCM-7K2M4QXZ")),
            "/es/secretariat/entry/RCM-7K2M4QXZ/",
        ),
    ],
)
def test_addresses_are_those_of_the_contract(address: str, expected: str) -> None:
    assert address == BASE + expected


def test_slash_at_the_end_of_the_base_is_one() -> None:
    assert Addresses(f"{BASE}/").home() == f"{BASE}/"


def test_what_does_not_belong_into_an_address_is_escaped() -> None:
    assert PLACES.meeting("en", MeetingId("a?b#c d")) == f"{BASE}/en/a%3Fb%23c%20d/"
