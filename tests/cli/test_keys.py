"""The keys of `make run`."""

from pathlib import Path

from cryptography.fernet import Fernet

from registration.cli.keys import read_or_make_keys


def test_keys_are_made_once(tmp_path: Path) -> None:
    first = read_or_make_keys(tmp_path / "instance")

    assert read_or_make_keys(tmp_path / "instance") == first
    assert sorted(first) == ["LINK_KEY", "SECRET_KEY", "VAULT_KEYS"]


def test_keys_are_long_and_differ(tmp_path: Path) -> None:
    here, there = read_or_make_keys(tmp_path / "a"), read_or_make_keys(tmp_path / "b")

    assert len({*here.values(), *there.values()}) == 6
    assert min(len(value) for value in here.values()) >= 32
    Fernet(here["VAULT_KEYS"])


def test_only_the_user_of_the_site_reads_them(tmp_path: Path) -> None:
    read_or_make_keys(tmp_path / "instance")

    assert (tmp_path / "instance").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "instance" / "keys.env").stat().st_mode & 0o777 == 0o600
