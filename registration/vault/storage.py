"""Where locked bytes lie: a folder, an S3 bucket or memory, behind one small interface.

Durability: what `put` has returned from survives a power loss. Object storage acknowledges only
what it has stored. In a folder obstore writes a staged file and links it into place, so that half a
file never bears a name, but it syncs nothing: we sync the file and the folders that name it. Only
then may the transaction that holds the wrapped key be committed: a row without its file must not
be; a file without its row is noise that a sweep removes.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, S3Store

if TYPE_CHECKING:
    from obstore.store import ObjectStore, S3Config

PRIVATE_FOLDER = 0o700
#: Longest wait for object storage in one try, and with all its repeats: a delegate is waiting.
TRY_SECONDS, ALL_TRIES_SECONDS = 20, 45


class BlobMissing(Exception):
    """No blob bears this name: it was destroyed, or the storage is not the one it was put into."""


class StorageFailed(Exception):
    """The storage did not do what it was asked: disk full, network, rights."""


class BadStorageAddress(Exception):
    """STORAGE_URL cannot be used; the message is one sentence for the operator."""


@dataclass(frozen=True)
class StoredName:
    """One blob of a listing. size: bytes as stored; stored_at: aware UTC by the storage's clock."""

    name: str
    size: int
    stored_at: datetime


class Storage:
    """Bytes by name. Names are made by us ("files/<sha256>"); obstore refuses any "..".

    folder: the folder of a local storage, whose writes are synced here; None elsewhere.
    """

    def __init__(self, store: "ObjectStore", *, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    def put(self, name: str, data: bytes) -> bool:
        """Store the bytes unless the name is taken. Returns whether they were stored now.

        Raises StorageFailed; what half of it may have left is noise for the sweep.
        """
        try:
            obstore.put(self._store, name, data, mode="create", use_multipart=False)
        except AlreadyExistsError:
            return False
        except (BaseError, OSError) as error:
            raise StorageFailed(f"{name} could not be stored: {type(error).__name__}") from error
        self._sync(name)
        return True

    def get(self, name: str) -> bytes:
        """Return the bytes. Raises BlobMissing or StorageFailed."""
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except (NotFoundError, FileNotFoundError) as error:
            raise BlobMissing(name) from error
        except (BaseError, OSError) as error:
            raise StorageFailed(f"{name} could not be read: {type(error).__name__}") from error

    def delete(self, name: str) -> None:
        """Remove the bytes; what is not there is removed already. Raises StorageFailed."""
        try:
            obstore.delete(self._store, name)
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise StorageFailed(f"{name} could not be removed: {type(error).__name__}") from error

    def list(self, prefix: str = "") -> Iterator[StoredName]:
        """Yield what lies in the folder `prefix` ("files"), or all. Raises StorageFailed."""
        try:
            for batch in obstore.list(self._store, prefix=prefix or None):
                for item in batch:
                    yield StoredName(item["path"], item["size"], item["last_modified"])
        except (BaseError, OSError) as error:
            raise StorageFailed(f"{prefix} could not be listed: {type(error).__name__}") from error

    def _sync(self, name: str) -> None:
        """Make the file durable, and each folder up to the storage's own that names it."""
        if self._folder is None:
            return
        try:
            _sync_path(self._folder / name)
            for part in PurePosixPath(name).parents:
                _sync_path(self._folder / part)
        except OSError as error:
            with suppress(StorageFailed):  # what could not be synced is not to look stored
                self.delete(name)
            raise StorageFailed(f"{name} could not be synced: {type(error).__name__}") from error


def open_storage(url: str) -> Storage:
    """Return the storage at "file:///absolute/folder", "memory://" or "s3://bucket/prefix".

    A folder that is not there is made, readable by the site's user alone; one that is there keeps
    its rights (it may be a mount of the operator's). S3 takes its credentials and endpoint from the
    usual AWS_* variables, never from the address. Raises BadStorageAddress.
    """
    parts = urlsplit(url)
    match parts.scheme:
        case "memory":
            return Storage(MemoryStore())
        case "file" if not parts.netloc and parts.path.startswith("/"):
            return _open_folder(Path(unquote(parts.path)))
        case "s3" if parts.netloc and "@" not in parts.netloc:
            return Storage(_open_bucket(parts.netloc, parts.path.strip("/")))
        case _:
            raise BadStorageAddress(
                "STORAGE_URL must be file:///folder, s3://bucket/prefix or memory://."
            )


def _open_folder(folder: Path) -> Storage:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        return Storage(LocalStore(folder), folder=folder.resolve())
    except (BaseError, OSError) as error:
        raise BadStorageAddress(f"The folder {folder} of STORAGE_URL cannot be used.") from error


def _open_bucket(bucket: str, prefix: str) -> S3Store:
    return S3Store(
        bucket,
        prefix=prefix or None,
        # Not as client_options: these would put AWS_ALLOW_HTTP and its like out of force. The
        # types do not know this key, the library does (there is a test).
        config=cast("S3Config", {"timeout": f"{TRY_SECONDS}s"}),
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=ALL_TRIES_SECONDS)},
    )


def _sync_path(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
