"""Several processes as one: started together, stopped together, and none dies unheard."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import IO, Self

#: What a process may take to finish its work when told to stop, in seconds; then it is ended.
STOP_SECONDS = 35


@dataclass(frozen=True)
class Program:
    """A process to run. name: what to call it in a sentence. command: its arguments."""

    name: str
    command: Sequence[str]


class Crew:
    """Programs that run until one of them ends or somebody asks all to stop (Ctrl-C, SIGTERM)."""

    def __init__(
        self, *, environ: Mapping[str, str], cwd: Path, output: IO[bytes] | None = None
    ) -> None:
        """output: a file for what the programs say; the terminal unless given."""
        self._environ = dict(environ)
        self._cwd = cwd
        self._output = output
        self._running: list[tuple[Program, subprocess.Popen[bytes]]] = []
        self._asked_to_stop = Event()

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._asked_to_stop.set())
        return self

    def __exit__(self, *_: object) -> None:
        # The last comes first: what was started later may need what was started before.
        for _program, process in reversed(self._running):
            _stop(process)

    def start(self, program: Program) -> None:
        """Start a program in a session of its own: Ctrl-C reaches us, and we tell the others."""
        process = subprocess.Popen(  # noqa: S603 - our own programs
            program.command,
            env=self._environ,
            cwd=self._cwd,
            stdout=self._output,
            stderr=None if self._output is None else subprocess.STDOUT,
            start_new_session=True,
        )
        self._running.append((program, process))

    def list_processes(self) -> dict[str, int]:
        """Return the number of each program's first process by the program's name."""
        return {program.name: process.pid for program, process in self._running}

    def wait_for(self, *, seconds: float) -> bool:
        """Wait a while; return whether all programs still run and nobody has asked to stop."""
        return not self._asked_to_stop.wait(seconds) and self._first_dead() is None

    def watch(self) -> int:
        """Wait for the end; return 0 if it was asked for, else 1 and say who died."""
        while self.wait_for(seconds=0.3):
            pass
        dead = self._first_dead()
        if self._asked_to_stop.is_set() or dead is None:
            return 0
        program, code = dead
        print(f"{program.name} has ended by itself ({_how(code)}); stopping.", file=sys.stderr)
        return 1

    def _first_dead(self) -> tuple[Program, int] | None:
        for program, process in self._running:
            if (code := process.poll()) is not None:
                return program, code
        return None


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    process.terminate()
    give_up_at = time.monotonic() + STOP_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        time.sleep(0.05)
    if process.poll() is None:
        # The whole session: a server's own workers too.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _how(code: int) -> str:
    return f"code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
