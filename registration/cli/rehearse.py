"""`flask rehearse`: a whole meeting played through, and the table of what came of it."""

import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from registration.cli.rehearsal.company import Bar
from registration.cli.rehearsal.play import Play
from registration.cli.rehearsal.report import write_papers
from registration.cli.rehearsal.stage import ROOT, StageFailed, set_up
from registration.domain.ids import MeetingId
from registration.meetings.definition import Definition, read_definition
from registration.meetings.rolling import weeks_to_roll


@click.command("rehearse", short_help="Play a whole meeting through, over HTTP and SMTP.")
@click.argument("meeting")
@click.option(
    "--out",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where letters, records, mails and report.json are written.",
)
def command(meeting: str, folder: Path) -> None:
    """Play MEETING (the name of a file in meetings/) through on a site of its own.

    Every delegation fills its seats with invented delegates; nothing of the operator's own site,
    database or mailbox is touched. Exits with 1 if anything went otherwise than it should.
    """
    path = ROOT / "meetings" / f"{meeting}.toml"
    if not path.is_file():
        raise click.ClickException(f"There is no file {meeting}.toml in meetings/.")
    definition = read_definition(path.read_text(encoding="utf-8"), name=meeting)
    if not isinstance(definition, Definition):
        raise click.ClickException("\n".join(map(str, definition)))
    try:
        with set_up(path) as stage:
            weeks = weeks_to_roll(definition, datetime.now(UTC))
            play = Play(stage, definition.to_meeting(MeetingId(meeting), weeks), _make_bar)
            report = play.run()
            write_papers(folder, play.mails, report)
    except StageFailed as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"\n{report.to_text()}\n\n{folder}: letters, records, mails, report.json")
    sys.exit(0 if report.is_good else 1)


def _make_bar(title: str, steps: int) -> AbstractContextManager[Bar]:
    bar = click.progressbar(length=steps, label=f"{title:36}")
    return cast("AbstractContextManager[Bar]", bar)
