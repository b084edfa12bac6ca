"""`make run`: everything starts, answers, stops, and is found again."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from registration.cli.run import make_environment
from tests.engines import find_free_port

ROOT = Path(__file__).parents[2]


def test_it_starts_answers_stops_and_keeps_what_is_there(tmp_path: Path) -> None:
    ports = {"PORT": str(find_free_port()), "MAILBOX_PORT": str(find_free_port())}

    with running(tmp_path, ports) as first:
        assert _answers(f"http://127.0.0.1:{ports['PORT']}/es/")
        assert _answers(f"http://127.0.0.1:{ports['MAILBOX_PORT']}/")
    keys = (tmp_path / "keys.env").read_text()
    with running(tmp_path, ports) as second:
        assert _answers(f"http://127.0.0.1:{ports['PORT']}/health/ready")

    assert first.count("First password:") == 2
    assert "First password:" not in second, "accounts are made once"
    assert (tmp_path / "keys.env").read_text() == keys


def test_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "0"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        cwd=tmp_path,
        text=True,
    ) as other:
        assert other.stdout is not None
        port = other.stdout.readline().split("port ")[1].split()[0]
        result = subprocess.run(
            [sys.executable, "-m", "registration.cli.run"],
            env={**os.environ, "DATA_DIR": str(tmp_path / "data"), "PORT": port},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        other.terminate()

    assert result.returncode == 78
    assert result.stderr == (
        f"Port {port} is taken; choose another one: PORT={int(port) + 1} make run\n"
    )


@pytest.mark.parametrize(
    ("given", "server"),
    [({}, "127.0.0.1"), ({"MAIL_SERVER": "mail.example.org"}, "mail.example.org")],
)
def test_what_is_given_goes_before_what_serves_a_try(
    tmp_path: Path, given: dict[str, str], server: str
) -> None:
    environ = make_environment({"DATA_DIR": str(tmp_path), **given}, port=8000, mail_port=2525)

    assert environ["MAIL_SERVER"] == server
    assert environ["BASE_URL"] == "http://127.0.0.1:8000"


@contextmanager
def running(data_dir: Path, ports: dict[str, str]) -> Iterator[str]:
    """Run it until the end of the block, and give what it said until it was up."""
    environ = {**os.environ, **ports, "DATA_DIR": str(data_dir)}
    log = data_dir.parent / f"{data_dir.name}.log"
    with log.open("w") as output:
        launcher = subprocess.Popen(
            [sys.executable, "-m", "registration.cli.run"],
            env=environ,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        while "Ctrl-C" not in log.read_text():
            assert launcher.poll() is None, log.read_text()
            time.sleep(0.1)
        yield log.read_text()
    finally:
        launcher.send_signal(signal.SIGTERM)
        code = launcher.wait(timeout=120)
    assert code == 0, log.read_text()


def _answers(address: str) -> bool:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return bool(answer.status == 200)
