"""`flask meeting`: check a meeting's file, load it, print it, print a delegation's link."""

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.language.translator import get_translator
from registration.meetings import checking
from registration.meetings.amending import Amendments, list_astray, list_differences
from registration.meetings.definition import Definition, read_definition
from registration.meetings.reading import get_meeting
from registration.meetings.remarks import Remark
from registration.meetings.rolling import weeks_to_roll
from registration.meetings.syntax import find_prefix
from registration.registrar import meetings
from registration.registrar.lettering import list_outdated
from registration.store.reading.meetings import (
    find_meeting_source,
    get_meeting_source,
    list_delegations,
    list_meeting_sources,
)
from registration.web.office import current_office

group = AppGroup("meeting", help="Meetings: check, load, export, and the links of delegations.")


@group.command(short_help="Check a file, or a meeting that is loaded.")
@click.argument("file_or_id")
def check(file_or_id: str) -> None:
    """Say what is wrong in a meeting's file, and what does not fit together.

    FILE_OR_ID is a file, or the name of a meeting that is loaded. Ends with 1 where a fault stands
    against loading; remarks and assumptions are no faults.
    """
    name, source = _find_source(file_or_id)
    definition = _read(source, name)
    _refuse_taken_prefix(definition, name, _read_neighbours(Path(file_or_id)))
    remarks = checking.check(definition)
    _print_list("does not fit together; the file keeps it", remarks)
    _print_list("was assumed", definition.assumptions)
    click.echo(f"{name}: {_count(definition)}. No fault: it can be loaded.")


@group.command(short_help="Load a file into the database.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--roll-forward",
    is_flag=True,
    help="Move all dates by whole weeks until the deadline is 30 days ahead: a rehearsal.",
)
def load(file: Path, roll_forward: bool) -> None:
    """Put a meeting into the database, or a newer version of its file in place of the older.

    The file's name without .toml becomes part of the addresses. Dates are rolled once, when the
    meeting is loaded first; its newer files keep to those weeks.
    """
    now = datetime.now(UTC)
    meeting_id = MeetingId(file.stem)
    source = _read_file(file)
    definition = _read(source, meeting_id)
    with current_office().database.reading() as session:
        loaded = {str(stored.id): stored.source for stored in list_meeting_sources(session)}
    _refuse_taken_prefix(definition, meeting_id, loaded)
    weeks = _choose_weeks(definition, meeting_id, now, roll_forward=roll_forward)
    try:
        meetings.load(
            current_office(),
            definition,
            source,
            meeting_id=meeting_id,
            rolled_weeks=weeks,
            now=now,
        )
    except meetings.AmendmentsDoNotFit as error:
        for fault in error.faults:
            click.echo(f"{meeting_id}: {fault}", err=True)
        raise click.ClickException(
            f"{meeting_id} was not loaded: what the desk changed of the meeting does not fit this"
            " file. Write the file so that it does, or take the change back at the desk."
        ) from error
    except (meetings.PlacesHeld, meetings.LanguageInUse) as error:
        raise click.ClickException(_tell_unfit(meeting_id, error)) from error
    except IntegrityError as error:
        raise click.ClickException(
            f"{meeting_id} was not loaded: somebody holds a seat or an entry that this file takes"
            " away. Withdraw the entry first, or leave the delegation and its seats in the file."
        ) from error
    click.echo(f"{meeting_id}: loaded, {_count(definition)}.")
    _print_list("the desk changed and keeps, whatever the file says", _list_changed(meeting_id))
    outdated = _count_outdated(meeting_id)
    if outdated:
        click.echo(
            f"{outdated} letters no longer say what this file says; the desk lists them under"
            " Registrations and issues them anew."
        )
    if weeks:
        click.echo(_tell_rehearsal(definition.to_meeting(meeting_id, weeks)))


def _tell_unfit(meeting_id: MeetingId, error: meetings.PlacesHeld | meetings.LanguageInUse) -> str:
    """Return why a file does not fit the people who have registered, and what to write instead."""
    if isinstance(error, meetings.LanguageInUse):
        return (
            f"{meeting_id} was not loaded: delegates or focal points are written to in {error},"
            f" which this file leaves out. Keep {error} in languages, with its texts."
        )
    return (
        f"{meeting_id} was not loaded: {error}, which is more than this file has places for. Leave"
        " the segment in the file with room for them, or change what they attend at the desk first."
    )


@group.command(short_help="Print the file of a loaded meeting.")
@click.argument("meeting")
def export(meeting: str) -> None:
    """Print the file of a loaded meeting as it was loaded."""
    click.echo(_find_stored(meeting), nl=False)


@group.command(short_help="Print the private link of a delegation.")
@click.argument("meeting")
@click.argument("delegation")
def link(meeting: str, delegation: str) -> None:
    """Print the private link of a delegation, for its focal point.

    Whoever has it can register for the delegation where admission is by link. DELEGATION is its
    key in the file, such as cr or rncom.
    """
    address = meetings.find_delegation_link(current_office(), meeting, delegation.lower())
    if address is None:
        raise click.ClickException(
            f"No delegation {delegation!r} in a loaded meeting {meeting!r};"
            f" `flask meeting export {meeting}` shows its keys."
        )
    click.echo(address)


def _list_changed(meeting_id: MeetingId) -> tuple[str, ...]:
    """Return where the file as loaded and the meeting as the desk left it differ, in words."""
    with current_office().database.reading() as session:
        stored = get_meeting_source(session, meeting_id)
        laters = {
            row.key: row.later_deadline
            for row in list_delegations(session, meeting_id)
            if row.later_deadline is not None
        }
    amendments = Amendments.from_json(json.loads(stored.amendments))
    table = tomllib.loads(stored.source)
    changed = list_differences(table, amendments)
    own = [f"delegations.{key}: a later deadline, {at.isoformat()}" for key, at in laters.items()]
    gone = [f"{each}: the file has it no more" for each in list_astray(table, amendments)]
    return (*changed, *own, *gone)


def _count_outdated(meeting_id: MeetingId) -> int:
    with current_office().database.reading() as session:
        return len(list_outdated(session, get_meeting(session, meeting_id)))


def _choose_weeks(
    definition: Definition, meeting_id: MeetingId, now: datetime, *, roll_forward: bool
) -> int:
    """By how many weeks the dates move. A rehearsal and a real meeting are never made of each
    other: entries and letters of the one would pass for the other's."""
    with current_office().database.reading() as session:
        stored = find_meeting_source(session, meeting_id)
    if stored is None:
        return weeks_to_roll(definition, now) if roll_forward else 0
    if stored.rolled_weeks and not roll_forward:
        raise click.ClickException(
            f"{meeting_id} is loaded as a rehearsal, {stored.rolled_weeks} weeks late. Load it with"
            " --roll-forward again, or load the real meeting into a database of its own."
        )
    return stored.rolled_weeks


def _tell_rehearsal(meeting: Meeting) -> str:
    words = get_translator("en")
    days = words.days(meeting.first_day, meeting.last_day)
    deadline = words.last_minute(meeting.deadline, meeting.zone)
    return (
        f"A rehearsal, {meeting.rolled_weeks} weeks later than the file says: {days};"
        f" registration until {deadline}. Nothing it issues is valid."
    )


def _find_source(file_or_id: str) -> tuple[str, str]:
    path = Path(file_or_id)
    if path.is_file():
        return path.stem, _read_file(path)
    if path.suffix:
        raise click.ClickException(f"There is no file {file_or_id}.")
    return file_or_id, _find_stored(file_or_id)


def _read_file(path: Path) -> str:
    try:
        # Some editors put a mark before UTF-8, which TOML does not know.
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise click.ClickException(
            f"{path}, line {line}: The file is not in UTF-8. Save it so in your editor."
        ) from error


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


def _read_neighbours(path: Path) -> dict[str, str]:
    """The other files of the folder, by name; nothing where a loaded meeting is checked."""
    if not path.is_file():
        return {}
    files = [each for each in sorted(path.parent.glob("*.toml")) if each.is_file()]
    return {each.stem: each.read_text("utf-8-sig", errors="replace") for each in files}


def _refuse_taken_prefix(definition: Definition, name: str, others: Mapping[str, str]) -> None:
    """Stop where another meeting's references begin so too: nobody could tell them apart.

    others: the files of the meetings beside this one, by name.
    """
    for other, source in others.items():
        if other != name and find_prefix(source) == definition.prefix:
            raise click.ClickException(
                f"{name}, prefix: The references of {other} begin with {definition.prefix} already."
                " Write another one, of two to six capital letters."
            )


def _print_list(heading: str, lines: list[Remark] | tuple[str, ...]) -> None:
    if lines:
        click.echo(f"What {heading} ({len(lines)}):")
    for line in lines:
        click.echo(f"  - {line}")


def _count(definition: Definition) -> str:
    seats = sum(delegation.seats for delegation in definition.delegations)
    return f"{len(definition.delegations)} delegations with {seats} seats"
