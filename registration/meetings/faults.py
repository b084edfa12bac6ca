"""What is wrong in a meeting's file: the key, the line, the fault, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: Where something stands in the file: ("delegations", 3, "seats"). Numbers count from 0.
Place: TypeAlias = tuple[str | int, ...]

_GUIDE = "docs/meeting-file.md"
_REMEDIES = {
    "date_type": "Write a day without quotes, such as 2022-03-31.",
    "date_from_datetime_inexact": "Write a day without an hour, such as 2022-03-31.",
    "datetime_type": "Write a day and an hour without quotes, such as 2022-03-02T00:00:00.",
    "time_type": "Write an hour with seconds and without quotes, such as 09:30:00.",
    "int_type": "Write a whole number without quotes.",
    "bool_type": "Write true or false, without quotes.",
    "string_type": "Write a text between quotes.",
    "dict_type": 'Write a text for each language: { en = "...", es = "..." }.',
    "tuple_type": "Write a list between square brackets, or several tables [[...]].",
}


@dataclass(frozen=True)
class Fault:
    """One thing to mend. key: as people write it, from 1: "delegations[4].seats". line: from 1."""

    key: str
    line: int | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.key}" if self.line else self.key
        return f"{where}: {self.problem} {self.remedy}"


@dataclass(frozen=True)
class Wrong:
    """A fault before its line is looked up."""

    place: Place
    problem: str
    remedy: str


def name_place(place: Place) -> str:
    """Return the place as people write it; lists count from 1: "delegations[4].seats"."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place]
    return "".join(parts).removeprefix(".") or "the file"


def read_error(error: "ErrorDetails", known_keys: Iterable[str]) -> Wrong:
    """Return what one complaint of pydantic's means to whoever writes the file.

    known_keys: every key that the file's tables may have, for the likeliest one meant.
    """
    place = tuple(error["loc"])
    key = str(place[-1]) if place else ""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return Wrong(place, f"The key {key!r} is missing.", f"Add it; {_GUIDE} shows it.")
        case "extra_forbidden":
            return Wrong(place, f"The key {key!r} is not known here.", _suggest(key, known_keys))
        case "enum" | "literal_error":
            expected = context.get("expected", "")
            return Wrong(place, f"{error['input']!r} is not known.", f"Write {expected}.")
        case "greater_than_equal":
            least = context.get("ge")
            return Wrong(place, f"{error['input']!r} is too small.", f"Write {least} or more.")
        case "too_short":
            return Wrong(place, "The list is empty.", "Give at least one.")
        case "value_error":
            problem, _, remedy = str(context["error"]).partition(" | ")
            return Wrong(place, problem, remedy)
        case kind:
            return Wrong(place, f"{error['msg']}.", _REMEDIES.get(kind, f"{_GUIDE} shows it."))


def _suggest(key: str, known_keys: Iterable[str]) -> str:
    near = get_close_matches(key, known_keys, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Take it out; {_GUIDE} names all keys."
