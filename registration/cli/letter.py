"""`flask letter`: whether a file is a letter of ours, and how a paper of ours is told aloud."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from registration.domain.meeting import Meeting
from registration.domain.papers import IssuedLetter
from registration.domain.verification import Verdict, judge_letter
from registration.letters.checking import check_paper
from registration.letters.held_files import LARGEST_LETTER, SealFound, read_seal
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.recognising import Match, Recognised, recognise
from registration.store import reading
from registration.web.office import current_office

group = AppGroup("letter", help="Letters and other papers: verify one, check how it is told.")

# How `verify` ends. 2 is click's own, for a command that was typed wrongly.
_NOT_OURS = 1
_NOT_IN_FORCE = 3


@group.command(short_help="Say whether a file is a letter that we issued.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Say whether FILE is, byte for byte, a letter that we issued, how it stands, and what its seal
    tells.

    Ends with 0 for a letter in force (one of a rehearsal too, and says so), 1 for a file that is
    none of ours or was changed since, 3 for a letter that was replaced or withdrawn.
    """
    if file.stat().st_size > LARGEST_LETTER:
        click.echo(f"{file.name}: this is not a letter that we issued; none is so large.")
        raise SystemExit(_NOT_OURS)
    office, data = current_office(), file.read_bytes()
    with office.database.reading() as session:
        found = recognise(session, data)
        if found.letter is not None:
            entry = reading.get_registration(session, found.letter.registration_id)
            meeting = get_meeting(session, entry.meeting_id)
    if found.letter is None or found.match is not Match.ISSUED:
        click.echo(f"{file.name}: {_tell_other(found)}")
        click.echo(_tell_seal(office, data))
        raise SystemExit(_NOT_OURS)
    click.echo(f"{file.name}: this is the letter {found.letter.number} that we issued.")
    verdict = judge_letter(found.letter, meeting)
    click.echo(_tell_verdict(verdict, found.letter, meeting))
    click.echo(_tell_seal(office, data))
    if verdict in {Verdict.REPLACED, Verdict.WITHDRAWN}:
        raise SystemExit(_NOT_IN_FORCE)


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


def _tell_other(found: Recognised) -> str:
    if found.letter is None:
        return "this is not a letter that we issued."
    if found.match is Match.RECORD:
        return f"this is the record of acceptance of our letter {found.letter.number}, no letter."
    if found.match is Match.ADDED_TO:
        return f"something was added to our letter {found.letter.number} after it was sealed."
    return f"it bears the number of our letter {found.letter.number}, but was changed since."


def _tell_verdict(verdict: Verdict, letter: IssuedLetter, meeting: Meeting) -> str:
    match verdict:
        case Verdict.VALID:
            return "It is valid."
        case Verdict.REHEARSAL:
            return "It is in force, but from a rehearsal: it invites nobody."
        case Verdict.REPLACED:
            since = _moment(letter.replaced_at, meeting)
            return f"It was replaced by {letter.newest_number}{since}."
        case Verdict.WITHDRAWN:
            return f"It was withdrawn{_moment(letter.withdrawn_at, meeting)}."


def _tell_seal(office: Office, data: bytes) -> str:
    seal = read_seal(data, office.seal.certificate)
    if seal is None:
        return "It has no seal that can be read."
    state = "is valid" if seal.is_intact else "is broken: the file was changed after it was sealed"
    return f"The seal {state}. It is of {seal.owner}{_at(seal)}, {_whose(seal, office)}."


def _whose(seal: SealFound, office: Office) -> str:
    if not seal.is_ours:
        return "not with the certificate that this site has now"
    return "this site's own rehearsal seal" if office.seal.is_rehearsal else "this site's own"


def _at(seal: SealFound) -> str:
    return "" if seal.at is None else f", made on {seal.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _moment(at: datetime | None, meeting: Meeting) -> str:
    """Return since when, in the meeting's time."""
    return (
        "" if at is None else f" on {at.astimezone(meeting.zone):%Y-%m-%d %H:%M} ({meeting.zone})"
    )
