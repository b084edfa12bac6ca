"""The shipped file of the workshop, whole or with one thing changed in it."""

from pathlib import Path

from registration.domain.ids import MeetingId
from registration.meetings.definition import Definition, read_definition

RCM = MeetingId("rcm-imrf-2022")
PATH = Path(__file__).parents[2] / "meetings" / f"{RCM}.toml"


def read_source() -> str:
    return PATH.read_text(encoding="utf-8")


def change(old: str, new: str) -> str:
    """Return the file with the first such words changed; the words must be there."""
    source = read_source()
    assert old in source, f"{old!r} stands no more in the file: change the test with it"
    return source.replace(old, new, 1)


def define(source: str | None = None) -> Definition:
    """Return the definition of a source without faults."""
    definition = read_definition(source or read_source(), name=RCM)
    assert isinstance(definition, Definition), "\n".join(map(str, definition))
    return definition
