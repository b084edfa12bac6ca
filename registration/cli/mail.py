"""`flask mail`: which mails wait or failed, and sending one again."""

from datetime import UTC, datetime
from uuid import UUID

import click
from flask.cli import AppGroup

from registration.domain.events import By
from registration.domain.papers import MailNotice, MailStatus
from registration.domain.states import Actor
from registration.mail.outbox import list_by_status
from registration.registrar.sending_again import send_again as send_mail_again
from registration.web.office import current_office

group = AppGroup("mail", help="Mails: list those that wait or failed, send one again.")

_UNSENT = (MailStatus.DUE, MailStatus.FAILED, MailStatus.REFUSED)


@group.command(name="list")
@click.option(
    "--status",
    "statuses",
    type=click.Choice([each.value for each in MailStatus]),
    multiple=True,
    help="Only these; without it all that have not been sent.",
)
def list_mails(statuses: tuple[str, ...]) -> None:
    """List mails, the oldest first."""
    wanted = tuple(MailStatus(each) for each in statuses) or _UNSENT
    notices = list_by_status(current_office().database, wanted)
    for notice in notices:
        click.echo(_line(notice))
    click.echo(f"{len(notices)} mails.")


@group.command()
@click.argument("mail_ids", nargs=-1, type=click.UUID)
@click.option("--failed", is_flag=True, help="All that failed after a day of tries.")
def send_again(mail_ids: tuple[UUID, ...], *, failed: bool) -> None:
    """Send mails again, each as a new message. MAIL_IDS are those that `flask mail list` shows."""
    office = current_office()
    chosen = list(mail_ids)
    if failed:
        chosen += [each.id for each in list_by_status(office.database, (MailStatus.FAILED,))]
    by = By(actor=Actor.SECRETARIAT, name="flask mail send-again")
    sent = [send_mail_again(office, each, by=by, at=datetime.now(UTC)) for each in chosen]
    click.echo(f"{sum(sent)} of {len(chosen)} mails are due again.")
    if not all(sent):
        raise SystemExit(1)


def _line(notice: MailNotice) -> str:
    made = notice.made_at.strftime("%Y-%m-%d %H:%M")
    error = f"  {notice.last_error}" if notice.last_error else ""
    return (
        f"{notice.id}  {made}  {notice.status.value:8}"
        f"{notice.occasion:20}  {notice.recipient}  {notice.attempts} tries{error}"
    )
