"""`flask history`: hold the chains against themselves, seal their ends, and show one entry's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from registration.domain.papers import HistoryLine
from registration.domain.registrations import Registration
from registration.registrar import auditing
from registration.registrar.office import Office
from registration.registrar.sealing_history import seal_history
from registration.store import reading
from registration.store.reading import audit, seals
from registration.store.reading.flaws import FlawedLine
from registration.store.reading.submissions import chain_of_submission, list_submission_ids
from registration.vault.storage import StorageFailed
from registration.web.office import current_office

group = AppGroup("history", help="The history: verify and seal its chains, show an entry's.")

# The worker seals once a day; after two days it is asked after.
_LONGEST_PAUSE = timedelta(days=2)


@group.command(short_help="Find lines that were changed, removed or inserted.")
@click.argument("meeting", required=False)
@click.option(
    "--certificate",
    "certificates",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A certificate that the site sealed with before (PEM or DER). May be given several times.",
)
@click.option(
    "--sealed",
    metavar="NUMBER:HASH",
    help="A sealed line as it was printed once; it must be there still.",
)
@click.option("--without-files", is_flag=True, help="Do not open each letter and record.")
def verify(
    meeting: str | None, certificates: Sequence[Path], sealed: str | None, without_files: bool
) -> None:
    """Hold every chain of history against its hashes, or those of MEETING and its entries; against
    the sealed lines; and the letters and acceptances against the lines that tell of them.

    Ends with 1 where anything is wrong. Erased personal facts are nothing wrong.
    """
    office = current_office()
    former = [_read_certificate(each) for each in certificates]
    with office.database.reading() as session:
        chains = None if meeting is None else _list_chains(session, meeting)
        count = audit.count_lines(session, chains)
    flaws = [
        f"{each.chain}, line {each.number}: {each.flaw}."
        for each in _list_flaws(office, chains, with_files=not without_files)
    ]
    flaws += [
        f"sealed line {each.number}: {each.flaw}."
        for each in auditing.list_broken_seals(office, former)
    ]
    if sealed and not _is_sealed(office, sealed):
        flaws.append(f"sealed line {sealed}: it is not there.")
    for flaw in flaws:
        click.echo(flaw)
    if flaws:
        raise click.ClickException(f"{len(flaws)} flaws in {count} lines.")
    click.echo(f"{count} lines, nothing changed, removed or inserted.")
    click.echo(_tell_newest(office))


@group.command(short_help="Seal the ends of all chains now.")
def seal() -> None:
    """Sign where every chain ends now. The worker does so once a day.

    Prints the sealed line: keep it where whoever writes to the database cannot, for `flask history
    verify --sealed`.
    """
    made = seal_history(current_office(), now=datetime.now(UTC))
    if made is None:
        raise click.ClickException("Another process is sealing; nothing is left to do.")
    click.echo(f"{made.number}:{made.hash}")


@group.command(short_help="Show the history of an entry.")
@click.argument("reference")
def show(reference: str) -> None:
    """Print what happened to the entry REFERENCE, the oldest first, in UTC."""
    with current_office().database.reading() as session:
        registration = reading.find_by_reference(session, reference.strip().upper())
        if registration is None:
            raise click.ClickException(f"There is no entry {reference}.")
        chain = reading.chain_of_registration(registration.id)
        lines = reading.list_history(session, chain)
    click.echo(_title(registration))
    for line in reversed(lines):
        click.echo(_line(line))


def _list_flaws(office: Office, chains: list[str] | None, *, with_files: bool) -> list[FlawedLine]:
    try:
        return auditing.list_flaws(office, chains, with_files=with_files)
    except StorageFailed as fault:
        raise click.ClickException(
            f"The files cannot be read now ({fault}); --without-files leaves them out."
        ) from fault


def _read_certificate(file: Path) -> bytes:
    data = file.read_bytes()
    load = load_pem_x509_certificate if b"-----BEGIN" in data else load_der_x509_certificate
    try:
        return load(data).public_bytes(Encoding.DER)
    except ValueError as error:
        raise click.ClickException(f"{file} holds no certificate.") from error


def _is_sealed(office: Office, told: str) -> bool:
    """Return whether the line that was printed as NUMBER:HASH is there."""
    with office.database.reading() as session:
        return told.strip().lower() in seals.list_seals(session)


def _tell_newest(office: Office) -> str:
    with office.database.reading() as session:
        last = seals.find_last_seal(session)
    if last is None:
        return "No line is sealed yet: the worker seals once a day, `flask history seal` at once."
    at = f"{last.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    told = f"Sealed until {at} UTC by {last.number}:{last.hash.hex()}"
    if datetime.now(UTC) - last.at > _LONGEST_PAUSE:
        return f"{told}; nothing was sealed since: does the worker run?"
    return f"{told}."


def _list_chains(session: Session, meeting: str) -> list[str]:
    source = reading.find_meeting_source(session, meeting)
    if source is None:
        raise click.ClickException(f"No meeting {meeting} is loaded.")
    entries = reading.list_registrations(session, source.id)
    chains = [reading.chain_of_registration(each.id) for each in entries]
    chains += [chain_of_submission(each) for each in list_submission_ids(session, source.id)]
    return [f"meeting:{source.id}", *chains]


def _title(registration: Registration) -> str:
    return f"{registration.reference}  {registration.full_name}  {registration.state}"


def _line(line: HistoryLine) -> str:
    who = line.staff_name or line.actor.value.replace("_", " ")
    facts = {key: value for key, value in line.facts.items() if value}
    told = {key: value for key, value in line.details.items() if key != "staff"}
    more = "  ".join(f"{key}: {value}" for key, value in {**facts, **told}.items())
    at = line.at.strftime("%Y-%m-%d %H:%M:%S")
    return f"{line.number:4}  {at}  {line.event.value}  {who}  {more}".rstrip()
