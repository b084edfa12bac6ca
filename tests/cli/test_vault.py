"""`flask vault`, and every program of the site started with a key missing: code 78, a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from registration.cli.keys import read_or_make_keys
from registration.vault.boxes import Vault, make_key
from registration.vault.checking import check_keys
from registration.vault.storage import open_storage
from tests.engines import find_free_port

ROOT = Path(__file__).parents[2]
PYTHON = [sys.executable, "-m"]
FLASK = [*PYTHON, "flask", "--app", "wsgi"]
SITE = [*PYTHON, "gunicorn", "--config", "python:registration.web.serving", "--bind"]
SENTENCE = (
    "VAULT_KEYS lacks 1 key(s) that locked files in this storage; put them back behind the newest, "
    "or end the rotation with `flask vault rotate` first."
)


@pytest.mark.parametrize(
    "command",
    [
        [*SITE, "127.0.0.1:0", "wsgi:app"],
        [*FLASK, "jobs", "run"],
        [*PYTHON, "registration.cli.run"],
        [*FLASK, "vault", "rotate"],
    ],
    ids=["the site", "the worker", "make run", "the rotation"],
)
def test_program_without_a_key_that_locked_files_ends_with_78_and_a_sentence(
    tmp_path: Path, command: list[str]
) -> None:
    lock_something(tmp_path, make_key())

    result = run(tmp_path, command)

    assert result.returncode == 78
    assert SENTENCE in result.stderr
    assert "Traceback" not in result.stderr


def test_site_that_lacks_a_setting_ends_with_78_and_is_not_tried_for_ever(tmp_path: Path) -> None:
    result = run(tmp_path, [*SITE, "127.0.0.1:0", "wsgi:app"], BASE_URL="")

    assert result.returncode == 78
    assert "BASE_URL is not set. The README says what it holds." in result.stderr


def test_rotation_of_a_site_says_when_the_old_key_may_go(tmp_path: Path, sqlite_url: str) -> None:
    old, new = make_key(), make_key()
    lock_something(tmp_path, old)
    keys = {"DATABASE_URL": sqlite_url, "VAULT_KEYS": f"{new},{old}"}
    assert run(tmp_path, [*FLASK, "vault", "check"], **keys).stdout.splitlines()[0] == (
        "locked_file.wrapped_key: 0 by the newest, 0 by older ones."
    )

    result = run(tmp_path, [*FLASK, "vault", "rotate"], **keys)

    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == (
        "The newest key opens everything; the older ones may be taken out of VAULT_KEYS."
    )
    check_keys(Vault([new], open_storage((tmp_path / "files").as_uri())))


def test_new_key_is_one_that_the_vault_takes(tmp_path: Path) -> None:
    result = run(tmp_path, [*FLASK, "vault", "make-key"])

    Vault([result.stdout.strip()], open_storage("memory://"))


def lock_something(folder: Path, key: str) -> None:
    """Leave the probe of the key in the storage, as every start does."""
    check_keys(Vault([key], open_storage((folder / "files").as_uri())))


def run(folder: Path, command: list[str], **changes: str) -> "subprocess.CompletedProcess[str]":
    environ = {
        **os.environ,
        **read_or_make_keys(folder),
        "DATA_DIR": str(folder),
        "BASE_URL": "http://127.0.0.1:8000",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_FROM": "registration@example.org",
        "PORT": str(find_free_port()),
        "MAILBOX_PORT": str(find_free_port()),
        **changes,
    }
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=120
    )
