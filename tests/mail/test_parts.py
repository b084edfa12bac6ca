"""The building blocks of the plain text of mails."""

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from registration.language.translator import get_translator


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Venue: Lima", "You attend:", "- Hearing", "- Closing"]),
        # French sets a no-break space before a colon.
        ("fr", ["Venue\u00a0: Lima", "You attend\u00a0:", "- Hearing", "- Closing"]),
    ],
)
def test_several_values_of_one_label_stand_below_it(language: str, told: list[str]) -> None:
    lines = [
        SimpleNamespace(label="Venue", value="Lima"),
        SimpleNamespace(label="You attend", value="Hearing"),
        SimpleNamespace(label="", value="Closing"),
    ]

    text = _parts(language).details(lines)

    assert [each for each in text.splitlines() if each] == told


def test_single_value_stands_beside_its_label() -> None:
    lines = [SimpleNamespace(label="You attend", value="Hearing")]

    assert _parts("en").details(lines).strip() == "You attend: Hearing"


def _parts(language: str) -> Any:  # jinja2 makes the macros of the module
    templates = Environment(
        loader=FileSystemLoader("templates"),
        autoescape=False,  # noqa: S701  # plain text
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["_"] = get_translator(language).gettext
    return templates.get_template("mail/parts.txt").module
