"""The keys that a meeting's file may have, and the texts that stand in it."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from registration.meetings.faults import Place
from registration.meetings.parts import Part, Words


def list_keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of the table and of all the tables within it."""
    keys: list[str] = []
    for name, field in model.model_fields.items():
        keys.append(name)
        for part in _find_parts(field.annotation):
            keys.extend(list_keys(part))
    return keys


def _find_parts(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from _find_parts(argument)


def walk_texts(value: object, place: Place = ()) -> Iterator[tuple[Place, Words]]:
    """Give each text of the table in the order of the model, with its place in the file."""
    if isinstance(value, Words):
        yield place, value
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from walk_texts(getattr(value, name), (*place, name))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from walk_texts(each, (*place, index))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from walk_texts(each, (*place, name))
