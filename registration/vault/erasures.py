"""Which entries were erased on request, noted beside the files: a backup of the database that is
restored would bring such a person back, and nobody would know (T53)."""

from contextlib import suppress
from uuid import UUID

from registration.vault.boxes import Vault

ERASED = "erased"


def note_erased(vault: Vault, id: UUID) -> None:
    """Note that the entry was erased. Its id is random and tells nobody. Raises StorageFailed."""
    vault.storage.put(f"{ERASED}/{id}", b"erased")


def list_noted(vault: Vault) -> set[UUID]:
    """Return the entries noted as erased. Raises StorageFailed."""
    noted = set()
    for item in vault.storage.list(ERASED):
        with suppress(ValueError):
            noted.add(UUID(item.name.removeprefix(f"{ERASED}/")))
    return noted
