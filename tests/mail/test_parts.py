"""The building blocks of the plain text of mails."""

from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader


def test_line_without_a_label_of_its_own_continues_the_one_above() -> None:
    templates = Environment(loader=FileSystemLoader("templates"), autoescape=False)  # noqa: S701
    parts = templates.get_template("mail/parts.txt").module
    lines = [
        SimpleNamespace(label="You attend", value="Hearing"),
        SimpleNamespace(label="", value="Closing"),
    ]

    text = parts.details(lines)

    assert [each for each in text.splitlines() if each] == ["You attend: Hearing", "- Closing"]
