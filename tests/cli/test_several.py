"""`flask several`: commands one after the other in one process."""

import json
import os
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask

from config import Settings
from registration.app import create_app
from registration.cli.several import CommandFailed, run_several

ROOT = Path(__file__).parents[2]
ADD = ["staff", "add", "ana@example.org", "--name", "Ana", "--role", "reviewer"]


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


def test_each_tells_what_it_said_on_a_line_of_its_own(app: Flask) -> None:
    result = run(app, ADD, ["staff", "list"])

    assert result.exit_code == 0
    added, listed = map(json.loads, result.stdout.splitlines())
    assert added.startswith("ana@example.org: reviewer. First password: ")
    # What one has written the next one reads.
    assert listed == "ana@example.org\tAna\treviewer\topen\tpassword\n"


@pytest.mark.parametrize(
    ("failing", "sentence"),
    [
        (ADD, "Error: There is an account for ana@example.org already.\n"),
        # It ends with 1 and says why on its output, which is no line of what went well.
        (["mail", "send-again", str(UUID(int=7))], "0 of 1 mails are due again.\n"),
    ],
)
def test_none_is_run_after_the_first_that_fails(
    app: Flask, failing: list[str], sentence: str
) -> None:
    other = [each.replace("ana@", "luis@") for each in ADD]

    result = run(app, ADD, failing, other)

    assert (result.exit_code, result.stderr) == (1, sentence)
    assert [json.loads(each)[:15] for each in result.stdout.splitlines()] == ["ana@example.org"]
    assert "luis@" not in app.test_cli_runner().invoke(args=["staff", "list"]).output


def test_command_that_fails_is_named_with_its_sentence(tmp_path: Path) -> None:
    environ = {**os.environ, "DATA_DIR": str(tmp_path)}
    environ.pop("BASE_URL", None)

    with pytest.raises(CommandFailed) as failed:
        run_several([["database", "upgrade"], ["meeting", "export", "none"]], ROOT, environ)

    said = str(failed.value)
    assert said.startswith("flask meeting export none failed:\n")
    assert "none" in said.partition("\n")[2]


def run(app: Flask, *commands: list[str]) -> Result:
    lines = "".join(f"{json.dumps(each)}\n" for each in commands)
    return app.test_cli_runner().invoke(args=["several"], input=lines)
