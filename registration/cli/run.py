"""`make run`: the site, its worker and a demonstration post office, on this machine alone.

Run again, it keeps what is there: keys, database, accounts, meetings and mails in DATA_DIR.
"""

import os
import socket
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError

from config import Settings, SettingsError
from registration.cli.first_start import prepare
from registration.cli.keys import read_or_make_keys
from registration.cli.processes import Crew, Program
from registration.cli.several import CommandFailed
from registration.vault.boxes import BadVaultKeys, Vault
from registration.vault.checking import VaultKeyLost, check_keys
from registration.vault.storage import BadStorageAddress, StorageFailed, open_storage

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
POST_OFFICE = "registration.mail.demonstration"
#: How long the site may take until it answers, in seconds, on a slow machine.
START_SECONDS = 60


def main() -> int:
    """Start everything and wait for the end; return the exit code."""
    os.umask(0o077)  # passports, mails and keys: for the user of the site alone
    try:
        port, mailbox_port = _port("PORT", 8000), _port("MAILBOX_PORT", 8025)
        environ = make_environment(os.environ, port=port, mail_port=find_free_port())
        settings = Settings.from_environment(environ)
        _check_free(port, "PORT")
        _check_free(mailbox_port, "MAILBOX_PORT")
        check_keys(Vault(settings.vault_keys, open_storage(settings.storage_url)))
    except (SettingsError, BadVaultKeys, BadStorageAddress, VaultKeyLost, StorageFailed) as fault:
        print(fault, file=sys.stderr)
        return 78
    try:
        news = prepare(settings.database_url, ROOT, environ)
    except CommandFailed as fault:
        print(fault, file=sys.stderr)
        return 1
    with Crew(environ=environ, cwd=ROOT) as crew:
        for program in list_programs(settings.mail_port, port, mailbox_port):
            crew.start(program)
        if _wait_until_up(crew, port):
            _say_where(port, mailbox_port, settings, news)
        return crew.watch()


def make_environment(environ: Mapping[str, str], *, port: int, mail_port: int) -> dict[str, str]:
    """Return the environment of the programs: what is given, and else what serves a try."""
    data_dir = Path(environ.get("DATA_DIR") or ROOT / "instance").resolve()
    defaults = {
        "BASE_URL": f"http://{HOST}:{port}",
        "MAIL_SERVER": HOST,
        "MAIL_PORT": str(mail_port),
        "MAIL_USE_TLS": "no",
        "MAIL_FROM": "registration@example.org",
        "PYTHONUNBUFFERED": "1",
    }
    given = {key: value for key, value in environ.items() if value}
    return {**read_or_make_keys(data_dir), **defaults, **given, "DATA_DIR": str(data_dir)}


def list_programs(mail_port: int, port: int, mailbox_port: int) -> list[Program]:
    """Return the programs of a site on this machine, in the order in which they start."""
    python = [sys.executable, "-m"]
    return [
        Program(
            "The demonstration post office",
            [*python, POST_OFFICE, str(mail_port), str(mailbox_port)],
        ),
        Program("The worker", [*python, "flask", "--app", "wsgi", "jobs", "run"]),
        Program(
            "The site",
            [
                *(*python, "gunicorn", "--config", "python:registration.web.serving"),
                *("--bind", f"{HOST}:{port}", "wsgi:app"),
            ],
        ),
    ]


def _wait_until_up(crew: Crew, port: int) -> bool:
    address = f"http://{HOST}:{port}/health/live"
    for _ in range(START_SECONDS * 5):
        if not crew.wait_for(seconds=0.2):
            return False
        try:
            with urllib.request.urlopen(address, timeout=5):
                return True
        except (URLError, OSError):
            continue
    return False


def _say_where(port: int, mailbox_port: int, settings: Settings, news: list[str]) -> None:
    lines = [
        "",
        *news,
        f"The site:      http://{HOST}:{port}/",
        f"The desk:      http://{HOST}:{port}/en/secretariat/",
        f"Its mails:     http://{HOST}:{mailbox_port}/  ({settings.data_dir / 'mailbox'})",
        "Ctrl-C stops it. Run again, it keeps what is there.",
        "",
    ]
    print("\n".join(lines), flush=True)


def _port(key: str, default: int) -> int:
    value = os.environ.get(key, "").strip() or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingsError(f"{key} must be the number of a port.")
    return int(value)


def _check_free(port: int, key: str) -> None:
    with socket.socket() as probe:
        # As the server will bind it: a port whose last connections are still fading is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as fault:
            sentence = f"Port {port} is taken; choose another one: {key}={port + 1} make run"
            raise SettingsError(sentence) from fault


def find_free_port() -> int:
    """Return a port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
