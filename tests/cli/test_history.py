"""`flask history`: what an operator types, and what the terminal says."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from flask import Flask

from registration.cli.history import group
from registration.registrar.office import Office
from tests.builders import RCM
from tests.offices import Guide, load_meeting, make_office

Run = Callable[..., Result]


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    office = make_office(sqlite_url)
    load_meeting(office)
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
    assert result.output == "2 lines, nothing changed, removed or inserted.\n"


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
