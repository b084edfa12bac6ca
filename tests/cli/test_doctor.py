"""`flask doctor`: a healthy site is told so, and each thing that is wrong is named."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from config import Settings
from registration.cli import doctor as doctoring
from registration.cli.doctor import CHECKS, doctor
from registration.domain.papers import ReadingStatus
from registration.letters.certificates import open_certificate
from registration.letters.sealing import Seal
from registration.registrar.office import Office
from registration.vault.boxes import Vault, make_key
from tests.offices import Guide, load_meeting, make_office
from tests.passports import add_reading
from tests.seals import make_seal

Run = Callable[[], Result]


@pytest.fixture
def office(workshop_sqlite_url: str) -> Iterator[Office]:
    office = make_office(workshop_sqlite_url)
    yield office
    office.database.dispose()


@pytest.fixture
def app(office: Office, make_settings: Callable[..., Settings]) -> Flask:
    app = Flask("test")
    app.extensions["office"] = office
    app.config["SETTINGS"] = make_settings()
    app.cli.add_command(doctor)
    return app


@pytest.fixture
def run(app: Flask) -> Run:
    """Return a function that runs `flask doctor`."""
    return lambda: app.test_cli_runner().invoke(args=["doctor"])


def _with_seal(app: Flask, seal: Seal) -> None:
    app.extensions["office"] = replace(app.extensions["office"], seal=seal)


def test_seal_for_rehearsals_is_told_where_a_meeting_is_none(
    run: Run, app: Flask, tmp_path: Path
) -> None:
    made = open_certificate(None, None, tmp_path, now=datetime.now(UTC))
    _with_seal(app, Seal(made))

    result = run()

    assert result.exit_code == 1
    assert (
        "Seal: Papers bear the seal for rehearsals, which proves nothing: set SEAL_CERTIFICATE."
        in result.output.splitlines()
    )


def test_seal_for_rehearsals_is_right_in_a_rehearsal(
    run: Run, app: Flask, office: Office, tmp_path: Path
) -> None:
    load_meeting(office, rolled_weeks=260)
    _with_seal(app, Seal(open_certificate(None, None, tmp_path, now=datetime.now(UTC))))

    assert "Seal: OK" in run().output.splitlines()


def test_seal_that_ends_soon_is_told(run: Run, app: Flask) -> None:
    _with_seal(app, make_seal("Office", days=30))

    assert "Seal: The certificate of SEAL_CERTIFICATE ends on" in run().output


def test_passport_that_nobody_reads_is_told(run: Run, office: Office) -> None:
    Guide(office).submit()

    result = run()

    assert result.exit_code == 1
    assert (
        "Passport reading: 1 passports wait for more than an hour: see why in the worker's log."
        in result.output.splitlines()
    )


def test_reading_that_is_switched_off_is_no_fault(
    run: Run, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctoring, "is_installed", lambda: False)
    Guide(office).submit()

    result = run()

    assert result.exit_code == 0, result.output
    assert (
        "Passport reading: OK, switched off (requirements-ocr.txt is not installed)"
        in result.output.splitlines()
    )


def test_healthy_site_is_told_so(run: Run, office: Office) -> None:
    add_reading(office, Guide(office).submit(), status=ReadingStatus.NOTHING)

    result = run()

    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [f"{name}: OK" for name in CHECKS]


def test_older_schema_is_noticed(run: Run, office: Office) -> None:
    _execute(office, "UPDATE alembic_version SET version_num = '0000'")

    result = run()

    assert result.exit_code == 1
    assert "run `flask database upgrade`" in result.output


def test_constraint_that_was_taken_away_is_noticed(run: Run, office: Office) -> None:
    _execute(office, "DROP INDEX uq_registration_live_person")

    result = run()

    assert result.exit_code == 1
    assert "The constraint uq_registration_live_person is missing." in result.output


def test_key_that_locked_files_and_is_gone_is_noticed(app: Flask, run: Run, office: Office) -> None:
    assert run().exit_code == 0
    other = Vault([make_key()], office.vault.storage)
    app.extensions["office"] = replace(office, vault=other)

    result = run()

    assert result.exit_code == 1
    assert "VAULT_KEYS lacks 1 key" in result.output


def test_file_that_is_gone_is_noticed(run: Run, office: Office) -> None:
    Guide(office).submit()
    office.vault.destroy(next(office.vault.blobs()).name)

    result = run()

    assert result.exit_code == 1
    assert "1 files are missing" in result.output


def test_site_without_a_meeting_is_noticed(
    sqlite_url: str, make_settings: Callable[..., Settings]
) -> None:
    app = Flask("test")
    office = make_office(sqlite_url)
    app.extensions["office"], app.config["SETTINGS"] = office, make_settings()
    app.cli.add_command(doctor)

    result = app.test_cli_runner().invoke(args=["doctor"])

    office.database.dispose()
    assert "Meetings: None is loaded" in result.output


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"mail_from": "nobody"}, "MAIL_FROM holds no address"),
        ({"mail_username": "site"}, "MAIL_USERNAME and MAIL_PASSWORD"),
        ({"mail_server": "mail.example.org"}, "MAIL_USE_TLS is off"),
    ],
)
def test_mail_settings_that_do_not_fit_are_noticed(
    app: Flask,
    run: Run,
    make_settings: Callable[..., Settings],
    changes: dict[str, str],
    expected: str,
) -> None:
    app.config["SETTINGS"] = make_settings(**changes)

    result = run()

    assert result.exit_code == 1
    assert expected in result.output


def test_storage_that_cannot_be_written_is_noticed(app: Flask, run: Run, tmp_path: Path) -> None:
    from registration.vault.storage import open_storage

    office: Office = app.extensions["office"]
    folder = tmp_path / "files"
    keys = ["dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgISE="]
    app.extensions["office"] = replace(office, vault=Vault(keys, open_storage(f"file://{folder}")))
    folder.rmdir()
    folder.write_text("a file where the folder was")

    result = run()

    assert result.exit_code == 1
    assert "Storage: STORAGE_URL is out of reach" in result.output


def _execute(office: Office, sql: str) -> None:
    with office.database.writer.begin() as connection:
        connection.exec_driver_sql(sql)
