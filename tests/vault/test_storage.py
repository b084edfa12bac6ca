"""The same promises in a folder, in memory and in a bucket."""

import os
import socket
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from registration.vault import storage as storage_module
from registration.vault.storage import (
    BadStorageAddress,
    BlobMissing,
    Storage,
    StorageFailed,
    open_storage,
)


@pytest.fixture(params=["folder", "memory", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    match request.param:
        case "folder":
            return open_storage((tmp_path / "files of the site").as_uri())
        case "memory":
            return open_storage("memory://")
        case _:
            return open_storage(request.getfixturevalue("bucket_url"))


def test_what_was_put_is_got(storage: Storage):
    assert storage.put("files/a", b"first") is True

    assert storage.get("files/a") == b"first"


def test_name_that_is_taken_keeps_its_bytes(storage: Storage):
    storage.put("files/a", b"first")

    assert storage.put("files/a", b"second") is False

    assert storage.get("files/a") == b"first"


def test_unknown_name_is_missing(storage: Storage):
    with pytest.raises(BlobMissing):
        storage.get("files/none")


def test_deleted_name_is_missing_and_may_be_deleted_again(storage: Storage):
    storage.put("files/a", b"first")

    storage.delete("files/a")
    storage.delete("files/a")

    with pytest.raises(BlobMissing):
        storage.get("files/a")


def test_listing_tells_name_size_and_aware_moment(storage: Storage):
    storage.put("files/a", b"first")
    storage.put("keys/b", b"probe!")

    assert sorted((item.name, item.size) for item in storage.list()) == [
        ("files/a", 5),
        ("keys/b", 6),
    ]
    [item] = storage.list("files")
    assert abs(datetime.now(UTC) - item.stored_at) < timedelta(minutes=5)


def test_ten_megabytes_come_back_whole(storage: Storage):
    data = os.urandom(10 * 2**20)

    storage.put("files/large", data)

    assert storage.get("files/large") == data


def test_name_cannot_leave_the_storage(storage: Storage):
    with pytest.raises((StorageFailed, ValueError)):
        storage.put("../outside", b"x")


def test_folder_that_we_make_is_ours_alone(tmp_path: Path):
    open_storage((tmp_path / "new" / "files").as_uri())

    assert stat.S_IMODE((tmp_path / "new" / "files").stat().st_mode) == 0o700


def test_folder_of_the_operator_keeps_its_rights(tmp_path: Path):
    (tmp_path / "mount").mkdir(mode=0o750)

    open_storage((tmp_path / "mount").as_uri())

    assert stat.S_IMODE((tmp_path / "mount").stat().st_mode) == 0o750


def test_file_and_every_folder_that_names_it_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    synced: list[Path] = []
    sync = os.fsync

    def record(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        sync(descriptor)

    storage = open_storage(tmp_path.as_uri())
    monkeypatch.setattr(os, "fsync", record)

    storage.put("files/a", b"first")

    assert synced == [tmp_path / "files" / "a", tmp_path / "files", tmp_path]


def test_file_that_could_not_be_synced_is_not_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    storage = open_storage(tmp_path.as_uri())
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(StorageFailed):
        storage.put("files/a", b"first")

    with pytest.raises(BlobMissing):
        storage.get("files/a")


def test_full_disk_is_told_and_leaves_nothing_that_looks_stored(tmp_path: Path):
    """A limit on the size of files stands in for the full disk (a write fails half-way)."""
    code = f"""
import resource, signal
from registration.vault.storage import StorageFailed, open_storage
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
storage = open_storage({tmp_path.as_uri()!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    storage.put("files/a", b"x" * 1_000_000)
except StorageFailed:
    print("told", [item.name for item in storage.list()])
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(storage.put("files/a", b"x" * 1_000_000))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout == "told []\nTrue\n"


def test_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(BadStorageAddress):
        open_storage((tmp_path / "file" / "below").as_uri())


@pytest.mark.parametrize(
    "url",
    [
        "",
        "files",
        "/var/files",
        "file://host/files",
        "file:files",
        "http://127.0.0.1/",
        "s3://",
        "s3://key:secret@bucket/x",
    ],
)
def test_address_that_cannot_be_used_is_refused(url: str):
    with pytest.raises(BadStorageAddress):
        open_storage(url)


def test_prefix_of_the_bucket_keeps_two_sites_apart(bucket_url: str):
    here, there = open_storage(f"{bucket_url}/here"), open_storage(f"{bucket_url}/there")

    here.put("files/a", b"first")

    assert list(there.list()) == []
    assert [item.name for item in here.list()] == ["files/a"]


def test_bucket_out_of_reach_is_a_fault_of_the_storage(
    bucket_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(storage_module, "ALL_TRIES_SECONDS", 1)
    storage = open_storage(bucket_url)

    with pytest.raises(StorageFailed):
        storage.put("files/a", b"first")


def test_bucket_that_does_not_answer_in_time_is_given_up(
    bucket_url: str, monkeypatch: pytest.MonkeyPatch
):
    """The server would say yes in the end, when nobody listens any more."""
    monkeypatch.setattr(storage_module, "TRY_SECONDS", 1)
    monkeypatch.setattr(storage_module, "ALL_TRIES_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
        clerk = Thread(target=answer_late, args=[server])
        clerk.start()

        with pytest.raises(StorageFailed):
            open_storage(bucket_url).put("files/a", b"first")

        clerk.join()


def answer_late(server: socket.socket) -> None:
    """Take one request and say yes to it after ten seconds, or see the asker go."""
    connection, _ = server.accept()
    with connection:
        connection.settimeout(10)
        try:
            while connection.recv(65536):
                pass
        except TimeoutError:
            connection.sendall(b'HTTP/1.1 200 OK\r\nETag: "x"\r\nContent-Length: 0\r\n\r\n')
