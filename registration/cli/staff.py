"""`flask staff`: open, list and close the accounts of the desks."""

from collections.abc import Collection
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from registration.domain.ids import MeetingId
from registration.domain.roles import EVERY_MEETING, HeldRole, Role
from registration.language.translator import list_languages
from registration.meetings.reading import find_meeting
from registration.store.database import db
from registration.store.tables.accounts import DbStaff
from registration.web import staff_accounts

group = AppGroup("staff", help="Staff: open, list and close accounts of the desks.")

_ROLES = [role.value for role in Role]


@group.command(short_help="Open an account and print its first password.")
@click.argument("email")
@click.option("--name", required=True, help="As histories are to name this person.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(_ROLES))
@click.option("--meeting", "meetings", multiple=True, help="The roles count there alone.")
@click.option("--language", type=click.Choice(list_languages()), default="es", show_default=True)
def add(
    email: str, name: str, roles: tuple[str, ...], meetings: tuple[str, ...], language: str
) -> None:
    """Open an account for EMAIL. --role and --meeting may be given several times; without --meeting
    the roles count at every meeting.

    The password is printed once and kept nowhere in clear: give it to its owner, who changes it.
    """
    held = _read(email, roles, meetings)
    password = staff_accounts.make_password()
    try:
        staff_accounts.add_account(
            email,
            name=name,
            roles=held,
            language=language,
            password=password,
            now=datetime.now(UTC),
        )
    except staff_accounts.AccountExists:
        raise click.ClickException(f"There is an account for {email} already.") from None
    click.echo(f"{email}: {', '.join(map(str, held))}. First password: {password}")


@group.command(short_help="Open an account whose owner chooses the password by a mailed link.")
@click.argument("email")
@click.option("--name", required=True, help="As histories are to name this person.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(_ROLES))
@click.option("--meeting", "meetings", multiple=True, help="The roles count there alone.")
@click.option("--language", type=click.Choice(list_languages()), default="es", show_default=True)
def invite(
    email: str, name: str, roles: tuple[str, ...], meetings: tuple[str, ...], language: str
) -> None:
    """Invite EMAIL by mail. --role and --meeting as for `flask staff add`. For an account that has
    been invited and has no password yet, the invitation goes out again."""
    held = _read(email, roles, meetings)
    now = datetime.now(UTC)
    known = staff_accounts.find_account(email)
    if known is None:
        staff_accounts.invite(email, name=name, roles=held, language=language, by=None, now=now)
    elif known.invited_at_utc is None:
        raise click.ClickException(f"There is an account for {email} already.")
    else:
        staff_accounts.send_invitation(known, by=None, now=now)
    click.echo(f"{email}: the invitation is on its way. Its link works for three days.")


@group.command("list", short_help="List the accounts.")
def list_() -> None:
    """Print every account: address, name, roles, whether it is open, the second factor."""
    for staff in staff_accounts.list_accounts():
        roles = ", ".join(
            str(HeldRole(Role(each.name), MeetingId(each.meeting_id))) for each in staff.roles
        )
        state = "open" if staff.active else "closed"
        factors = ["password"]
        factors += ["code"] if staff.tf_primary_method else []
        factors += ["passkey"] if staff.webauthn else []
        factor = "invited" if staff.invited_at_utc else " and ".join(factors)
        click.echo(f"{staff.email}\t{staff.name}\t{roles}\t{state}\t{factor}")


@group.command(short_help="Give an account a new password and print it.")
@click.argument("email")
@click.option(
    "--without-second-factor",
    is_flag=True,
    help="Ask for the code of the app no more: its telephone is lost.",
)
def password(email: str, without_second_factor: bool) -> None:
    """Give the account of EMAIL a new password and sign it out everywhere."""
    new = staff_accounts.make_password()
    staff_accounts.set_password(
        _get(email), new, now=datetime.now(UTC), without_second_factor=without_second_factor
    )
    click.echo(f"{email}: the new password is {new}")


@group.command(short_help="Close an account.")
@click.argument("email")
def close(email: str) -> None:
    """Close the account of EMAIL and sign it out everywhere. Its history stays."""
    staff_accounts.close_account(_get(email), now=datetime.now(UTC))
    click.echo(f"{email}: closed")


def _read(email: str, roles: Collection[str], meetings: Collection[str]) -> list[HeldRole]:
    """Return the roles as they are held. Raises ClickException where there is no such meeting."""
    if "@" not in email:
        raise click.ClickException(f"{email} is not an e-mail address.")
    for name in meetings:
        if find_meeting(db.session(), MeetingId(name)) is None:
            raise click.ClickException(f"There is no meeting {name}.")
    places = [MeetingId(name) for name in meetings] or [EVERY_MEETING]
    return [HeldRole(Role(role), place) for role in roles for place in places]


def _get(email: str) -> DbStaff:
    staff = staff_accounts.find_account(email)
    if staff is None:
        raise click.ClickException(f"There is no account for {email}.")
    return staff
