"""`flask retention`: what an operator types, and what the terminal says."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask

from registration.cli.doctor import check_erasures
from registration.cli.retention import group
from registration.domain.registrations import Registration
from registration.registrar import erasing, proving
from registration.registrar.office import Office
from registration.registrar.submitting import withdraw_submission
from registration.store.tables.mail import DbMail
from tests.offices import OPEN_DAY, REVIEWER, Guide, load_meeting, make_office
from tests.registrar.moving import moved, withdraw
from tests.senders import load_calls, send_to_call

Run = Callable[..., Result]


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """An office whose meeting, in 2022, is long past its dates."""
    office = make_office(sqlite_url)
    load_meeting(office)
    yield office
    office.database.dispose()


@pytest.fixture
def entry(office: Office) -> Registration:
    guide = Guide(office)
    return moved(withdraw(guide, guide.submit()))


@pytest.fixture
def run(office: Office) -> Run:
    """Return a function that runs `flask retention` with the words given."""
    app = Flask("test")
    app.extensions["office"] = office
    app.cli.add_command(group)
    return lambda *words: app.test_cli_runner().invoke(args=["retention", *words])


def test_show_tells_what_is_held_and_until_when(run: Run, entry: Registration) -> None:
    text = run("show").output

    assert "rcm-imrf-2022: 31\u00a0March and 1\u00a0April 2022" in text
    assert "1  Copies of passports, until 2022-05-01" in text
    assert "1  Names, institutions and addresses of registrations, until 2022-06-30" in text


def test_run_erases_what_is_due_once(run: Run, entry: Registration, office: Office) -> None:
    first, second = run("run"), run("run")

    assert (first.exit_code, first.output) == (0, "1 erasures finished.\n")
    assert (second.exit_code, second.output) == (0, "0 erasures finished.\n")
    assert Guide(office).get(entry.id).full_name == entry.reference
    shown = run("show").output
    assert "Copies of passports" not in shown
    assert "meeting  The date set for the meeting" in shown


def test_erase_takes_one_entry_and_a_reason_of_the_list(
    run: Run, entry: Registration, office: Office
) -> None:
    assert run("erase", entry.reference).exit_code == 2
    assert run("erase", entry.reference, "--reason", "Ana asked").exit_code == 2
    assert Guide(office).get(entry.id) == entry

    result = run("erase", entry.reference.lower(), "--reason", "request")

    assert result.output == f"{entry.reference}: erased. Its record is made.\n"
    assert f"{entry.reference}  The person asked for it" in run("show").output
    again = run("erase", entry.reference, "--reason", "request")
    assert again.exit_code == 1
    assert "were erased" in again.output
    assert run("erase", "RCM-NOBODY00", "--reason", "request").exit_code == 1


def test_erase_takes_what_was_sent_to_a_call_too(run: Run, office: Office) -> None:
    load_calls(office)
    sent = send_to_call(office, at=OPEN_DAY)
    assert "neither an entry nor sent to a call" in run("erase", "X", "--reason", "order").output

    result = run("erase", sent.reference.lower(), "--reason", "order")

    assert result.output == f"{sent.reference}: erased. Its record is made.\n"
    assert f"{sent.reference}  An authority" in run("show").output
    again = run("erase", sent.reference, "--reason", "order")
    assert "are erased already" in again.output


def test_show_tells_the_sum_of_what_went_by_itself(run: Run, office: Office) -> None:
    load_calls(office)
    for number in range(2):
        sent = send_to_call(office, "news", f"p{number}@example.org", at=OPEN_DAY)
        withdraw_submission(office, sent.id, by=REVIEWER, arrived_at=OPEN_DAY)
    with office.database.writing() as session:
        session.query(DbMail).update({"status": "sent"})
    erasing.run_due(office, now=OPEN_DAY + timedelta(days=2))

    shown = run("show").output

    assert "erased one by one, sent to calls: 2  Nobody confirmed the address" in shown


def test_doctor_tells_of_erasures_that_are_not_finished(
    run: Run, entry: Registration, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(check_erasures(office, None)) == []  # type: ignore[arg-type]  # it reads no settings
    monkeypatch.setattr(proving, "_look_for", lambda *_: 1)

    result = run("run")

    assert result.exit_code == 1
    assert "1 are not finished" in result.output
    (told,) = check_erasures(office, None)  # type: ignore[arg-type]  # as above
    assert told == "1 erasures are not finished: run `flask retention run`."


def test_database_in_use_is_told_in_a_sentence(
    run: Run, entry: Registration, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that holds on to the old pages: the log cannot be cut off, and nothing is lost."""
    monkeypatch.setattr("registration.store.database.BUSY_SECONDS", 0.2)
    hasty = make_office(office.database.url)
    with hasty.database.reading() as session:
        for statement in ("BEGIN", "SELECT count(*) FROM registration"):
            session.connection().exec_driver_sql(statement)
        app = Flask("test")
        app.extensions["office"] = hasty
        app.cli.add_command(group)
        result = app.test_cli_runner().invoke(args=["retention", "run"])
        assert result.exit_code == 1
        assert "The database is in use" in result.output

    assert run("run").output == "1 erasures finished.\n"
    hasty.database.dispose()
