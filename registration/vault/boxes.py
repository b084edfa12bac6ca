"""The vault: a key per file, itself wrapped by the vault's keys and bound to what the file is of.

A box is nonce + AES-256-GCM ciphertext. Its key is derived from a random secret *and* from the name
of what it is bound to, and that name is authenticated with the bytes as well: a box or a wrapped
secret moved to another registration opens nothing there. The secret is wrapped by VAULT_KEYS
(MultiFernet, the newest first), so a rotation rewrites 140 bytes a file and no file. Deleting the
row's wrapped secret erases the file, whatever copy of the ciphertext a backup still holds.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registration.vault.storage import BlobMissing, Storage, StoredName

#: The format's name, part of what is authenticated: a later format cannot be read as this one.
FORMAT = b"registration box 1"
SECRET_BYTES, NONCE_BYTES = 32, 12
FILES = "files"


class BoxWillNotOpen(Exception):
    """Another vault key or binding, or changed bytes; which of them cannot be told."""


class BadVaultKeys(Exception):
    """VAULT_KEYS cannot be used; the message is one sentence for the operator."""


@dataclass(frozen=True)
class StoredBox:
    """A file in the vault. blob: its name (SHA-256 of the ciphertext); size: bytes in clear."""

    blob: str
    wrapped_key: bytes
    size: int


@dataclass(frozen=True)
class LockedBytes:
    """Bytes locked for a column of the database; both parts are kept by the caller."""

    ciphertext: bytes
    wrapped_key: bytes


@dataclass(frozen=True)
class WrappingKey:
    """One of VAULT_KEYS. fingerprint: tells it from others and nothing of it (256 random bits)."""

    fernet: Fernet
    fingerprint: str


class Vault:
    """Locks and opens. keys: url-safe base64 of 32 bytes, the newest first; the first one locks."""

    def __init__(self, keys: Sequence[str], storage: Storage) -> None:
        self.keys = [_read_key(key) for key in keys]
        if not self.keys:
            raise BadVaultKeys("VAULT_KEYS holds no key.")
        self.storage = storage
        self._wrapping = MultiFernet([key.fernet for key in self.keys])

    def put(self, data: bytes, *, bound_to: str) -> StoredBox:
        """Lock and store the bytes durably; the caller keeps the wrapped key with `bound_to`.

        bound_to: what the file belongs to, for good: "passport:<registration id>".
        Raises StorageFailed, after which nothing was stored.
        """
        locked = self.lock(data, bound_to=bound_to)
        blob = hashlib.sha256(locked.ciphertext).hexdigest()
        # A name taken holds these very bytes: a repeat after an answer that got lost on the way.
        self.storage.put(f"{FILES}/{blob}", locked.ciphertext)
        return StoredBox(blob, locked.wrapped_key, len(data))

    def open(self, blob: str, wrapped_key: bytes, *, bound_to: str) -> bytes:
        """Return the bytes in clear. Raises BoxWillNotOpen, BlobMissing or StorageFailed."""
        return self.unlock(self.storage.get(_path(blob)), wrapped_key, bound_to=bound_to)

    def destroy(self, blob: str) -> None:
        """Remove the ciphertext; what is gone is gone. The caller deletes the wrapped key first."""
        try:
            self.storage.delete(_path(blob))
        except BlobMissing:
            return

    def blobs(self) -> Iterator[StoredName]:
        """Yield every stored box, by its blob, for the sweep of those that no row names.

        Sweep only what was stored hours ago: a box is stored before the row that names it.
        """
        for item in self.storage.list(FILES):
            yield StoredName(item.name.removeprefix(f"{FILES}/"), item.size, item.stored_at)

    def lock(self, data: bytes, *, bound_to: str) -> LockedBytes:
        """Lock bytes in memory (28 bytes longer than they were)."""
        secret, nonce = os.urandom(SECRET_BYTES), os.urandom(NONCE_BYTES)
        sealed = AESGCM(_derive(secret, bound_to)).encrypt(nonce, data, _associated(bound_to))
        return LockedBytes(nonce + sealed, self._wrapping.encrypt(secret))

    def unlock(self, ciphertext: bytes, wrapped_key: bytes, *, bound_to: str) -> bytes:
        """Return the bytes in clear. Raises BoxWillNotOpen."""
        nonce, sealed = ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:]
        try:
            key = _derive(self._wrapping.decrypt(wrapped_key), bound_to)
            return AESGCM(key).decrypt(nonce, sealed, _associated(bound_to))
        except (InvalidTag, InvalidToken, ValueError) as error:
            raise BoxWillNotOpen("The box does not open with this key and binding.") from error

    @property
    def locking_key(self) -> str:
        """Return the fingerprint of the key that locks: the newest."""
        return self.keys[0].fingerprint

    def find_wrapping(self, wrapped_key: bytes) -> int | None:
        """Return which of the keys opens this wrapped key, from 0 for the newest; None for none."""
        for number, key in enumerate(self.keys):
            try:
                key.fernet.decrypt(wrapped_key)
            except InvalidToken:
                continue
            return number
        return None

    def rewrap(self, wrapped_key: bytes) -> bytes:
        """Return the same secret wrapped by the newest key (rotation). Raises BoxWillNotOpen."""
        try:
            return self._wrapping.rotate(wrapped_key)
        except InvalidToken as error:
            raise BoxWillNotOpen("None of VAULT_KEYS opens this wrapped key.") from error


def make_key() -> str:
    """Return a new key for VAULT_KEYS."""
    return Fernet.generate_key().decode("ascii")


def _read_key(key: str) -> WrappingKey:
    try:
        digest = hashlib.sha256(b"vault key " + base64.urlsafe_b64decode(key)).hexdigest()
        return WrappingKey(Fernet(key), digest[:32])
    except ValueError:
        # "from None": the error's message might quote the key
        raise BadVaultKeys("Each of VAULT_KEYS is 32 bytes in url-safe base64.") from None


def _derive(secret: bytes, bound_to: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_associated(bound_to)).derive(secret)


def _associated(bound_to: str) -> bytes:
    return FORMAT + b"\0" + bound_to.encode("utf-8")


def _path(blob: str) -> str:
    # The name comes from a row; were the row forged, it must still not name another object.
    if not re.fullmatch(r"[0-9a-f]{64}", blob):
        raise BlobMissing("This is not the name of a blob.")
    return f"{FILES}/{blob}"
