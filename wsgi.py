"""The site for a WSGI server: `gunicorn wsgi:app`. Settings come from the environment."""

import os
import sys
from collections.abc import Mapping

import click

from config import Settings, SettingsError
from registration.app import create_app
from registration.cli.run import make_environment
from registration.letters.certificates import BadSealCertificate
from registration.registrar.rotating import check_vault
from registration.vault.boxes import BadVaultKeys
from registration.vault.checking import VaultKeyLost
from registration.vault.storage import BadStorageAddress, StorageFailed


def read_environment() -> Mapping[str, str]:
    """Return the environment; for a `flask` command that was given none, that of `make run`.

    A server gets no such help: what it lacks stops it.
    """
    is_command = click.get_current_context(silent=True) is not None
    if not is_command or os.environ.get("BASE_URL"):
        return os.environ
    environ = make_environment(os.environ, port=8000, mail_port=8026)
    print(f"BASE_URL is not set: the site of make run in {environ['DATA_DIR']}.", file=sys.stderr)
    return environ


try:
    app = create_app(Settings.from_environment(read_environment()))
    office = app.extensions["office"]
    check_vault(office.vault, office.database)
    # A server may fork after this; a connection to the database must not be shared.
    office.database.dispose()
except (
    SettingsError,
    BadSealCertificate,
    BadVaultKeys,
    BadStorageAddress,
    VaultKeyLost,
    StorageFailed,
) as fault:
    # 78 is EX_CONFIG: a process manager should not start it again and again.
    print(fault, file=sys.stderr)
    sys.exit(78)
