"""Private links, references and codes: long, all different, made of nothing that can be counted."""

import base64
import string
from uuid import UUID, uuid4

import pytest

from registration.domain.ids import DelegationId, RegistrationId
from registration.links.tokens import (
    LinkKind,
    Tokens,
    digest,
    make_code,
    make_reference,
    read_code,
)

TOKENS = Tokens(b"k" * 32)
ENTRY = RegistrationId(UUID(int=7))
CROCKFORD = set(string.digits + string.ascii_uppercase) - set("ILOU")


def test_token_has_128_bits_or_more_and_needs_no_escaping() -> None:
    token = TOKENS.of_registration(ENTRY, 1)

    assert len(base64.urlsafe_b64decode(token)) * 8 >= 128
    assert set(token) <= set(string.ascii_letters + string.digits + "-_")


def test_token_is_the_same_each_time_it_is_made() -> None:
    assert TOKENS.of_registration(ENTRY, 1) == Tokens(b"k" * 32).of_registration(ENTRY, 1)


def test_kind_entry_generation_and_key_each_make_another_token() -> None:
    tokens = [TOKENS.make(kind, "7", generation) for kind in LinkKind for generation in (1, 2, 12)]
    tokens += [
        TOKENS.of_registration(ENTRY, 1),
        TOKENS.of_registration(RegistrationId(UUID(int=8)), 1),
        TOKENS.of_new_address(ENTRY, "ana@example.org", 1),
        TOKENS.of_new_address(ENTRY, "ana@example.net", 1),
        TOKENS.of_new_address(ENTRY, "ana@example.org", 2),
        TOKENS.of_delegation(DelegationId(8), 1),
        Tokens(b"l" * 32).of_registration(ENTRY, 1),
    ]

    assert len(set(tokens)) == len(tokens)


def test_number_and_generation_do_not_run_into_each_other() -> None:
    assert TOKENS.make(LinkKind.DELEGATION, "1", 12) != TOKENS.make(LinkKind.DELEGATION, "11", 2)


def test_no_two_of_10_000_tokens_are_equal() -> None:
    tokens = {TOKENS.of_registration(RegistrationId(uuid4()), 1) for _ in range(10_000)}

    assert len(tokens) == 10_000


def test_digest_does_not_hold_the_token() -> None:
    token = TOKENS.of_registration(ENTRY, 1)

    assert len(digest(token)) == 32
    assert digest(token) == digest(token)
    assert digest(token) != digest(token[:-1])
    assert token.encode() not in digest(token)


def test_references_are_random_and_never_counted() -> None:
    references = [make_reference("RCM") for _ in range(10_000)]

    assert len(set(references)) == len(references)
    assert {reference[:4] for reference in references} == {"RCM-"}
    assert {len(reference) for reference in references} == {12}
    for place in range(4, 12):
        seen = {reference[place] for reference in references}
        assert seen == CROCKFORD, "a place that never changes is a counter's"


def test_codes_of_letters_have_128_bits_or_more() -> None:
    codes = [make_code() for _ in range(1000)]

    assert len(set(codes)) == len(codes)
    assert all(5 * len(code) >= 128 for code in codes)
    assert set("".join(codes)) == CROCKFORD


@pytest.mark.parametrize(
    "typed",
    ["7K2M4Q01Z", " 7k2m-4q01z ", "7K2M 4QOIZ", "7k2m4qolz", "7K2M\u200b4Q01Z"],
)
def test_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == "7K2M4Q01Z"


@pytest.mark.parametrize("typed", ["", "/../", "7K2M4Q01", "7K2M4Q01ZZ"])
def test_other_code_stays_another(typed: str) -> None:
    assert read_code(typed) != "7K2M4Q01Z"
