"""`flask staff`: open, list and close the accounts of the desks."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from registration.domain.roles import Role
from registration.language.translator import list_languages
from registration.store.tables.accounts import DbStaff
from registration.web import staff_accounts

group = AppGroup("staff", help="Staff: open, list and close accounts of the desks.")

_ROLES = [role.value for role in Role]


@group.command(short_help="Open an account and print its first password.")
@click.argument("email")
@click.option("--name", required=True, help="As histories are to name this person.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(_ROLES))
@click.option("--language", type=click.Choice(list_languages()), default="es", show_default=True)
def add(email: str, name: str, roles: tuple[str, ...], language: str) -> None:
    """Open an account for EMAIL. --role may be given several times.

    The password is printed once and kept nowhere in clear: give it to its owner, who changes it.
    """
    if "@" not in email:
        raise click.ClickException(f"{email} is not an e-mail address.")
    password = staff_accounts.make_password()
    try:
        staff_accounts.add_account(
            email,
            name=name,
            roles=[Role(role) for role in roles],
            language=language,
            password=password,
            now=datetime.now(UTC),
        )
    except staff_accounts.AccountExists:
        raise click.ClickException(f"There is an account for {email} already.") from None
    click.echo(f"{email}: {', '.join(roles)}. First password: {password}")


@group.command("list", short_help="List the accounts.")
def list_() -> None:
    """Print every account: address, name, roles, whether it is open, the second factor."""
    for staff in staff_accounts.list_accounts():
        roles = ", ".join(role.name for role in staff.roles)
        state = "open" if staff.active else "closed"
        factor = "password and code" if staff.tf_primary_method else "password"
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


def _get(email: str) -> DbStaff:
    staff = staff_accounts.find_account(email)
    if staff is None:
        raise click.ClickException(f"There is no account for {email}.")
    return staff
