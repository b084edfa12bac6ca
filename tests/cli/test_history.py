"""`flask history`: what an operator types, and what the terminal says."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from registration.cli.history import group
from registration.registrar.office import Office
from registration.registrar.sealing_history import seal_history
from tests.builders import RCM
from tests.offices import OPEN_DAY, Guide, make_office
from tests.seals import make_seal

Run = Callable[..., Result]


@pytest.fixture
def office(workshop_sqlite_url: str) -> Iterator[Office]:
    office = make_office(workshop_sqlite_url)
    yield office
    office.database.dispose()


@pytest.fixture
def run(office: Office) -> Run:
    """Return a function that runs `flask history` with the words given."""
    app = Flask("test")
    app.extensions["office"] = office
    app.cli.add_command(group)
    return lambda *words: app.test_cli_runner().invoke(args=["history", *words])


@pytest.mark.parametrize("words", [("verify",), ("verify", RCM)])
def test_whole_history_is_told_so(run: Run, office: Office, words: tuple[str, ...]) -> None:
    Guide(office).submit()

    result = run(*words)

    assert result.exit_code == 0, result.output
    assert result.output == (
        "2 lines, nothing changed, removed or inserted.\n"
        "No line is sealed yet: the worker seals once a day, `flask history seal` at once.\n"
    )


def test_sealed_line_is_printed_and_held_against(run: Run, office: Office) -> None:
    Guide(office).submit()

    printed = run("seal").output.strip()

    number, _, digest = printed.partition(":")
    assert (number, len(digest)) == ("1", 64)
    assert f"by {printed}." in run("verify").output
    assert run("verify", "--sealed", printed.upper()).exit_code == 0
    with office.database.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM history_seal")
    result = run("verify", "--sealed", printed)
    assert result.exit_code == 1
    assert f"sealed line {printed}: it is not there." in result.output


def test_pause_of_the_seals_is_asked_after(run: Run, office: Office) -> None:
    seal_history(office, now=OPEN_DAY)

    result = run("verify")

    assert result.exit_code == 0
    assert "nothing was sealed since: does the worker run?" in result.output


def test_former_certificate_is_named(run: Run, office: Office, tmp_path: Path) -> None:
    former = make_seal("The seal of last year")
    seal_history(replace(office, seal=former), now=OPEN_DAY)
    seal_history(office, now=OPEN_DAY)
    der, pem = tmp_path / "former.der", tmp_path / "former.pem"
    der.write_bytes(former.certificate)
    pem.write_text(ssl.DER_cert_to_PEM_cert(former.certificate))

    without = run("verify")

    assert without.exit_code == 1
    assert "sealed line 1: it bears another certificate than the site's" in without.output
    assert "sealed line 2" not in without.output
    assert [run("verify", "--certificate", str(each)).exit_code for each in (der, pem)] == [0, 0]
    der.write_text("no certificate")
    assert "holds no certificate" in run("verify", "--certificate", str(der)).output


def test_paper_that_was_swapped_is_named_unless_files_are_left_out(
    run: Run, office: Office
) -> None:
    guide = Guide(office)
    entry = guide.approve(guide.submit())
    for each in office.vault.blobs():
        office.vault.destroy(each.name)

    result = run("verify")

    assert result.exit_code == 1
    named = f"registration:{entry.id}, line 3: a stored file is not the one that it binds."
    assert named in result.output
    assert run("verify", "--without-files").exit_code == 0


@pytest.mark.parametrize("words", [("verify",), ("verify", RCM)])
def test_changed_line_is_named_and_ends_with_1(
    run: Run, office: Office, words: tuple[str, ...]
) -> None:
    entry = Guide(office).submit()
    with office.database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE history_line SET event = 'noted' WHERE number = 1")

    result = run(*words)

    assert result.exit_code == 1
    assert f"registration:{entry.id}, line 1: its words are not those" in result.output
    assert "1 flaws in 2 lines" in result.output


def test_flaw_of_another_chain_is_not_the_meetings(run: Run, office: Office) -> None:
    from registration.domain.events import Event
    from registration.registrar import accounts
    from tests.offices import OPEN_DAY, REVIEWER

    accounts.record(office, REVIEWER, Event.SIGNED_IN, at=OPEN_DAY)
    with office.database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE history_line SET event = 'noted'")

    assert run("verify").exit_code == 1
    assert run("verify", RCM).exit_code == 0


def test_unknown_meeting_and_entry_are_named(run: Run) -> None:
    assert "No meeting xx is loaded" in run("verify", "xx").output
    assert "There is no entry RCM-XX" in run("show", "RCM-XX").output
    assert run("verify", "xx").exit_code == run("show", "RCM-XX").exit_code == 1


def test_history_of_an_entry_is_shown_the_oldest_first(run: Run, office: Office) -> None:
    guide = Guide(office)
    entry = guide.approve(guide.submit())

    lines = run("show", entry.reference.lower()).output.splitlines()

    assert lines[0] == f"{entry.reference}  {entry.full_name}  invited"
    assert [line.split()[3] for line in lines[1:]] == ["registered", "confirmed", "approved"]
    assert "2022-02-14 15:12:00" in lines[3]
    assert "Luisa Pérez" in lines[3]
