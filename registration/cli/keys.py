"""The keys of a site on this machine: made once at random, kept in `DATA_DIR/keys.env`."""

import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

FILE_NAME = "keys.env"


def read_or_make_keys(data_dir: Path) -> dict[str, str]:
    """Return SECRET_KEY, LINK_KEY and VAULT_KEYS from the folder's file; make both where missing.

    Nobody but the user of the site can read folder and file. Who loses the file loses every
    passport and letter that was locked with it.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = data_dir / FILE_NAME
    if not path.exists():
        _write(path, _make_keys())
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def _make_keys() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "LINK_KEY": secrets.token_urlsafe(48),
        # As Fernet wants its keys: 32 bytes.
        "VAULT_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }


def _write(path: Path, keys: dict[str, str]) -> None:
    # Whole or not at all: half a file of keys would be taken for the keys at the next start.
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("# Keys of this site. Keep a copy apart from the backups of its data.\n")
        file.writelines(f"{name}={value}\n" for name, value in keys.items())
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
