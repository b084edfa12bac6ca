"""On which line of a TOML file a key stands: the parser of the standard library does not say."""

import re
from collections.abc import Iterator, Mapping

from registration.meetings.faults import Place

_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"^\s*([\w-]+(?:\.[\w-]+)*)\s*=\s*(.*)$")
_ELEMENT = re.compile(r"^\s*\{")


def find_line(lines: Mapping[Place, int], place: Place) -> int | None:
    """Return the line of the key, or of the nearest table above it that has one.

    lines: of `index_lines`.
    """
    while place:
        # A list of tables begins on the line of its first one.
        for here in (place, (*place, 0)):
            if here in lines:
                return lines[here]
        place = place[:-1]
    return None


def index_lines(source: str) -> dict[Place, int]:
    """Return the line, from 1, of each key, table and element of a list that begins a line.

    source: TOML that parses. Keys within an inline table are not found: its own line serves.
    """
    lines: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    open_list: Place | None = None
    for number, line in _outside_texts(source):
        if heading := _TABLE.match(line):
            table = _enter(heading[2], counts, is_list=heading[1] == "[[")
            lines.setdefault(table, number)
            open_list = None
        elif entry := _KEY.match(line):
            place = (*table, *entry[1].split("."))
            lines[place] = number
            # text.en = "..." opens the text, too.
            for depth in range(len(table) + 1, len(place)):
                lines.setdefault(place[:depth], number)
            open_list = place if entry[2].startswith("[") and "]" not in entry[2] else None
            counts.pop(place, None)
        elif open_list and _ELEMENT.match(line):
            counts[open_list] = counts.get(open_list, -1) + 1
            lines[(*open_list, counts[open_list])] = number
    return lines


def _enter(name: str, counts: dict[Place, int], *, is_list: bool) -> Place:
    """Return the place of the table that a heading opens; lists above it mean their last one."""
    place: Place = ()
    parts = name.split(".")
    for depth, part in enumerate(parts, start=1):
        place = (*place, part)
        if is_list and depth == len(parts):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _outside_texts(source: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of the source that do not begin within a text of several lines."""
    within = False
    for number, line in enumerate(source.splitlines(), start=1):
        if not within:
            yield number, line
        if line.count('"""') % 2:
            within = not within
