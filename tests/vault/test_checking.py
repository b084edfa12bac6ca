"""A key that is gone is noticed at the start."""

import pytest

from registration.vault.boxes import Vault, make_key
from registration.vault.checking import VaultKeyLost, check_keys, retire_old_keys
from registration.vault.storage import open_storage


def test_first_start_and_later_starts_with_the_same_key_pass():
    vault = Vault([make_key()], open_storage("memory://"))

    check_keys(vault)
    check_keys(vault)


def test_lost_key_is_noticed_at_the_start():
    storage = open_storage("memory://")
    check_keys(Vault([make_key()], storage))

    with pytest.raises(VaultKeyLost):
        check_keys(Vault([make_key()], storage))


def test_new_key_before_the_old_one_passes():
    old, new = make_key(), make_key()
    storage = open_storage("memory://")
    check_keys(Vault([old], storage))

    check_keys(Vault([new, old], storage))


def test_old_key_taken_away_before_the_rotation_ended_is_noticed():
    old, new = make_key(), make_key()
    storage = open_storage("memory://")
    check_keys(Vault([old], storage))
    check_keys(Vault([new, old], storage))

    with pytest.raises(VaultKeyLost):
        check_keys(Vault([new], storage))


def test_old_key_may_go_once_it_was_retired():
    old, new = make_key(), make_key()
    storage = open_storage("memory://")
    check_keys(Vault([old], storage))

    assert retire_old_keys(Vault([new, old], storage)) == 1

    check_keys(Vault([new], storage))


def test_retiring_does_not_hide_a_lost_key():
    storage = open_storage("memory://")
    check_keys(Vault([make_key()], storage))

    with pytest.raises(VaultKeyLost):
        retire_old_keys(Vault([make_key()], storage))
