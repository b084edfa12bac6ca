"""Looking for what should be gone: bytes and texts, as they are and as programs write them."""

import quopri
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

#: Every needle begins with so many bytes by which it is looked for, all of them at once.
_HEAD = 8
# Files are read in pieces of this size that overlap by the longest needle.
_PIECE = 4 * 2**20


def write_text(text: str) -> dict[str, bytes]:
    """Return the text in the forms in which files, mails and databases hold it."""
    utf8 = text.encode()
    forms = {
        "utf-8": utf8,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "json": text.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00"),
        "quoted-printable": quopri.encodestring(utf8),
        **_coded(utf8),
    }
    return {f"{text} as {name}": form for name, form in forms.items() if len(form) >= _HEAD}


def write_block(block: bytes, name: str) -> dict[str, bytes]:
    """Return the bytes as they are, in hexadecimal and in base64. name: what to call them."""
    return {f"{name} as {form}": data for form, data in {"bytes": block, **_coded(block)}.items()}


def find(paths: Iterable[Path], needles: Mapping[str, bytes]) -> dict[str, set[str]]:
    """Return which needles are found in which of the files, or in those below the folders."""
    found: dict[str, set[str]] = {}
    by_head: dict[bytes, list[str]] = {}
    for name, needle in needles.items():
        assert len(needle) >= _HEAD, name
        by_head.setdefault(needle[:_HEAD], []).append(name)
    heads = np.array([int.from_bytes(head, "little") for head in by_head], dtype=np.uint64)
    overlap = max(map(len, needles.values()))
    for path in _files(paths):
        for piece in _pieces(path, overlap):
            for at in _find_heads(piece, heads):
                for name in by_head[piece[at : at + _HEAD]]:
                    if piece.startswith(needles[name], at):
                        found.setdefault(path.name, set()).add(name)
    return found


def _coded(data: bytes) -> dict[str, bytes]:
    forms = {"hex": data.hex().encode(), "HEX": data.hex().upper().encode()}
    for shift in range(3):
        # The first and last characters of base64 depend on what stands beside the bytes.
        coded = b64encode(bytes(shift) + data)
        form = coded[4 if shift else 0 : (len(data) + shift) // 3 * 4]
        if len(form) >= _HEAD:
            forms[f"base64 +{shift}"] = form
    return forms


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(each for each in (path, *path.rglob("*")) if each.is_file())


def _pieces(path: Path, overlap: int) -> Iterator[bytes]:
    tail = b""
    with path.open("rb") as file:
        while data := file.read(_PIECE):
            yield tail + data
            tail = (tail + data)[-overlap:]


def _find_heads(piece: bytes, heads: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> list[int]:
    """Return the offsets at which any of the heads stands."""
    count = len(piece) - _HEAD + 1
    if count <= 0:
        return []
    data = np.frombuffer(piece, dtype=np.uint8)
    windows = np.zeros(count, dtype=np.uint64)
    for index in range(_HEAD):
        windows |= data[index : index + count].astype(np.uint64) << np.uint64(8 * index)
    return [int(each) for each in np.flatnonzero(np.isin(windows, heads))]
