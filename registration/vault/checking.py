"""Is every key still there? A lost key is noticed at the start, not at a download (T54).

Each key that ever locked leaves a probe in the storage, "keys/<fingerprint>", which it alone opens.
A probe that none of VAULT_KEYS opens means that files may be locked by a key that is gone.
"""

from cryptography.fernet import InvalidToken

from registration.vault.boxes import Vault, WrappingKey

KEYS = "keys"
PROBE = b"registration key probe 1"


class VaultKeyLost(Exception):
    """VAULT_KEYS lacks a key the storage was used with; the message is for the operator."""


def check_keys(vault: Vault) -> None:
    """Check that VAULT_KEYS opens whatever the storage may hold; leave the newest key's probe.

    Called at every start. Raises VaultKeyLost, or StorageFailed when the storage is out of reach.
    """
    lost = [item.name for item in vault.storage.list(KEYS) if not _opens(vault, item.name)]
    if lost:
        raise VaultKeyLost(
            f"VAULT_KEYS lacks {len(lost)} key(s) that locked files in this storage; put them back "
            "behind the newest, or end the rotation with `flask vault rotate` first."
        )
    vault.storage.put(_probe_of(vault.keys[0]), vault.keys[0].fernet.encrypt(PROBE))


def retire_old_keys(vault: Vault) -> int:
    """Remove the probes of all keys but the newest; returns how many.

    Only after every wrapped key was rewrapped and committed: from then on the older keys may go.
    """
    check_keys(vault)
    newest = _probe_of(vault.keys[0])
    old = [item.name for item in vault.storage.list(KEYS) if item.name != newest]
    for name in old:
        vault.storage.delete(name)
    return len(old)


def _opens(vault: Vault, name: str) -> bool:
    probe = vault.storage.get(name)
    for key in vault.keys:
        try:
            return key.fernet.decrypt(probe) == PROBE
        except InvalidToken:
            continue
    return False


def _probe_of(key: WrappingKey) -> str:
    return f"{KEYS}/{key.fingerprint}"
