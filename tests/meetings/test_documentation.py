"""docs/meeting-file.md and the icons keep up with what a file may hold."""

import re
from pathlib import Path
from typing import get_args

import pytest

from registration.language.texts import PLACEHOLDERS
from registration.meetings.definition import Definition
from registration.meetings.keys import list_keys
from registration.meetings.parts import Icon

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("key", sorted(set(list_keys(Definition))))
def test_every_key_is_explained(key: str) -> None:
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", _guide()))))

    assert key in named, f"docs/meeting-file.md must say what {key!r} holds"


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_every_placeholder_is_explained(name: str) -> None:
    assert f"`{{{name}}}`" in _guide()


@pytest.mark.parametrize("icon", get_args(Icon))
def test_every_icon_is_drawn(icon: str) -> None:
    drawings = (ROOT / "templates" / "macros" / "icon.html").read_text(encoding="utf-8")

    assert f'  "{icon}": ' in drawings


def _guide() -> str:
    return (ROOT / "docs" / "meeting-file.md").read_text(encoding="utf-8")
