"""`flask doctor`: is everything there that the site needs? A line each: OK, or what to do."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from registration.language.translator import CATALOGS
from registration.letters import fonts as letter_fonts
from registration.registrar.office import Office
from registration.registrar.rotating import check_vault, count_wrapped_keys
from registration.store import reading
from registration.store.migrations import find_revisions
from registration.store.reading import holdings
from registration.store.scrubbing import may_scrub
from registration.store.soundness import list_faults
from registration.uploads.mrz_reader import is_installed
from registration.vault.boxes import BadVaultKeys
from registration.vault.checking import VaultKeyLost
from registration.vault.erasures import list_noted
from registration.vault.storage import StorageFailed
from registration.web import fonts as web_fonts
from registration.web.office import current_office

#: How long before the seal's certificate ends it is to be told.
SEAL_NOTICE = timedelta(days=60)
#: Each check gives what to do, a sentence each; nothing when all is well.
Check = Callable[[Office, Settings], Iterator[str]]


@click.command()
@with_appcontext
def doctor() -> None:
    """Look at the database, the files, the keys and the set-up.

    Prints a line for each; ends with 1 where something is to be done.
    """
    office, settings = current_office(), current_app.config["SETTINGS"]
    failed = False
    for name, check in CHECKS.items():
        faults = list(_run(check, office, settings))
        failed = failed or bool(faults)
        well = "OK" + (NOTES[name]() if name in NOTES else "")
        click.echo(f"{name}: {' '.join(faults) or well}")
    if failed:
        raise SystemExit(1)


def check_schema(office: Office, _settings: Settings) -> Iterator[str]:
    """The database has the schema of this release."""
    found, newest = find_revisions(office.database.engine)
    if found != newest:
        yield f"It is at revision {found}, not {newest}: run `flask database upgrade`."


def check_rows(office: Office, _settings: Settings) -> Iterator[str]:
    """Every constraint is there, and no row breaks one."""
    with office.database.engine.connect() as connection:
        faults = list_faults(connection)
    yield from faults
    if faults:
        yield "Restore the last backup, or mend it with the help of `flask history verify`."


def check_vault_keys(office: Office, _settings: Settings) -> Iterator[str]:
    """VAULT_KEYS opens whatever was locked."""
    try:
        check_vault(office.vault, office.database)
    except (BadVaultKeys, VaultKeyLost) as fault:
        yield str(fault)
    # A backup of the database from before a rotation needs the keys of then.
    lost = sum(each.unknown for each in count_wrapped_keys(office))
    if lost:
        yield f"{lost} wrapped keys open with none of VAULT_KEYS: put back the key they need."


def check_seal(office: Office, _settings: Settings) -> Iterator[str]:
    """Papers are sealed with a certificate that proves something, and will be for a while."""
    with office.database.reading() as session:
        sources = reading.list_meeting_sources(session)
    if office.seal.is_rehearsal and any(each.rolled_weeks == 0 for each in sources):
        yield "Papers bear the seal for rehearsals, which proves nothing: set SEAL_CERTIFICATE."
    if office.seal.valid_until - datetime.now(UTC) < SEAL_NOTICE:
        yield f"The certificate of SEAL_CERTIFICATE ends on {office.seal.valid_until:%Y-%m-%d}."


def check_storage(office: Office, _settings: Settings) -> Iterator[str]:
    """What is stored can be read again and removed."""
    name, data = f"doctor/{secrets.token_hex(8)}", secrets.token_bytes(32)
    storage = office.vault.storage
    storage.put(name, data)
    read = storage.get(name)
    storage.delete(name)
    if read != data:
        yield "STORAGE_URL gives back other bytes than were stored there."


def check_files(office: Office, _settings: Settings) -> Iterator[str]:
    """Each file that a row names lies in the storage."""
    with office.database.reading() as session:
        missing = reading.list_blobs(session) - {each.name for each in office.vault.blobs()}
    if missing:
        yield f"{len(missing)} files are missing from STORAGE_URL: restore them from its backup."


def check_erasures(office: Office, _settings: Settings) -> Iterator[str]:
    """Nobody who was erased is there again, and every erasure has its record."""
    with office.database.reading() as session:
        back = sum(holdings.is_back(session, id) for id in list_noted(office.vault))
        unfinished = len(holdings.list_unfinished(session))
    if back:
        yield f"{back} that were erased came back with a backup: run `flask retention run`."
    with office.database.engine.connect() as connection:
        is_owner = may_scrub(connection)
    if not is_owner:
        yield "No erasure can be finished: let the account of DATABASE_URL own the database."
    elif unfinished:
        yield f"{unfinished} erasures are not finished: run `flask retention run`."


def check_meetings(office: Office, _settings: Settings) -> Iterator[str]:
    """There is something to register for."""
    with office.database.reading() as session:
        if not reading.list_meeting_sources(session):
            yield "None is loaded: run `flask meeting load`."


def check_catalogs(_office: Office, _settings: Settings) -> Iterator[str]:
    """Every catalog is compiled, and since it was last changed."""
    for source in sorted(CATALOGS.glob("*/LC_MESSAGES/messages.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            language = source.parents[1].name
            yield f"{language} is not compiled: run `pybabel compile -d translations`."


def check_fonts(_office: Office, _settings: Settings) -> Iterator[str]:
    """The fonts of letters and pages are cut."""
    for module, files in (
        (letter_fonts, [letter_fonts.font_file(cut) for cut in letter_fonts.CUTS]),
        (web_fonts, [web_fonts.FOLDER / font.name for font in web_fonts.WEB_FONTS]),
    ):
        if not all(map(Path.exists, files)):
            yield f"Some are missing: run `python -m {module.__name__}`."


def check_mail(_office: Office, settings: Settings) -> Iterator[str]:
    """The settings of mail fit together. No server is asked."""
    if "@" not in settings.mail_from:
        yield "MAIL_FROM holds no address."
    if bool(settings.mail_username) != bool(settings.mail_password):
        yield "MAIL_USERNAME and MAIL_PASSWORD come together or not at all."
    is_here = settings.mail_server in {"localhost", "127.0.0.1", "::1"}
    if not settings.mail_use_tls and not is_here:
        yield "MAIL_USE_TLS is off, so that mails would travel in clear: turn it on."


def check_passport_reading(office: Office, _settings: Settings) -> Iterator[str]:
    """The worker reads passports, where the extra is installed."""
    if not is_installed():
        return
    with office.database.reading() as session:
        left = reading.count_passports_left_unread(session, datetime.now(UTC) - READING_TIME)
    if left:
        yield f"{left} passports wait for more than an hour: see why in the worker's log."


def note_passport_reading() -> str:
    """Return that the extra is not installed, or nothing."""
    return "" if is_installed() else ", switched off (requirements-ocr.txt is not installed)"


CHECKS: dict[str, Check] = {
    "Schema": check_schema,
    "Rows": check_rows,
    "Vault keys": check_vault_keys,
    "Seal": check_seal,
    "Storage": check_storage,
    "Files": check_files,
    "Erasures": check_erasures,
    "Meetings": check_meetings,
    "Catalogs": check_catalogs,
    "Fonts": check_fonts,
    "Mail": check_mail,
    "Passport reading": check_passport_reading,
}
#: What is said behind an OK.
NOTES = {"Passport reading": note_passport_reading}
#: A passport that could be read and was not for so long shows that nobody reads.
READING_TIME = timedelta(hours=1)


def _run(check: Check, office: Office, settings: Settings) -> Iterator[str]:
    """Run the check; what it cannot reach is what to do."""
    try:
        yield from check(office, settings)
    except StorageFailed as fault:
        yield f"STORAGE_URL is out of reach: {fault}"
    except SQLAlchemyError as fault:
        yield f"The database does not answer as it should: {type(fault).__name__}."
