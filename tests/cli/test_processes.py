"""Processes started together end together."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registration.cli.processes import Crew, Program

SLEEPER = "import time; open('up', 'w').close(); time.sleep(600)"


@pytest.fixture(autouse=True)
def handlers_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_when_one_dies_the_others_are_stopped_and_it_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Crew(environ=os.environ, cwd=tmp_path) as crew:
        crew.start(_python("The site", "import time; time.sleep(600)"))
        crew.start(_python("The worker", "import sys; sys.exit(3)"))
        code = crew.watch()
        survivor = crew._running[0][1]

    assert code == 1
    assert capfd.readouterr().err == "The worker has ended by itself (code 3); stopping.\n"
    assert survivor.returncode == -signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_stops_all_and_ends_well(tmp_path: Path, number: signal.Signals) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from registration.cli.processes import Crew, Program\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "with Crew(environ=os.environ, cwd=folder) as crew:\n"
        f"    crew.start(Program('A sleeper', [sys.executable, '-c', {SLEEPER!r}]))\n"
        "    while not (folder / 'up').exists():\n"
        "        crew.wait_for(seconds=0.05)\n"
        "    print(crew._running[0][1].pid, flush=True)\n"
        "    code = crew.watch()\n"
        "sys.exit(code)\n"
    )

    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as launcher:
        assert launcher.stdout is not None
        sleeper = int(launcher.stdout.readline())
        launcher.send_signal(number)
        code = launcher.wait(timeout=60)

    assert code == 0
    with pytest.raises(ProcessLookupError):
        os.kill(sleeper, 0)


def test_who_will_not_stop_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registration.cli.processes.STOP_SECONDS", 0.2)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER

    with Crew(environ=os.environ, cwd=tmp_path) as crew:
        crew.start(_python("The deaf", deaf))
        while not (tmp_path / "up").exists():
            assert crew.wait_for(seconds=0.05)
        process = crew._running[0][1]

    assert process.returncode == -signal.SIGKILL


def _python(name: str, script: str) -> Program:
    return Program(name, [sys.executable, "-c", script])
