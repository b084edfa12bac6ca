"""`flask letter`: look at a paper of the site's as those hear it who do not see it."""

from pathlib import Path

import click
from flask.cli import AppGroup

from registration.letters.checking import check_paper

group = AppGroup("letter", help="Letters and other papers: check how they are told.")


@group.command(short_help="Check a paper's structure, for those who hear it.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Hold what a paper tells against what it paints: marks, tree, links, tables, pictures.

    FILE is a PDF that this site drew, sealed or not. Whether its words are the right ones in the
    right order is checked where papers are made, in the tests and in `flask rehearse`. Ends with 1
    where anything is wrong.
    """
    findings = check_paper(file.read_bytes())
    for each in findings:
        click.echo(f"{each}.")
    if findings:
        raise click.ClickException(f"{len(findings)} faults.")
    click.echo("Nothing is wrong with its structure.")
