"""`flask meeting`: check a meeting's file, load it, print it, print a delegation's link."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from registration.domain.ids import MeetingId
from registration.language.translator import get_translator
from registration.meetings import checking
from registration.meetings.definition import Definition, read_definition
from registration.meetings.rolling import weeks_to_roll
from registration.registrar import meetings
from registration.store.reading.meetings import find_delegation, find_meeting_source
from registration.web.office import current_office

group = AppGroup("meeting", help="Meetings: check, load, export, and the links of delegations.")


@group.command()
@click.argument("file_or_id")
def check(file_or_id: str) -> None:
    """Say what is wrong in a meeting's file, and what does not fit together.

    FILE_OR_ID is a file, or the name of a meeting that is loaded. Ends with 1 where a fault stands
    against loading; remarks and assumptions are no faults.
    """
    name, source = _find_source(file_or_id)
    definition = _read(source, name)
    remarks = checking.check(definition)
    _print_list("does not fit together; the file keeps it", remarks)
    _print_list("was assumed", definition.assumptions)
    click.echo(f"{name}: {_count(definition)}. No fault: it can be loaded.")


@group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--roll-forward",
    is_flag=True,
    help="Move all dates by whole weeks until the deadline is 30 days ahead: a rehearsal.",
)
def load(file: Path, roll_forward: bool) -> None:
    """Put a meeting into the database, or a newer version of its file in place of the older.

    The file's name without .toml becomes part of the addresses.
    """
    now = datetime.now(UTC)
    source = file.read_text(encoding="utf-8")
    definition = _read(source, file.stem)
    weeks = weeks_to_roll(definition, now) if roll_forward else 0
    meeting_id = MeetingId(file.stem)
    meetings.load(current_office(), source, meeting_id, weeks, now)
    click.echo(f"{meeting_id}: loaded, {_count(definition)}.")
    if weeks:
        words = get_translator("en")
        meeting = definition.to_meeting(meeting_id, weeks)
        click.echo(
            f"A rehearsal, {weeks} weeks later than the file says:"
            f" {words.days(meeting.first_day, meeting.last_day)}; registration until"
            f" {words.last_minute(meeting.deadline, meeting.zone)}. Nothing it issues is valid."
        )


@group.command()
@click.argument("meeting")
def export(meeting: str) -> None:
    """Print the file of a loaded meeting as it was loaded."""
    click.echo(_find_stored(meeting), nl=False)


@group.command()
@click.argument("meeting")
@click.argument("delegation")
def link(meeting: str, delegation: str) -> None:
    """Print the private link of a delegation, for its focal point.

    Whoever has it can register for the delegation where admission is by link. DELEGATION is its
    key in the file, such as cr or rncom.
    """
    office = current_office()
    with office.database.reading() as session:
        found = find_delegation(session, meeting, delegation.lower())
    if found is None:
        raise click.ClickException(
            f"No delegation {delegation!r} in a loaded meeting {meeting!r};"
            f" `flask meeting export {meeting}` shows its keys."
        )
    token = office.tokens.of_delegation(found.id, found.link_generation)
    click.echo(office.addresses.private(token))


def _find_source(file_or_id: str) -> tuple[str, str]:
    path = Path(file_or_id)
    if path.is_file():
        return path.stem, path.read_text(encoding="utf-8")
    if path.suffix:
        raise click.ClickException(f"There is no file {file_or_id}.")
    return file_or_id, _find_stored(file_or_id)


def _find_stored(meeting: str) -> str:
    with current_office().database.reading() as session:
        stored = find_meeting_source(session, meeting)
    if stored is None:
        raise click.ClickException(f"No meeting {meeting!r} is loaded, and no such file is there.")
    return stored.source


def _read(source: str, name: str) -> Definition:
    definition = read_definition(source, name=name)
    if isinstance(definition, Definition):
        return definition
    for fault in definition:
        click.echo(f"{name}: {fault}", err=True)
    noun = "fault stands" if len(definition) == 1 else "faults stand"
    raise click.ClickException(f"{len(definition)} {noun} against loading {name}.")


def _print_list(heading: str, lines: "list[checking.Remark] | tuple[str, ...]") -> None:
    if lines:
        click.echo(f"What {heading} ({len(lines)}):")
    for line in lines:
        click.echo(f"  - {line}")


def _count(definition: Definition) -> str:
    seats = sum(delegation.seats for delegation in definition.delegations)
    return f"{len(definition.delegations)} delegations with {seats} seats"
