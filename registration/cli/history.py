"""`flask history`: hold the chains against themselves, and show one entry's."""

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from registration.domain.papers import HistoryLine
from registration.domain.registrations import Registration
from registration.store import reading
from registration.store.reading import audit
from registration.web.office import current_office

group = AppGroup("history", help="The history: verify its chains, show an entry's.")


@group.command(short_help="Find lines that were changed, removed or inserted.")
@click.argument("meeting", required=False)
def verify(meeting: str | None) -> None:
    """Hold every chain of history against its hashes, or those of MEETING and its entries.

    Ends with 1 where anything is wrong. Erased personal facts are nothing wrong.
    """
    with current_office().database.reading() as session:
        chains = None if meeting is None else _list_chains(session, meeting)
        flaws = audit.list_flaws(session, chains)
        count = audit.count_lines(session, chains)
    for flaw in flaws:
        click.echo(f"{flaw.chain}, line {flaw.number}: {flaw.flaw}.")
    if flaws:
        raise click.ClickException(f"{len(flaws)} flaws in {count} lines.")
    click.echo(f"{count} lines, nothing changed, removed or inserted.")


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


def _list_chains(session: Session, meeting: str) -> list[str]:
    source = reading.find_meeting_source(session, meeting)
    if source is None:
        raise click.ClickException(f"No meeting {meeting} is loaded.")
    entries = reading.list_registrations(session, source.id)
    chains = [reading.chain_of_registration(each.id) for each in entries]
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
