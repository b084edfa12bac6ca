"""The site for a WSGI server: `gunicorn wsgi:app`. Settings come from the environment."""

import os
import sys

from config import Settings, SettingsError
from registration.app import create_app
from registration.vault.boxes import BadVaultKeys
from registration.vault.checking import VaultKeyLost, check_keys
from registration.vault.storage import BadStorageAddress, StorageFailed

try:
    app = create_app(Settings.from_environment(os.environ))
    check_keys(app.extensions["office"].vault)
except (SettingsError, BadVaultKeys, BadStorageAddress, VaultKeyLost, StorageFailed) as fault:
    # 78 is EX_CONFIG: a process manager should not start it again and again.
    print(fault, file=sys.stderr)
    sys.exit(78)
