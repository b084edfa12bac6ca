"""The two lines read from specimens by the engine itself, in its own process."""

import io
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from registration.uploads import mrz_reader
from registration.uploads.kinds import FileKind
from registration.uploads.mrz_reader import MrzReader, ReaderFailed, draw_for_reading, is_installed
from tests.proofs.passport_pages import PEOPLE, WEARS, draw_page, lines_of, to_jpeg

ROOT = Path(__file__).parents[2]
HOLDER = PEOPLE[1]


@pytest.fixture(scope="module")
def reader() -> Iterator[MrzReader]:
    """One room for the tests of this file: it takes a second to open."""
    with MrzReader() as reader:
        yield reader


@pytest.mark.parametrize("wear", ["turned by 90°", "turned by 180°", "on A4, 150 dpi"])
def test_specimen_is_read_exactly(reader: MrzReader, wear: str) -> None:
    page = WEARS[wear](draw_page(HOLDER), random.Random(1))

    found = reader.read(draw_for_reading(to_jpeg(page), FileKind.JPEG))

    assert found == lines_of(HOLDER)


def test_passport_is_found_on_the_second_page(reader: MrzReader) -> None:
    pages = (_picture("white"), to_jpeg(draw_page(HOLDER)))

    assert reader.read(pages) == lines_of(HOLDER)


def test_page_without_such_lines_has_none(reader: MrzReader) -> None:
    assert reader.read([_picture("grey")]) is None
    assert reader.read([]) is None


def test_file_that_ends_the_room_is_told_and_the_next_one_is_read(reader: MrzReader) -> None:
    with pytest.raises(ReaderFailed):
        reader.read([b"no picture at all"])

    assert reader.read([to_jpeg(draw_page(HOLDER))]) == lines_of(HOLDER)


def test_room_without_the_memory_it_needs_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mrz_reader, "MEMORY", 200 * 2**20)

    with MrzReader() as reader, pytest.raises(ReaderFailed):
        reader.start()


def test_file_that_takes_too_long_ends_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with MrzReader() as reader:
        reader.start()
        monkeypatch.setattr(mrz_reader, "ANSWER_SECONDS", 0.01)

        with pytest.raises(ReaderFailed):
            reader.read([to_jpeg(draw_page(HOLDER))])


def test_room_sees_nothing_of_our_environment_and_reports_nothing_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret of the site")
    with MrzReader() as reader:
        reader.start()
        assert reader._room is not None
        environment = Path(f"/proc/{reader._room.pid}/environ").read_bytes().split(b"\0")

    names = {each.partition(b"=")[0] for each in environment if each}
    assert names == {b"MALLOC_ARENA_MAX", b"ORT_DISABLE_TELEMETRY"}


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import os; os.write(os.open(FILE, os.O_CREAT | os.O_WRONLY), b'passport')",
    ],
)
def test_room_has_no_network_and_writes_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str
) -> None:
    """The limits stay, the task is another one: what it tries must not succeed."""
    code = code.replace("FILE", repr(str(tmp_path / "clear")))
    start = mrz_reader._START.replace(
        "from registration.uploads.reading_room import main\nmain()\n",
        f"try:\n    {code}\nexcept PermissionError:\n    print('no')\nelse:\n    print('done')",
    )
    monkeypatch.setattr(mrz_reader, "_START", start)

    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", mrz_reader._start_code()],
        stdout=subprocess.PIPE,
        env=mrz_reader.ENVIRONMENT,
        check=False,
    )

    assert done.stdout != b"done\n"
    assert not (tmp_path / "clear").exists() or not (tmp_path / "clear").read_bytes()


def test_site_that_reads_and_shows_passports_loads_no_engine() -> None:
    """Half a gigabyte has no place in a process of the site."""
    done = _run("import registration.app, registration.jobs.worker, sys; print(*sys.modules)")

    assert not set(mrz_reader.LIBRARIES) & set(done.split())


def test_without_the_extra_everything_is_imported_and_nothing_is_read() -> None:
    """The libraries are hidden from a process of its own, as if they were not installed."""
    done = _run(
        "import sys\n"
        "class Hide:\n"
        "    def __init__(self, finder):\n"
        "        self.finder = finder\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'rapidocr', 'onnxruntime', 'cv2'}:\n"
        "            return None\n"
        "        return self.finder.find_spec(name, path, target)\n"
        "sys.meta_path[:] = map(Hide, sys.meta_path)\n"
        "import registration.app\n"
        "from registration.jobs.reading import read_for_a_while\n"
        "from registration.uploads.mrz_reader import is_installed\n"
        "print(is_installed(), read_for_a_while(None, None, None))\n"
    )

    assert done == "False 0\n"
    assert is_installed()


def _run(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode()


def _picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG")
    return out.getvalue()
