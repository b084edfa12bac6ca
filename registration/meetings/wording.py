"""The texts of a meeting that people read and the desk may word: which they are, by group, what the
file says and what is said now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from registration.domain.events import OPENABLE
from registration.domain.ids import Language
from registration.meetings.amending import Amendments, text_key
from registration.meetings.definition import Definition, read_definition
from registration.meetings.faults import Place
from registration.meetings.keys import walk_texts
from registration.store.reading.meetings import MeetingSource

#: By group, the places in the file whose texts stand in it; a place covers all below it.
GROUPS: Mapping[str, tuple[Place, ...]] = {
    "letter": (("letter",),),
    "terms": (("terms",),),
    "paid": (("paid",),),
    "about": (("about",), ("names",)),
    "privacy": (("privacy",),),
    "mails": (("mails",),),
}


@dataclass(frozen=True)
class Wording:
    """One text. filed: what the file says, by language, nothing for a mail that it leaves as usual.
    said: what is said now."""

    key: str
    filed: Mapping[Language, str]
    said: Mapping[Language, str]

    def is_changed(self, language: Language) -> bool:
        """Return whether the desk words it otherwise than the file."""
        return self.filed.get(language, "") != self.said.get(language, "")


def list_wordings(source: MeetingSource, group: str) -> list[Wording]:
    """Return the texts of the group in the order of the file. Raises KeyError for no such group."""
    places = GROUPS[group]
    filed = _texts(source, Amendments())
    said = _texts(source, Amendments.from_json(json.loads(source.amendments)))
    keys = [key for key in said if any(_covers(place, key) for place in places)]
    if group == "mails":
        keys = [f"mails.{each.value}.opening" for each in OPENABLE]
    return [Wording(key, filed.get(key, {}), said.get(key, {})) for key in keys]


def _texts(source: MeetingSource, amendments: Amendments) -> dict[str, Mapping[Language, str]]:
    found = read_definition(source.source, name=source.id, amendments=amendments)
    if not isinstance(found, Definition):
        return {}
    return {text_key(place): dict(words.root) for place, words in walk_texts(found)}


def _covers(place: Place, key: str) -> bool:
    return f"{key}.".startswith(f"{text_key(place)}.")
