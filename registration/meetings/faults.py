"""What is wrong in a meeting's file: the key, the line, the fault, and what to write instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: Where something stands in the file: ("delegations", 3, "seats"). Numbers count from 0.
Place: TypeAlias = tuple[str | int, ...]

_GUIDE = "docs/meeting-file.md"
#: The keys that stand in no table.
_TOP = frozenset(
    {
        "prefix",
        "languages",
        "contact",
        "admission",
        "promote",
        "retention_days",
        "passport_retention_days",
        "assumptions",
        "treatments",
        "abbreviations",
    }
)
# What pydantic calls it -> what is wrong, and what to write instead.
_KINDS = {
    "date_type": ("This is no day.", "Write it without quotes, such as 2022-03-31."),
    "date_from_datetime_inexact": ("A day has no hour.", "Write a day, such as 2022-03-31."),
    "datetime_type": (
        "This is no moment.",
        "Write a day and an hour without quotes, such as 2022-03-02T00:00:00.",
    ),
    "time_type": ("This is no hour.", "Write it without quotes, such as 09:30:00."),
    "int_type": ("This is no whole number.", "Write it without quotes, such as 2."),
    "bool_type": ("This is neither true nor false.", "Write true or false, without quotes."),
    "string_type": ("This is no text.", "Write it between quotes."),
    "dict_type": (
        "The text says not in which language it is.",
        'Write it in each language: { en = "...", es = "..." }.',
    ),
    "tuple_type": ("This is no list.", "Write [...], or one table [[...]] for each element."),
    "model_type": ("This is no table.", "Write its keys below a heading [...]."),
    "too_short": ("The list is empty.", "Give at least one."),
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


def name_days(first: date, last: date) -> str:
    """Return which days to write, from the first to the last of the meeting."""
    return f"Write {first}." if first == last else f"Write a day from {first} to {last}."


def offer_key(key: str, otherwise: str) -> str:
    """Return what to do with a key that its table does not know: most are to stand further up."""
    if key in _TOP:
        return "Write it above the first line with brackets: below one it belongs to that table."
    return otherwise


def read_errors(errors: Sequence["ErrorDetails"], known_keys: Iterable[str]) -> list[Wrong]:
    """Return what the complaints of pydantic mean to whoever writes the file.

    known_keys: every key that the file's tables may have, for the likeliest one meant. A key that
    is missing under its own name and unknown under a misspelt one is one fault; so is a list that
    is empty only because its elements are wrong.
    """
    missing = [tuple(each["loc"]) for each in errors if each["type"] == "missing"]
    unknown = [tuple(each["loc"]) for each in errors if each["type"] == "extra_forbidden"]
    meant = {place: _find_meant(place, missing, known_keys) for place in unknown}
    told_already = {(*place[:-1], key) for place, key in meant.items()}
    return [
        *(_unknown_key(place, key) for place, key in meant.items()),
        *(
            _read_error(each)
            for each in errors
            if tuple(each["loc"]) not in {*told_already, *unknown} and not _is_echo(each, errors)
        ),
    ]


def _find_meant(place: Place, missing: Iterable[Place], known_keys: Iterable[str]) -> str | None:
    """The likeliest key meant: one that the same table lacks, before one of any table."""
    typed = str(place[-1])
    lacking = [str(each[-1]) for each in missing if each[:-1] == place[:-1]]
    # A key of another table may be spelt just so: it is not what is meant here.
    others = [each for each in known_keys if each != typed]
    near = get_close_matches(typed, lacking, n=1) or get_close_matches(typed, others, n=1)
    return near[0] if near else None


def _unknown_key(place: Place, meant: str | None) -> Wrong:
    remedy = f"Did you mean {meant!r}?" if meant else f"Take it out; {_GUIDE} names all keys."
    if len(place) > 1:
        remedy = offer_key(str(place[-1]), remedy)
    return Wrong(place, f"The key {place[-1]!r} is not known here.", remedy)


def _is_echo(error: "ErrorDetails", errors: Iterable["ErrorDetails"]) -> bool:
    place = tuple(error["loc"])
    return error["type"] == "too_short" and any(
        tuple(other["loc"])[: len(place)] == place and len(other["loc"]) > len(place)
        for other in errors
    )


def _read_error(error: "ErrorDetails") -> Wrong:
    place = tuple(error["loc"])
    key = str(place[-1]) if place else ""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return Wrong(place, f"The key {key!r} is missing.", f"Add it; {_GUIDE} shows it.")
        case "enum" | "literal_error":
            expected = context.get("expected", "")
            return Wrong(place, f"{error['input']!r} is not known.", f"Write {expected}.")
        case "greater_than_equal":
            least = context.get("ge")
            return Wrong(place, f"{error['input']!r} is too small.", f"Write {least} or more.")
        case "less_than_equal":
            most = context.get("le")
            return Wrong(place, f"{error['input']!r} is too large.", f"Write {most} or less.")
        case "value_error":
            problem, _, remedy = str(context["error"]).partition(" | ")
            return Wrong(place, problem, remedy)
        case kind:
            fallback = (f"{error['msg']}.", f"{_GUIDE} shows how it is written.")
            return Wrong(place, *_KINDS.get(kind, fallback))
