"""A drawing room that stays: the same functions within the same limits, for one file after another.

A process for each file is what the site has, and too dear for 100,000. What ends the process here
ends it there: the file counts as unreadable, and a new room is started.
"""

import json
import math
import resource
import subprocess
import sys
import time
from pathlib import Path

from registration.uploads import decoder
from registration.uploads.decoder import READY, Answer, Patience, Verdict
from registration.uploads.drawing_room import carry_out, prepare

_ROOT = str(Path(__file__).parents[2])
#: Processor time of one file, as on the site.
SECONDS = 10
#: What follows the site's own start, in place of one file and no more.
_LOOP = "from tests.proofs.standing_room import serve\nserve()\n"


class StandingRoom:
    """Answers as `decoder.ask` does. seconds: processor time of the last file. kilobytes: resident
    memory after it. died: how many rooms a file ended."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.kilobytes = 0
        self.died = 0
        self._room = self._start()

    def ask(self, task: str, data: bytes, *, patience: Patience, **details: str) -> Answer:
        order = {"task": task, "bytes": len(data), **details}
        assert self._room.stdin is not None
        assert self._room.stdout is not None
        try:
            self._room.stdin.write(json.dumps(order).encode() + b"\n" + data)
            self._room.stdin.flush()
            head = self._room.stdout.readline()
        except BrokenPipeError:
            head = b""
        if not head.endswith(b"\n"):
            self.close()
            self.died += 1
            self._room = self._start()
            return Answer(Verdict.UNREADABLE)
        facts = json.loads(head)
        self.seconds, self.kilobytes = facts["seconds"], facts["kilobytes"]
        pictures = tuple(self._room.stdout.read(size) for size in facts["sizes"])
        return Answer(Verdict(facts["verdict"]), facts["pages"], pictures)

    def close(self) -> None:
        self._room.kill()
        self._room.communicate()

    def _start(self) -> "subprocess.Popen[bytes]":
        code = decoder._start_code(Patience(processor=SECONDS, answer=0))
        limits, _, _ = code.partition("from registration.uploads.drawing_room")
        last = f"({SECONDS}, {SECONDS} + 2)"
        assert last in limits
        limits = limits.replace(last, f"({SECONDS}, resource.RLIM_INFINITY)")
        room = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", limits + _LOOP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"MALLOC_ARENA_MAX": "1"},
            cwd="/",
        )
        assert room.stdout is not None
        assert room.stdout.readline() == READY
        return room


def serve() -> None:
    """Carry out one order after the other, each with its own limit of processor time."""
    prepare()
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        data = sys.stdin.buffer.read(order.pop("bytes"))
        begun = time.process_time()
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(begun) + SECONDS, hardest))
        try:
            answer = carry_out(order, data)
        except Exception:  # noqa: BLE001  # in a room of its own it would end the process
            answer = Answer(Verdict.UNREADABLE)
        facts = {
            "verdict": answer.verdict,
            "pages": answer.pages,
            "sizes": [len(each) for each in answer.pictures],
            "seconds": time.process_time() - begun,
            "kilobytes": _resident(),
        }
        out.write(json.dumps(facts).encode() + b"\n" + b"".join(answer.pictures))
        out.flush()


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024
