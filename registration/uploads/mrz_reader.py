"""Runs the reading room: a process that reads the two lines of some passports, then goes.

What reads them takes half a gigabyte and a second to start, so it never runs in a process of the
site, and one room reads the files of a whole round. It gets pictures that our drawing room made,
never a stranger's bytes; none of our environment (so no key); it may make no socket, no file and no
core dump, and has memory and processor time bounded by the kernel.

It is an optional extra (requirements-ocr.txt): without it everything else works.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Self

from registration.domain.mrz import Lines
from registration.uploads.kinds import FileKind
from registration.uploads.pictures import draw_pages

#: Address space, bytes; pages of 4 megapixels took 1.6 GB of it (and 0.6 GB of memory).
MEMORY = 2560 * 2**20
#: Processor time for one file, seconds: four pages at four turns took 40.
FILE_PROCESSOR_SECONDS = 90
#: Processor time of the room in all, seconds; more than a round of files may take.
ROOM_PROCESSOR_SECONDS = 1800
#: How long the start, and one answer, may take, seconds; longer than the processor time of both.
ANSWER_SECONDS = 180
#: Pixels: a passport on a sheet of A4 is then 1400 wide, 28 a sign.
WIDTH = 2400
READY = b"ready\n"
#: The libraries of the extra.
LIBRARIES = ("rapidocr", "onnxruntime")
#: The engine that runs the models reports home unless told not to; it also may make no socket.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "ORT_DISABLE_TELEMETRY": "1"}

_ROOT = str(Path(__file__).parents[2])
# -I: neither the environment nor the current folder may add code; -B: no bytecode is written.
_START = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {most_seconds}))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
os.nice(5)
sys.path.insert(0, {root!r})
from registration.uploads.isolation import forbid_network
forbid_network()
from registration.uploads.reading_room import main
main()
"""


class ReaderFailed(Exception):
    """The reading room did not start or gave no answer: nothing is said of the file."""


def draw_for_reading(data: bytes, kind: FileKind) -> tuple[bytes, ...]:
    """Return the pages of a judged file, as the reader takes them. Raises DecoderFailed."""
    return draw_pages(data, kind, width=WIDTH)


def is_installed() -> bool:
    """Return whether the libraries of the extra are there. They are not loaded."""
    return all(find_spec(name) is not None for name in LIBRARIES)


class MrzReader:
    """Reads files one after the other; closes its room at the end of the `with`."""

    def __init__(self) -> None:
        self._room: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, pictures: Sequence[bytes]) -> Lines | None:
        """Return the two lines on the pages of a file, repaired; None where there are none.

        pictures: JPEGs of our own, a page each. Takes seconds. Raises ReaderFailed; the next file
        is then read in a new room.
        """
        try:
            room = self._open()
            order = json.dumps({"sizes": [len(picture) for picture in pictures]}).encode()
            found = json.loads(_ask(room, b"".join((order, b"\n", *pictures))))
        except (OSError, ValueError) as error:
            self.close()
            raise ReaderFailed(f"no answer: {type(error).__name__}") from None
        except ReaderFailed:
            self.close()
            raise
        return Lines(found["first"], found["second"]) if found else None

    def start(self) -> None:
        """Open the room, to see that it opens. Raises ReaderFailed."""
        try:
            self._open()
        except OSError as error:
            raise ReaderFailed(f"did not start: {type(error).__name__}") from error

    def close(self) -> None:
        """End the room, whatever it does."""
        if self._room is not None:
            room, self._room = self._room, None
            room.kill()
            room.communicate()

    def _open(self) -> "subprocess.Popen[bytes]":
        if self._room is None:
            self._room = subprocess.Popen(  # noqa: S603 - our own interpreter, no word from outside
                [sys.executable, "-I", "-B", "-c", _start_code()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                cwd="/",
            )
            if _ask(self._room, b"") != READY:
                raise ReaderFailed("The reading room did not start.")
        return self._room


def _ask(room: "subprocess.Popen[bytes]", order: bytes) -> bytes:
    """Return the line that the room answers. Raises ReaderFailed or OSError where it gives none."""
    watch = Timer(ANSWER_SECONDS, room.kill)
    watch.start()
    try:
        _pipe(room.stdin).write(order)
        _pipe(room.stdin).flush()
        line = _pipe(room.stdout).readline()
    finally:
        watch.cancel()
    if not line.endswith(b"\n"):
        raise ReaderFailed("The reading room ended without an answer.")
    return line


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both are pipes
    return stream


def _start_code() -> str:
    return _START.format(
        memory=MEMORY,
        seconds=FILE_PROCESSOR_SECONDS,
        most_seconds=ROOM_PROCESSOR_SECONDS,
        root=_ROOT,
    )
