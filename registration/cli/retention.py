"""`flask retention`: what personal data is held and until when; erasing what is due."""

from collections.abc import Iterator
from datetime import UTC, datetime

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from registration.domain.events import By
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.retention import CHOSEN_REASONS, Erasure, Reason, erased_on
from registration.domain.states import Actor
from registration.language.refusals import sentence
from registration.language.retention import kind_words, reason_words
from registration.language.translator import get_translator
from registration.meetings.reading import list_meetings
from registration.registrar import erasing
from registration.registrar.erasing import DataGone
from registration.store import reading
from registration.store.reading import holdings
from registration.web.office import current_office

group = AppGroup("retention", help="Personal data: what is held, erasing what is due.")


@group.command()
def run() -> None:
    """Erase what the meetings' dates ask for, and finish what was begun.

    The worker does the same by itself. Safe to stop at any point and to run again; run it after a
    backup of the database was restored.
    """
    office = current_office()
    try:
        finished = erasing.run_due(office, now=datetime.now(UTC))
    except OperationalError as fault:
        raise click.ClickException(
            "The database is in use, so that its files could not be written anew. What was due is"
            " erased from its tables; run this again."
        ) from fault
    with office.database.reading() as session:
        begun = len(holdings.list_unfinished(session))
    click.echo(f"{finished} erasures finished.")
    if begun:
        raise click.ClickException(f"{begun} are not finished; run this again.")


@group.command()
def show() -> None:
    """Say of each meeting what personal data is held, until when, and what was erased."""
    with current_office().database.reading() as session:
        for meeting in list_meetings(session):
            for line in _tell(session, meeting):
                click.echo(line)


@group.command()
@click.argument("reference")
@click.option(
    "--reason",
    type=click.Choice([each.value for each in CHOSEN_REASONS]),
    required=True,
    help="Why; it stands in the record, and nothing typed does.",
)
def erase(reference: str, reason: str) -> None:
    """Erase the personal data of the entry REFERENCE for good.

    Until the meeting is over an entry that takes part is withdrawn first.
    """
    office = current_office()
    found = _find(reference)
    result = erasing.erase_entry(
        office,
        found.id,
        reason=Reason(reason),
        by=By(actor=Actor.SECRETARIAT),
        at=datetime.now(UTC),
    )
    if not isinstance(result, DataGone):
        raise click.ClickException(sentence(result, get_translator("en")))
    finished = erasing.finish_begun(office)
    click.echo(f"{found.reference}: erased." + (" Its record is made." if finished else ""))


def _find(reference: str) -> Registration:
    with current_office().database.reading() as session:
        found = reading.find_by_reference(session, reference.strip().upper())
    if found is None:
        raise click.ClickException(f"There is no entry {reference}.")
    return found


def _tell(session: Session, meeting: Meeting) -> Iterator[str]:
    words = get_translator("en")
    yield f"{meeting.id}: {words.days(meeting.first_day, meeting.last_day)}"
    for kind, number in holdings.count_held(session, meeting.id).items():
        if number:
            yield f"  {number:6}  {kind_words(kind, words)}, until {erased_on(kind, meeting)}"
    for erasure in holdings.list_erasures(session, meeting.id):
        yield _tell_erasure(session, erasure)


def _tell_erasure(session: Session, erasure: Erasure) -> str:
    at = erasure.erased_at.strftime("%Y-%m-%d %H:%M")
    what = erasure.scope.value
    if erasure.registration_id is not None:
        what = reading.get_registration(session, erasure.registration_id).reference
    reason = reason_words(erasure.reason, get_translator("en"))
    end = "" if erasure.record else "  (not finished: run `flask retention run`)"
    return f"  erased {at} UTC  {what}  {reason}{end}"
