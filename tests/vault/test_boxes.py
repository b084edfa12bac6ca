"""A locked file opens with its key, at its place, and nowhere else."""

import pytest

from registration.vault.boxes import (
    BadVaultKeys,
    BoxWillNotOpen,
    LockedBytes,
    Vault,
    make_key,
)
from registration.vault.storage import BlobMissing, open_storage

PASSPORT = b"not a passport, but as long as one " * 100


def test_locked_file_opens_with_its_own_key_and_binding():
    vault = make_vault()

    box = vault.put(PASSPORT, bound_to="passport:ana")

    assert vault.open(box.blob, box.wrapped_key, bound_to="passport:ana") == PASSPORT
    assert box.size == len(PASSPORT)


def test_nothing_of_the_file_can_be_read_in_the_storage():
    vault = make_vault()

    vault.put(PASSPORT, bound_to="passport:ana")

    [name] = [item.name for item in vault.storage.list()]
    assert b"passport" not in vault.storage.get(name)


def test_same_file_twice_makes_two_boxes_that_look_unlike():
    vault = make_vault()

    first = vault.put(PASSPORT, bound_to="passport:ana")
    second = vault.put(PASSPORT, bound_to="passport:ana")

    assert first.blob != second.blob


def test_box_moved_to_another_registration_does_not_open():
    vault = make_vault()
    box = vault.put(PASSPORT, bound_to="passport:ana")

    with pytest.raises(BoxWillNotOpen):
        vault.open(box.blob, box.wrapped_key, bound_to="passport:luis")


def test_wrapped_key_of_another_box_does_not_open():
    vault = make_vault()
    ana = vault.put(PASSPORT, bound_to="passport:ana")
    luis = vault.put(PASSPORT, bound_to="passport:luis")

    with pytest.raises(BoxWillNotOpen):
        vault.open(ana.blob, luis.wrapped_key, bound_to="passport:ana")


def test_wrapped_key_moved_elsewhere_locks_with_another_key_there():
    """Not only the authenticated name differs: the derived key itself does."""
    vault = make_vault()
    locked = vault.lock(PASSPORT, bound_to="passport:ana")

    for place in ("passport:luis", "", "passport:ana "):
        with pytest.raises(BoxWillNotOpen):
            vault.unlock(locked.ciphertext, locked.wrapped_key, bound_to=place)


@pytest.mark.parametrize("position", [0, 12, 40, -1])
def test_one_flipped_bit_is_noticed(position: int):
    vault = make_vault()
    locked = vault.lock(PASSPORT, bound_to="mail:1")
    changed = bytearray(locked.ciphertext)
    changed[position] ^= 1

    with pytest.raises(BoxWillNotOpen):
        vault.unlock(bytes(changed), locked.wrapped_key, bound_to="mail:1")


@pytest.mark.parametrize("ciphertext", [b"", b"short", b"x" * 27])
def test_cut_off_box_does_not_open(ciphertext: bytes):
    vault = make_vault()
    locked = vault.lock(b"", bound_to="mail:1")

    with pytest.raises(BoxWillNotOpen):
        vault.unlock(ciphertext, locked.wrapped_key, bound_to="mail:1")


@pytest.mark.parametrize("wrapped_key", [b"", b"nonsense", b"\xff" * 140])
def test_damaged_wrapped_key_does_not_open(wrapped_key: bytes):
    vault = make_vault()
    locked = vault.lock(PASSPORT, bound_to="mail:1")

    with pytest.raises(BoxWillNotOpen):
        vault.unlock(locked.ciphertext, wrapped_key, bound_to="mail:1")


def test_empty_bytes_can_be_locked():
    vault = make_vault()

    locked = vault.lock(b"", bound_to="mail:1")

    assert vault.unlock(locked.ciphertext, locked.wrapped_key, bound_to="mail:1") == b""


def test_lengths_are_those_the_schema_was_made_for():
    locked = make_vault().lock(PASSPORT, bound_to="mail:1")

    assert isinstance(locked, LockedBytes)
    assert len(locked.ciphertext) == len(PASSPORT) + 28
    assert len(locked.wrapped_key) == 140


def test_destroyed_file_is_gone_and_may_be_destroyed_again():
    vault = make_vault()
    box = vault.put(PASSPORT, bound_to="passport:ana")

    vault.destroy(box.blob)
    vault.destroy(box.blob)

    with pytest.raises(BlobMissing):
        vault.open(box.blob, box.wrapped_key, bound_to="passport:ana")


@pytest.mark.parametrize("blob", ["../keys/probe", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_blob_name_that_we_never_made_names_nothing(blob: str):
    vault = make_vault()

    with pytest.raises(BlobMissing):
        vault.open(blob, b"", bound_to="passport:ana")
    vault.destroy(blob)


def test_listing_for_the_sweep_gives_blobs_as_rows_know_them():
    vault = make_vault()
    box = vault.put(PASSPORT, bound_to="passport:ana")
    vault.storage.put("keys/not-a-file", b"probe")

    assert [item.name for item in vault.blobs()] == [box.blob]


def test_rewrapped_key_opens_with_the_newest_key_alone():
    old, new = make_key(), make_key()
    storage = open_storage("memory://")
    box = Vault([old], storage).put(PASSPORT, bound_to="passport:ana")

    rewrapped = Vault([new, old], storage).rewrap(box.wrapped_key)

    assert Vault([new], storage).open(box.blob, rewrapped, bound_to="passport:ana") == PASSPORT
    with pytest.raises(BoxWillNotOpen):
        Vault([new], storage).open(box.blob, box.wrapped_key, bound_to="passport:ana")


def test_file_locked_before_a_rotation_opens_in_the_overlap():
    old, new = make_key(), make_key()
    storage = open_storage("memory://")
    box = Vault([old], storage).put(PASSPORT, bound_to="passport:ana")

    overlap = Vault([new, old], storage)

    assert overlap.open(box.blob, box.wrapped_key, bound_to="passport:ana") == PASSPORT


def test_key_wrapped_by_a_stranger_is_not_rewrapped():
    stranger = make_vault().lock(PASSPORT, bound_to="mail:1")

    with pytest.raises(BoxWillNotOpen):
        make_vault().rewrap(stranger.wrapped_key)


@pytest.mark.parametrize("keys", [[], [""], ["short"], ["ñ" * 44], [make_key(), "x"]])
def test_keys_that_are_none_are_refused_without_being_quoted(keys: list[str]):
    with pytest.raises(BadVaultKeys) as refused:
        Vault(keys, open_storage("memory://"))

    assert refused.value.__cause__ is None
    assert all(not key or key not in str(refused.value) for key in keys if key != "x")


# builders


def make_vault() -> Vault:
    return Vault([make_key()], open_storage("memory://"))
