"""`flask letter check`."""

from pathlib import Path

from click.testing import Result
from flask import Flask

from registration.cli.letter import group
from registration.letters.paper import draw_letter
from tests.letters.samples import make_letter


def test_letter_of_ours_has_nothing_wrong(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(draw_letter(make_letter()))

    result = _check(file)

    assert (result.exit_code, result.output) == (0, "Nothing is wrong with its structure.\n")


def test_file_that_is_no_paper_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"no PDF")

    result = _check(file)

    assert result.exit_code == 1
    assert "the file does not say what it is" in result.output


def _check(file: Path) -> Result:
    app = Flask("test")
    app.cli.add_command(group)
    return app.test_cli_runner().invoke(args=["letter", "check", str(file)])
