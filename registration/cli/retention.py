"""`flask retention`: what personal data is held and until when; erasing what is due."""

from collections.abc import Iterator
from datetime import UTC, datetime

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from registration.domain.call_refusals import CallRefusal
from registration.domain.events import By
from registration.domain.meeting import Meeting
from registration.domain.refusals import Refusal
from registration.domain.retention import CHOSEN_REASONS, Erasure, Reason, erased_on
from registration.domain.states import Actor
from registration.language.refusals import sentence
from registration.language.retention import kind_words, reason_words
from registration.language.translator import get_translator
from registration.meetings.reading import list_meetings
from registration.registrar import erasing, erasing_one
from registration.registrar.erasing_one import DataGone
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading import holdings
from registration.store.reading.submissions import find_submission_by_reference
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
    """Erase the personal data of the entry REFERENCE, or of what was sent to a call, for good.

    Until the meeting is over what still counts is withdrawn first.
    """
    office, number = current_office(), reference.strip().upper()
    result = _erase(office, number, Reason(reason))
    if not isinstance(result, DataGone):
        raise click.ClickException(sentence(result, get_translator("en")))
    finished = erasing.finish_begun(office)
    click.echo(f"{number}: erased." + (" Its record is made." if finished else ""))


def _erase(office: Office, number: str, reason: Reason) -> DataGone | Refusal | CallRefusal:
    by, at = By(actor=Actor.SECRETARIAT), datetime.now(UTC)
    with office.database.reading() as session:
        entry = reading.find_by_reference(session, number)
        sent = find_submission_by_reference(session, number)
    if entry is not None:
        return erasing_one.erase_entry(office, entry.id, reason=reason, by=by, at=at)
    if sent is not None:
        return erasing_one.erase_submission(office, sent.id, reason=reason, by=by, at=at)
    raise click.ClickException(f"There is no {number}, neither an entry nor sent to a call.")


def _tell(session: Session, meeting: Meeting) -> Iterator[str]:
    words = get_translator("en")
    yield f"{meeting.id}: {words.days(meeting.first_day, meeting.last_day)}"
    for kind, number in holdings.count_held(session, meeting.id).items():
        if number:
            yield f"  {number:6}  {kind_words(kind, words)}, until {erased_on(kind, meeting)}"
    for erasure in holdings.list_erasures(session, meeting.id):
        yield _tell_erasure(session, erasure)
    unneeded = holdings.count_unneeded(session, meeting.id)
    if unneeded:
        why = reason_words(Reason.UNNEEDED, words)
        yield f"  erased one by one, sent to calls: {unneeded}  {why}"


def _tell_erasure(session: Session, erasure: Erasure) -> str:
    at = erasure.erased_at.strftime("%Y-%m-%d %H:%M")
    what = holdings.find_erased_reference(session, erasure) or erasure.scope.value
    reason = reason_words(erasure.reason, get_translator("en"))
    end = "" if erasure.record else "  (not finished: run `flask retention run`)"
    return f"  erased {at} UTC  {what}  {reason}{end}"
