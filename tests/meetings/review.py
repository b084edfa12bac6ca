"""The shipped file of the Regional Review, whole or with one thing changed in it."""

from pathlib import Path

from registration.domain.ids import MeetingId
from registration.meetings.definition import Definition, read_definition

GCM = MeetingId("gcm-regional-review-2025")
PATH = Path(__file__).parents[2] / "meetings" / f"{GCM}.toml"


def read_source() -> str:
    return PATH.read_text(encoding="utf-8")


def change(old: str, new: str, *, after: str = "") -> str:
    """Return the file with the first such words behind others changed; both must be there."""
    source = read_source()
    assert after in source, f"{after!r} stands no more in the file: change the test with it"
    begin = source.index(after)
    assert old in source[begin:], f"{old!r} stands no more in the file: change the test with it"
    return source[:begin] + source[begin:].replace(old, new, 1)


def define(source: str | None = None) -> Definition:
    """Return the definition of a source without faults."""
    definition = read_definition(source or read_source(), name=GCM)
    assert isinstance(definition, Definition), "\n".join(map(str, definition))
    return definition
