"""Tokens of private links: HMAC(LINK_KEY, kind | id | generation), found by their SHA-256.

The row keeps the generation and the digest; nobody who reads the database can make a link of it,
and raising the generation revokes links and open browsers alike (design, part 7).
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from enum import StrEnum
from uuid import UUID

from registration.domain.ids import DelegationId, RegistrationId

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class LinkKind(StrEnum):
    """What a private link opens."""

    REGISTRATION = "registration"
    NEW_ADDRESS = "new_address"
    DELEGATION = "delegation"
    SUBMISSION = "submission"
    LEAVING = "leaving"
    DOOR = "door"


class Tokens:
    """Makes the tokens. link_key: at least 32 bytes."""

    def __init__(self, link_key: bytes) -> None:
        self._key = link_key

    def make(self, kind: LinkKind, id: str, generation: int) -> str:
        """Return the token, 32 characters that stand in an address without escaping (192 bits)."""
        digest = hmac.digest(self._key, f"{kind}|{id}|{generation}".encode(), "sha256")
        return urlsafe_b64encode(digest[:24]).decode()

    def of_registration(self, id: RegistrationId, generation: int) -> str:
        """Return the token of the entry's private link."""
        return self.make(LinkKind.REGISTRATION, str(id), generation)

    def of_new_address(self, id: RegistrationId, address: str, generation: int) -> str:
        """Return the token that confirms this one address: another address, another token."""
        return self.make(LinkKind.NEW_ADDRESS, f"{id}|{address}", generation)

    def of_delegation(self, id: DelegationId, generation: int) -> str:
        """Return the token of the delegation's link."""
        return self.make(LinkKind.DELEGATION, str(id), generation)

    def of_submission(self, id: UUID, generation: int) -> str:
        """Return the token of the private link of what was sent to a call."""
        return self.make(LinkKind.SUBMISSION, str(id), generation)

    def of_leaving(self, id: UUID, generation: int) -> str:
        """Return the token by which one leaves what one had asked for: it opens nothing else."""
        return self.make(LinkKind.LEAVING, str(id), generation)

    def of_door(self, id: RegistrationId) -> str:
        """Return the code that a badge bears behind the reference: 26 characters (130 bits).

        It has no generation: a badge in somebody's hands is not printed anew with each link. It
        opens nothing but to whoever is signed in at the door.
        """
        digest = hmac.digest(self._key, f"{LinkKind.DOOR}|{id}|0".encode(), "sha256")
        number = int.from_bytes(digest, "big")
        return "".join(_CROCKFORD[(number >> 5 * place) & 31] for place in range(26))


def digest(token: str) -> bytes:
    """Return the SHA-256 of a token or code, by which its row is found."""
    return hashlib.sha256(token.encode()).digest()


def make_reference(prefix: str) -> str:
    """Return a new reference: the meeting's prefix and 8 random characters, never a counter."""
    return f"{prefix}-{''.join(secrets.choice(_CROCKFORD) for _ in range(8))}"


def make_code() -> str:
    """Return a new verification code: 130 random bits, derived from nothing, Crockford base32."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(26))


def read_code(typed: str) -> str:
    """Return a code that a person typed in the form in which it was made (spaces, case, O, I)."""
    plain = "".join(each for each in typed.upper() if each.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))
