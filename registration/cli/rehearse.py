"""`flask rehearse`: a whole meeting played through, and the table of what came of it."""

import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, cast

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
@click.option(
    "--people",
    type=click.IntRange(min=0),
    default=0,
    help="How many take part at least: as many more come through the categories without limit.",
)
def command(meeting: str, folder: Path, people: int) -> None:
    """Play MEETING (a file, or the name of one in meetings/) through on a site of its own.

    Every delegation fills its seats with invented delegates, and what else the meeting has is
    played: categories that register themselves, segments until one is full, calls until they are
    decided. Nothing of the operator's own site, database or mailbox is touched. Exits with 1 if
    anything went otherwise than it should.
    """
    path = Path(meeting) if meeting.endswith(".toml") else ROOT / "meetings" / f"{meeting}.toml"
    if not path.is_file():
        raise click.ClickException(f"There is no file {path}.")
    definition = read_definition(path.read_text(encoding="utf-8"), name=path.stem)
    if not isinstance(definition, Definition):
        raise click.ClickException("\n".join(map(str, definition)))
    try:
        with set_up(path) as stage:
            weeks = weeks_to_roll(definition, datetime.now(UTC))
            rolled = definition.to_meeting(MeetingId(path.stem), weeks)
            play = Play(stage, rolled, _make_bar, people=people)
            report = play.run()
            write_papers(folder, play.mails, report)
    except StageFailed as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"\n{report.to_text()}\n\n{folder}: letters, records, mails, report.json")
    sys.exit(0 if report.is_good else 1)


def _make_bar(title: str, steps: int) -> AbstractContextManager[Bar]:
    if not sys.stdout.isatty():
        return _Lines(title, steps)
    bar = click.progressbar(length=steps, label=f"{title:52}")
    return cast("AbstractContextManager[Bar]", bar)


class _Lines:
    """A progress bar for a file or a pipe: a line for each tenth."""

    def __init__(self, title: str, steps: int) -> None:
        self._title = title
        self._steps = steps
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update(self, n_steps: int) -> None:
        """Say how far it is, at each tenth."""
        before, self._done = self._done, self._done + n_steps
        if self._done * 10 // self._steps > before * 10 // self._steps:
            click.echo(f"{self._title}: {self._done} of {self._steps}")
