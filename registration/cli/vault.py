"""`flask vault`: the keys that lock files: make one, rotate, check."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from registration.registrar.rotating import (
    Tally,
    add,
    count_wrapped_keys,
    end_rotation,
)
from registration.registrar.rotating import rotate as rotate_keys
from registration.vault.boxes import BadVaultKeys
from registration.vault.boxes import make_key as make_vault_key
from registration.vault.checking import VaultKeyLost
from registration.vault.storage import StorageFailed
from registration.web.office import current_office

group = AppGroup("vault", help="The keys that lock files: make one, rotate, check.")


@group.command(short_help="Print a new key for VAULT_KEYS.")
def make_key() -> None:
    """Print a new key. It is kept nowhere: put it into VAULT_KEYS."""
    click.echo(make_vault_key())


@group.command(short_help="Wrap every key by the newest of VAULT_KEYS.")
def rotate() -> None:
    """Wrap the key of every file and mail by the newest of VAULT_KEYS. No file is touched.

    From its beginning nothing is locked by an older key any more. Safe to kill and to run again.
    """
    office = current_office()
    try:
        done: dict[str, Tally] = {}
        for tally in rotate_keys(office, now=datetime.now(UTC)):
            done[tally.column] = add(done.get(tally.column, Tally(tally.column)), tally)
        for tally in done.values():
            click.echo(f"{tally.column}: {tally.older} wrapped anew, {tally.newest} already.")
        probes = end_rotation(office)
    except (BadVaultKeys, VaultKeyLost, StorageFailed) as fault:
        raise click.ClickException(str(fault)) from fault
    if probes is None:
        raise click.ClickException(
            "The newest of VAULT_KEYS does not open everything: keep the older ones, and see "
            "`flask vault check`."
        )
    click.echo("The newest key opens everything; the older ones may be taken out of VAULT_KEYS.")


@group.command(short_help="Count which keys wrapped what.")
def check() -> None:
    """Print, column by column, how many keys the newest of VAULT_KEYS wrapped, how many older ones.

    Ends with 1 where none of them opens a wrapped key.
    """
    tallies = count_wrapped_keys(current_office())
    for each in tallies:
        click.echo(f"{each.column}: {each.newest} by the newest, {each.older} by older ones.")
    lost = sum(each.unknown for each in tallies)
    if lost:
        raise click.ClickException(f"{lost} wrapped keys open with none of VAULT_KEYS.")
