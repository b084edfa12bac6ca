"""What the desk has changed of a meeting's file: a patch, laid over the file before it is checked.

So the meeting as it stands is one meeting for every page, mail and letter, a wrong change is found
by the file's own checker, and a newer file keeps what the desk changed.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypeAlias

from registration.meetings.faults import Place, name_place

#: The tables of a TOML file, as the standard library reads them.
Table: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Amendments:
    """The patch. Everything in it is JSON, and laid over the file in this order.

    texts: by the key of the text's place ("letter.opening.0"), what it says in a language.
    dates: "deadline" and "changes_until" as the file writes them: local, ISO, not rolled.
    meeting: single keys of the file's head ("admission", "promote").
    delegations: by delegation, some of its keys ("seats", "labels", "addressee", "admission").
    added: whole delegations as the file would have them.
    """

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    meeting: Mapping[str, Any] = field(default_factory=dict)
    delegations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    added: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Amendments":
        """Return the patch of a meeting's row."""
        return cls(**{each.name: stored[each.name] for each in fields(cls) if each.name in stored})

    def to_json(self) -> dict[str, Any]:
        """Return what is kept in a meeting's row: nothing of what was not changed."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: deepcopy(value) for name, value in kept.items() if value}

    def with_text(self, key: str, language: str, words: str | None) -> "Amendments":
        """Return the patch with other words for a text; None falls back to the file's."""
        texts = {each: dict(by_language) for each, by_language in self.texts.items()}
        said = texts.pop(key, {})
        said.pop(language, None)
        if words is not None:
            said[language] = words
        if said:
            texts[key] = said
        return self._with(texts=texts)

    def with_dates(self, **dates: datetime) -> "Amendments":
        """Return the patch with other dates. dates: local, without zone, not rolled."""
        return self._with(
            dates={**self.dates, **{key: local.isoformat() for key, local in dates.items()}}
        )

    def with_meeting(self, **values: Any) -> "Amendments":  # noqa: ANN401  # as JSON has it
        """Return the patch with other keys of the file's head."""
        return self._with(meeting={**self.meeting, **values})

    def with_delegation(self, key: str, **values: Any) -> "Amendments":  # noqa: ANN401  # JSON
        """Return the patch with some keys of a delegation changed."""
        changed = {**self.delegations, key: {**self.delegations.get(key, {}), **values}}
        return self._with(delegations=changed)

    def with_added(self, delegation: Mapping[str, Any]) -> "Amendments":
        """Return the patch with one more delegation, written as the file would have it."""
        return self._with(added=[*self.added, dict(delegation)])

    def _with(self, **values: Any) -> "Amendments":  # noqa: ANN401  # one of the fields above
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        return Amendments(**{**kept, **values})


def lay_over(table: Table, amendments: Amendments) -> Table:
    """Return the file's table with the patch in it. What no longer has a place is left out."""
    patched = deepcopy(table)
    patched.update(deepcopy(dict(amendments.meeting)))
    for key, local in amendments.dates.items():
        patched.get("dates", {})[key] = datetime.fromisoformat(local)
    patched.setdefault("delegations", []).extend(
        deepcopy([dict(each) for each in amendments.added])
    )
    by_key = {each.get("key"): each for each in patched["delegations"]}
    for key, values in amendments.delegations.items():
        by_key.get(key, {}).update(deepcopy(dict(values)))
    for key, by_language in amendments.texts.items():
        text = _find_text(patched, key)
        if text is not None:
            text.update(by_language)
    return patched


def list_astray(table: Table, amendments: Amendments) -> list[str]:
    """Return what the desk changed and this file has no place for any more, as keys."""
    known = {each.get("key") for each in [*table.get("delegations", []), *amendments.added]}
    gone = [f"delegations.{key}" for key in amendments.delegations if key not in known]
    return gone + [key for key in amendments.texts if _find_text(table, key) is None]


def text_key(place: Place) -> str:
    """Return the key of a text's place: ("letter", "opening", 0) -> "letter.opening.0"."""
    return ".".join(str(part) for part in place)


def name_text(key: str) -> str:
    """Return the key as people write it, lists counted from 1: "letter.opening[1]"."""
    return name_place(tuple(int(each) if each.isdigit() else each for each in key.split(".")))


def _find_text(table: Table, key: str) -> Table | None:
    """Return the text's table of languages, or None."""
    found: Any = table
    for part in key.split("."):
        if isinstance(found, dict) and part in found:
            found = found[part]
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    is_text = isinstance(found, dict) and all(isinstance(each, str) for each in found.values())
    return found if is_text else None
