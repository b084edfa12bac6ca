"""The site for a WSGI server: `gunicorn wsgi:app`. Settings come from the environment."""

import os
import sys

from config import Settings, SettingsError
from registration.app import create_app

try:
    app = create_app(Settings.from_environment(os.environ))
except SettingsError as fault:
    # 78 is EX_CONFIG: a process manager should not start it again and again.
    print(fault, file=sys.stderr)
    sys.exit(78)
