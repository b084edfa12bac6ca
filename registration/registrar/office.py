"""What the registrar works with, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from registration.domain.registrations import Registration
from registration.letters.sealing import Seal
from registration.links.addresses import Addresses
from registration.links.tokens import Tokens
from registration.store.database import Database
from registration.vault.boxes import Vault


def no_bell() -> None:
    """Ring nothing: the worker's own rounds find what is due."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """The registrar's tools, made once by `create_app`.

    seal: what papers are sealed with. ring: tells the worker that mail is due.
    """

    database: Database
    vault: Vault
    tokens: Tokens
    addresses: Addresses
    seal: Seal
    ring: Callable[[], None] = no_bell


@dataclass(frozen=True)
class Moved:
    """The move was made, or had been made by the same person before (a double click).

    registration: as it stands now. repeated: of an acceptance, whether it had been made before and
    this one changed nothing.
    """

    registration: Registration
    repeated: bool = False


@dataclass(frozen=True)
class CheckYourEmail:
    """The form was taken: the same answer for a new entry, a repeated one and a double click."""
