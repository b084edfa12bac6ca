"""A meeting's file as TOML: its table, or what keeps it from being one, in the writer's words."""

import re
import tomllib
from typing import Any

from registration.meetings.faults import Fault

_LINE = re.compile(r"at line (\d+)")
_TWICE = re.compile(r"Cannot (?:declare|overwrite)|Duplicate inline table key")
_ANYWHERE = "Look here for a quote, a bracket, a comma, or the seconds of 09:30:00."
_SMALLEST = "Copy docs/small-meeting.toml, and write your own words into it."


def read_table(source: str) -> dict[str, Any] | Fault:
    """Return the table of the file, or the one fault that keeps it from being read."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        return _read_complaint(str(error), source)
    except RecursionError:
        return _fault(None, "Brackets stand within brackets without an end.", "Close each of them.")
    return table or _fault(None, "The file is empty.", _SMALLEST)


def find_prefix(source: str) -> str | None:
    """Return with what the references of a file begin, whatever else is wrong in it."""
    table = read_table(source)
    prefix = None if isinstance(table, Fault) else table.get("prefix")
    return prefix if isinstance(prefix, str) else None


def _read_complaint(message: str, source: str) -> Fault:
    found = _LINE.search(message)
    line = int(found[1]) if found else None
    if _TWICE.match(message):
        return _fault(
            line,
            "What this line names stands in the file already.",
            "Take one of the two out; one more of a list begins with two brackets: [[segments]].",
        )
    if message.startswith("Invalid date"):
        return _fault(
            line, "This day or hour does not exist.", "Write one that calendar and clock have."
        )
    text = source.splitlines()[line - 1] if line and line <= len(source.splitlines()) else ""
    if message.startswith("Invalid initial character") and text.rstrip().endswith(("{", ",")):
        return _fault(
            line,
            "What stands between { and } goes on below.",
            "Write it in one line, without a comma before }.",
        )
    return _fault(line, f"This is not TOML: {message}.", _ANYWHERE)


def _fault(line: int | None, problem: str, remedy: str) -> Fault:
    return Fault(key="the file", line=line, problem=problem, remedy=remedy)
