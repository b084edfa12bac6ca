"""Looking for what should be gone: bytes and texts, as they are and as programs write them."""

import quopri
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

#: Files are read in pieces of this size that overlap by the longest needle.
_PIECE = 16 * 2**20


def write_text(text: str) -> dict[str, bytes]:
    """Return the text in the forms in which files, mails and databases hold it."""
    utf8 = text.encode()
    return {
        "utf-8": utf8,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "json": text.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00"),
        "quoted-printable": quopri.encodestring(utf8),
        **_write_bytes(utf8),
    }


def write_block(block: bytes) -> dict[str, bytes]:
    """Return the bytes as they are, in hexadecimal and in base64."""
    return {"bytes": block, **_write_bytes(block)}


def find(folders: Iterable[Path], needles: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return the names of the needles that a file below the folders holds, with its path."""
    found: dict[str, set[str]] = {}
    longest = max(map(len, needles.values()))
    for path in sorted(each for folder in folders for each in folder.rglob("*")):
        if not path.is_file():
            continue
        for piece in _pieces(path, longest):
            for name, needle in needles.items():
                if needle in piece:
                    found.setdefault(str(path), set()).add(name)
    return {path: sorted(names) for path, names in found.items()}


def _write_bytes(data: bytes) -> dict[str, bytes]:
    forms = {"hex": data.hex().encode(), "HEX": data.hex().upper().encode()}
    for shift in range(3):
        # The first and last characters of base64 depend on what stands beside the bytes.
        coded = b64encode(bytes(shift) + data)
        forms[f"base64 +{shift}"] = coded[4 if shift else 0 : len(coded) // 4 * 4 - 4]
    return {name: form for name, form in forms.items() if len(form) >= 8}


def _pieces(path: Path, overlap: int) -> Iterable[bytes]:
    with path.open("rb") as file:
        tail = b""
        while data := file.read(_PIECE):
            yield tail + data
            tail = data[-overlap:]
