"""What the codes of a font stand for, by its ToUnicode map."""

import re
from collections.abc import Iterator

import pikepdf


class Font:
    """What each code of a font stands for. wide: whether a code has two bytes."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.wide = font.get("/Subtype") == "/Type0"
        self._characters = read_map(font)

    def read(self, codes: bytes) -> str | None:
        """Return the characters, or None where one has none."""
        step = 2 if self.wide else 1
        numbers = (int.from_bytes(codes[i : i + step]) for i in range(0, len(codes), step))
        found = [self._characters.get(each) for each in numbers]
        return None if None in found else "".join(each or "" for each in found)


def read_map(font: pikepdf.Object) -> dict[int, str]:
    """Return what each code of a font stands for, by its ToUnicode map."""
    if "/ToUnicode" not in font:
        return {}
    lines = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", lines, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = _text(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", lines, re.S):
        found.update(_list_range(block))
    return found


def _list_range(block: str) -> Iterator[tuple[int, str]]:
    for first, last, texts in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.S):
        codes = range(int(first, 16), int(last, 16) + 1)
        yield from zip(codes, map(_text, re.findall(r"<(\w+)>", texts)), strict=False)
    for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
        start = _text(text)
        for offset in range(int(last, 16) - int(first, 16) + 1):
            yield int(first, 16) + offset, start[:-1] + chr(ord(start[-1]) + offset)


def _text(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")
