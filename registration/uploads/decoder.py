"""Runs the drawing room: a short-lived process that decodes what strangers sent, within limits.

Decoders of pictures and PDFs are large libraries in C, fed here with files of strangers. In a
process of its own a file that crashes, hangs or inflates ends that process and nothing else. It
gets the bytes through a pipe, none of our environment (so no key), may write no file and no core
dump, and has its memory and processor time bounded by the kernel. It costs a tenth of a second.
"""

import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import BoundedSemaphore

#: Address space of one decoding, bytes; 40 megapixels of HEIC took 790 MB, of JPEG 250 MB.
MEMORY = 1280 * 2**20
#: Decodings at the same time in one process of the site, so that memory is bounded in all.
AT_ONCE = 2

_ROOM = BoundedSemaphore(AT_ONCE)
_ROOT = str(Path(__file__).parents[2])
# -I: neither the environment nor the current folder may add code; -B: no bytecode is written.
_START = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds} + 2))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
sys.path.insert(0, {root!r})
from registration.uploads.drawing_room import main
main()
"""
#: Said by the drawing room once its libraries are loaded: what fails before is no fault of a file.
READY = b"ready\n"


@dataclass(frozen=True)
class Patience:
    """How long a decoding may take, in seconds. processor: of processor time, after which the file
    counts as UNREADABLE. answer: in all, waiting for a room included."""

    processor: int
    answer: float


#: For a picture that somebody waits to see: the answer may take longer on a busy machine.
TO_SHOW = Patience(processor=10, answer=40)


class DecoderFailed(Exception):
    """The drawing room could not be started or was too busy: a fault of ours, to be tried again."""


class DecoderGaveUp(DecoderFailed):
    """The drawing room had the file and came to no end: perhaps the file's doing, perhaps not."""


class Verdict(StrEnum):
    """What the drawing room says of a file."""

    GOOD = "good"
    BLANK = "blank"
    LOCKED = "locked"
    TOO_MANY_PAGES = "too many pages"
    TOO_MANY_PIXELS = "too many pixels"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Answer:
    """pages: how many the file has. pictures: what was asked for, encoded; empty unless GOOD."""

    verdict: Verdict
    pages: int = 0
    pictures: tuple[bytes, ...] = ()


def ask(task: str, data: bytes, *, patience: Patience = TO_SHOW, **details: str | int) -> Answer:
    """Have the file decoded. task and details: as `drawing_room` takes them.

    A file that ends the process (crash, memory, processor time) is UNREADABLE.
    Raises DecoderFailed.
    """
    order = json.dumps({"task": task, **details}).encode() + b"\n"
    give_up_at = time.monotonic() + patience.answer
    if not _ROOM.acquire(timeout=patience.answer):
        raise DecoderFailed("All drawing rooms are taken.")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no word from outside
            [sys.executable, "-I", "-B", "-c", _start_code(patience)],
            input=order + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=max(0.0, give_up_at - time.monotonic()),
            env={"MALLOC_ARENA_MAX": "1"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _no_answer(error.stdout or b"", "in time") from error
    except OSError as error:
        raise DecoderFailed(f"The drawing room did not start: {type(error).__name__}") from error
    finally:
        _ROOM.release()
    return _read_answer(done.returncode, done.stdout)


def _start_code(patience: Patience) -> str:
    return _START.format(memory=MEMORY, seconds=patience.processor, root=_ROOT)


def _no_answer(output: bytes, why: str) -> DecoderFailed:
    fault = DecoderGaveUp if output.startswith(READY) else DecoderFailed
    return fault(f"The drawing room gave no answer: {why}.")


def _read_answer(returncode: int, output: bytes) -> Answer:
    # SIGKILL is not a file's doing but the machine's that ran out of memory.
    if not output.startswith(READY) or returncode == -signal.SIGKILL:
        raise _no_answer(output, f"it ended with {returncode}")
    if returncode != 0:
        return Answer(Verdict.UNREADABLE)
    head, _, body = output.removeprefix(READY).partition(b"\n")
    facts = json.loads(head)
    pictures, start = [], 0
    for size in facts["sizes"]:
        pictures.append(body[start : start + size])
        start += size
    return Answer(Verdict(facts["verdict"]), facts["pages"], tuple(pictures))
