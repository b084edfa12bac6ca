"""`flask several`: commands one after the other in one process.

The site takes seconds to import, and `make run` and the rehearsal begin with half a dozen commands.
"""

import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext


class CommandFailed(Exception):
    """A command that makes something ready has failed; the message is what it said."""


def run_several(
    commands: Sequence[Sequence[str]], root: Path, environ: Mapping[str, str]
) -> list[str]:
    """Run `flask` commands as an operator would, and return what each of them said. root: of the
    project.

    Raises CommandFailed at the first that fails; those before it are done.
    """
    # As an operator would: the commands stand below the site, which they are part of.
    result = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "several"],
        input="".join(f"{json.dumps(list(each))}\n" for each in commands),
        cwd=root,
        env=dict(environ),
        capture_output=True,
        text=True,
        check=False,
    )
    said: list[str] = [json.loads(line) for line in result.stdout.splitlines()]
    if result.returncode != 0:
        failed = " ".join(commands[min(len(said), len(commands) - 1)])
        raise CommandFailed(f"flask {failed} failed:\n{result.stderr}")
    return said


@click.command("several", short_help="Run several commands in one process.")
@with_appcontext
def command() -> None:
    """Run the commands on the input, each a JSON list of arguments on a line of its own, until one
    fails. On the output stands a line for each that went well: what it said, as JSON."""
    for line in sys.stdin:
        said = io.StringIO()
        try:
            # A context for each: what one read from the database is not what the next one finds.
            with redirect_stdout(said), current_app.app_context():
                current_app.cli.main(json.loads(line), "flask", standalone_mode=False)
        except SystemExit:
            click.echo(said.getvalue(), err=True, nl=False)
            raise
        click.echo(json.dumps(said.getvalue()))
