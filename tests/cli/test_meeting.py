"""`flask meeting`: what an operator types, and what the terminal says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from registration.cli.meeting import group
from registration.domain.events import Event
from registration.domain.ids import MeetingId
from registration.links.addresses import Addresses
from registration.links.tokens import Tokens
from registration.meetings.reading import get_meeting
from registration.registrar import meetings
from registration.registrar.office import Office
from registration.store.database import Database
from registration.vault.boxes import Vault
from registration.vault.storage import open_storage
from tests.meetings.shipped import PATH, RCM, change, read_source
from tests.offices import REVIEWER, Guide
from tests.seals import make_seal

KEY = "dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgISE="
Run = Callable[..., Result]


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    office = Office(
        database=Database(sqlite_url),
        vault=Vault([KEY], open_storage("memory://")),
        tokens=Tokens(b"a key of private links for the tests, long enough"),
        addresses=Addresses("http://localhost"),
        seal=make_seal(),
    )
    yield office
    office.database.dispose()


@pytest.fixture
def run(office: Office) -> Run:
    """Return a function that runs `flask meeting` with the words given."""
    app = Flask("test")
    app.cli.add_command(group)
    app.extensions["office"] = office
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["meeting", *words])


def test_check_of_the_shipped_file_tells_remarks_and_assumptions(run: Run) -> None:
    result = run("check", str(PATH))

    assert result.exit_code == 0
    assert "What does not fit together; the file keeps it (7):\n  - agenda[2]" in result.output
    assert "What was assumed (19):\n  - admission: the note" in result.output
    assert result.output.endswith(
        "rcm-imrf-2022: 13 delegations with 26 seats. No fault: it can be loaded.\n"
    )


def test_check_of_a_broken_file_tells_each_fault_and_fails(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rcm.toml"
    file.write_text(change('prefix = "RCM"', 'prefix = "R"'), encoding="utf-8")

    result = run("check", str(file))

    assert result.exit_code == 1
    assert result.output == (
        "rcm: line 6, prefix: 'R' cannot begin the references."
        " Write two to six capital letters: RCM.\n"
        "Error: 1 fault stands against loading rcm.\n"
    )


def test_check_of_a_loaded_meeting_reads_what_was_loaded(run: Run) -> None:
    run("load", str(PATH))

    result = run("check", RCM)

    assert result.output.endswith("No fault: it can be loaded.\n")


def test_prefix_of_another_meeting_is_refused_beside_its_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text(read_source(), encoding="utf-8")
    (tmp_path / "second.toml").write_text(read_source(), encoding="utf-8")
    (tmp_path / "half.toml").write_text("not a meeting yet", encoding="utf-8")

    result = run("check", str(tmp_path / "second.toml"))

    assert result.exit_code == 1
    assert result.output.endswith(
        "Error: second, prefix: The references of first begin with RCM already."
        " Write another one, of two to six capital letters.\n"
    )


def test_prefix_of_another_meeting_is_not_loaded(run: Run, tmp_path: Path) -> None:
    run("load", str(PATH))
    file = tmp_path / "second.toml"
    file.write_text(read_source(), encoding="utf-8")

    result = run("load", str(file))

    assert result.exit_code == 1
    assert "The references of rcm-imrf-2022 begin with RCM already." in result.output
    assert run("export", "second").exit_code == 1


@pytest.mark.parametrize("words", [("check", "nothing"), ("export", "nothing")])
def test_meeting_that_is_nowhere_is_told(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)

    assert result.exit_code == 1
    assert result.output == "Error: No meeting 'nothing' is loaded, and no such file is there.\n"


def test_export_prints_the_file_as_it_was_loaded(run: Run) -> None:
    run("load", str(PATH))

    result = run("export", RCM)

    assert result.output == read_source()


def test_load_keeps_the_dates_of_the_file(run: Run, office: Office) -> None:
    result = run("load", str(PATH))

    assert result.output == "rcm-imrf-2022: loaded, 13 delegations with 26 seats.\n"
    with office.database.reading() as session:
        assert get_meeting(session, RCM).deadline == datetime(2022, 3, 2, 6, tzinfo=UTC)


def test_load_that_rolls_forward_says_that_nothing_is_valid(run: Run, office: Office) -> None:
    result = run("load", str(PATH), "--roll-forward")

    with office.database.reading() as session:
        meeting = get_meeting(session, RCM)
    assert meeting.rehearsal
    assert meeting.deadline - datetime.now(UTC) > timedelta(days=29)
    assert result.output.endswith("Nothing it issues is valid.\n")


def test_rehearsal_keeps_its_weeks_when_loaded_again(run: Run, office: Office) -> None:
    run("load", str(PATH), "--roll-forward")
    with office.database.reading() as session:
        before = get_meeting(session, RCM)

    result = run("load", str(PATH), "--roll-forward")

    assert result.exit_code == 0
    with office.database.reading() as session:
        assert get_meeting(session, RCM).rolled_weeks == before.rolled_weeks


def test_rehearsal_does_not_become_the_real_meeting(run: Run, office: Office) -> None:
    run("load", str(PATH), "--roll-forward")

    result = run("load", str(PATH))

    assert result.exit_code == 1
    assert result.output.startswith("Error: rcm-imrf-2022 is loaded as a rehearsal, ")
    with office.database.reading() as session:
        assert get_meeting(session, RCM).rehearsal


def test_real_meeting_does_not_become_a_rehearsal(run: Run, office: Office) -> None:
    run("load", str(PATH))

    run("load", str(PATH), "--roll-forward")

    with office.database.reading() as session:
        assert not get_meeting(session, RCM).rehearsal


def test_load_tells_of_letters_that_the_newer_file_leaves_behind(
    run: Run, office: Office, tmp_path: Path
) -> None:
    assert run("load", str(PATH)).exit_code == 0
    guide = Guide(office)
    guide.approve(guide.submit())
    newer = tmp_path / f"{RCM}.toml"
    newer.write_text(change('contact = "', 'contact = "x'), encoding="utf-8")

    same, other = run("load", str(PATH)), run("load", str(newer))

    assert "no longer say" not in same.output
    assert "1 letters no longer say what this file says" in other.output


def test_load_says_where_the_file_and_the_desk_disagree(run: Run, office: Office) -> None:
    first = run("load", str(PATH))
    meetings.amend(
        office,
        MeetingId(RCM),
        lambda now: now.with_delegation("cr", seats=3, admission="link"),
        event=Event.SEATS_CHANGED,
        by=REVIEWER,
        at=datetime.now(UTC),
        facts={},
    )

    again = run("load", str(PATH))

    assert "the desk changed" not in first.output
    assert "delegations.cr.seats: 3 at the desk, 2 in the file" in again.output
    assert "delegations.cr.admission: link at the desk, open in the file" in again.output


def test_broken_file_is_not_loaded(run: Run, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "rcm.toml"
    file.write_text(change("seats = 2", "seats = 0"), encoding="utf-8")

    result = run("load", str(file))

    assert result.exit_code == 1
    assert run("export", "rcm").exit_code == 1


def test_file_with_the_mark_of_an_editor_is_read(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rcm.toml"
    file.write_text(read_source(), encoding="utf-8-sig")

    assert run("check", str(file)).exit_code == 0


def test_file_that_is_not_utf_8_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rcm.toml"
    file.write_text(read_source(), encoding="cp1252", errors="replace")

    result = run("load", str(file))

    assert result.exit_code == 1
    assert result.output == (
        f"Error: {file}, line 25: The file is not in UTF-8. Save it so in your editor.\n"
    )


def test_link_is_the_same_each_time_and_another_for_each_delegation(run: Run) -> None:
    run("load", str(PATH))

    first, again, other = run("link", RCM, "cr"), run("link", RCM, "CR"), run("link", RCM, "sv")

    assert first.output.startswith("http://localhost/l/")
    assert first.output == again.output
    assert first.output != other.output


def test_link_of_an_unknown_delegation_says_where_its_keys_are(run: Run) -> None:
    run("load", str(PATH))

    result = run("link", RCM, "fr")

    assert result.exit_code == 1
    assert result.output == (
        "Error: No delegation 'fr' in a loaded meeting 'rcm-imrf-2022';"
        " `flask meeting export rcm-imrf-2022` shows its keys.\n"
    )
