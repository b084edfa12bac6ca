"""The rotation of the vault's keys: every wrapped key is wrapped anew, and no file is touched.

First the older keys are retired: from then on no process writes a row whose key one of them
wrapped, however long ago it was started (`store.wrapping`). Then the rows are gone through in small
transactions. At last the probes of the older keys go, and with them the reason to keep the keys.
Killed at any point it is run again: what is done is recognised and left alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from registration.registrar.office import Office
from registration.store import wrapping
from registration.store.database import Database
from registration.store.reading.wrapped_keys import Batch, list_batches
from registration.store.writing import wrapped_keys
from registration.vault.boxes import BadVaultKeys, Vault
from registration.vault.checking import check_keys, retire_old_keys


@dataclass(frozen=True)
class Tally:
    """Wrapped keys of one column ("mail.wrapped_key"): by the newest of VAULT_KEYS, by older ones,
    by none of them."""

    column: str
    newest: int = 0
    older: int = 0
    unknown: int = 0


def check_vault(vault: Vault, database: Database) -> None:
    """Check at a start that VAULT_KEYS opens what was locked, and that its first key may lock.

    Raises VaultKeyLost, BadVaultKeys or StorageFailed. A database that does not answer, or has no
    schema yet, is asked again with each row that is written.
    """
    check_keys(vault)
    if not database.is_there:
        return
    try:
        with database.reading() as session:
            is_retired = wrapping.is_retired(session, vault.locking_key)
    except SQLAlchemyError:
        return
    if is_retired:
        raise BadVaultKeys(
            "VAULT_KEYS begins with a key that was retired; put the newest in front."
        )


def rotate(office: Office, *, now: datetime) -> Iterator[Tally]:
    """Wrap every key by the newest of VAULT_KEYS; yield each batch as it was found.

    The older keys stay needed until `end_rotation`. Raises VaultKeyLost, BadVaultKeys or
    StorageFailed, before anything was written.
    """
    check_vault(office.vault, office.database)
    with office.database.writing() as session:
        for key in office.vault.keys[1:]:
            wrapping.retire(session, key.fingerprint, at=now)
    for batch in list_batches(office.database):
        yield _rewrap(office, batch)


def end_rotation(office: Office) -> int | None:
    """Remove the probes of the older keys, if no row needs them; return how many, or None."""
    if any(tally.older or tally.unknown for tally in count_wrapped_keys(office)):
        return None
    return retire_old_keys(office.vault)


def count_wrapped_keys(office: Office) -> list[Tally]:
    """Return, column by column, which keys wrapped what is there."""
    counts = {str(column): Tally(str(column)) for column in wrapping.list_columns()}
    for batch in list_batches(office.database):
        name = str(batch.column)
        wrapped_by = [office.vault.find_wrapping(each.wrapped_key) for each in batch.keys]
        counts[name] = add(counts[name], _tally(name, wrapped_by))
    return list(counts.values())


def add(one: Tally, other: Tally) -> Tally:
    """Return the sum of two tallies of one column."""
    return Tally(
        one.column,
        one.newest + other.newest,
        one.older + other.older,
        one.unknown + other.unknown,
    )


def _rewrap(office: Office, batch: Batch) -> Tally:
    vault = office.vault
    wrapped_by = {each.id: vault.find_wrapping(each.wrapped_key) for each in batch.keys}
    anew = {each.id: vault.rewrap(each.wrapped_key) for each in batch.keys if wrapped_by[each.id]}
    if anew:
        with office.database.writing() as session:
            wrapped_keys.replace_wrapped_keys(session, batch, anew)
    return _tally(str(batch.column), wrapped_by.values())


def _tally(column: str, wrapped_by: Iterable[int | None]) -> Tally:
    """wrapped_by: which of VAULT_KEYS it was of each, from 0 for the newest, or None."""
    found = Counter(wrapped_by)
    older = found.total() - found[0] - found[None]
    return Tally(column, newest=found[0], older=older, unknown=found[None])
