"""The rotation is killed (SIGKILL) again and again while the site goes on locking: at its end the
newest key opens everything, and no file was touched (T49, T54)."""

import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole
from registration.registrar import rotating
from registration.registrar.office import Office
from registration.registrar.receiving import lock_file
from registration.store.writing import papers
from registration.vault.boxes import make_key
from registration.vault.checking import check_keys
from tests.offices import OPEN_DAY
from tests.registrar.test_rotating import PASSPORT, describe_files, files_of, open_office, rotate

FILES, KILLS = 600, 8
CODE = """
import sys
from registration.registrar import rotating
from registration.store.reading import wrapped_keys
from tests.offices import OPEN_DAY
from tests.registrar.test_rotating import open_office
wrapped_keys.BATCH = 20
office = open_office(*sys.argv[1:])
for tally in rotating.rotate(office, now=OPEN_DAY):
    print(tally.older, flush=True)
"""


def test_rotation_killed_again_and_again_loses_no_file(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(20220302)
    storage_url, old, new = (tmp_path / "files").as_uri(), make_key(), make_key()
    before = open_office(database_url, storage_url, old)
    check_keys(before.vault)
    add_files(before, FILES)
    files = describe_files(tmp_path)
    left: list[int] = []
    for _ in range(KILLS):
        kill_a_rotation(chance, database_url, storage_url, new, old)
        left.append(sum(each.newest for each in files_of(before)))
    # Otherwise every kill came too early or too late, and the proof is blind.
    assert len({each for each in left if 0 < each < FILES}) > KILLS // 2
    office = open_office(database_url, storage_url, new, old)
    add_files(office, 5)

    assert rotate(office) == 1

    assert [(each.newest, each.older, each.unknown) for each in files_of(office)] == [
        (FILES + 5, 0, 0)
    ]
    after = describe_files(tmp_path)
    assert {name: after[name] for name in files} == files
    alone = open_office(database_url, storage_url, new)
    rotating.check_vault(alone.vault, alone.database)
    alone.database.dispose()
    with capsys.disabled():
        print(f"\nkilled {KILLS} times over {FILES} files: left to older keys after each: {left}")
    before.database.dispose()
    office.database.dispose()


def kill_a_rotation(chance: random.Random, *arguments: str) -> None:
    """Kill it a few milliseconds after it has wrapped a few more keys."""
    command = [sys.executable, "-c", CODE, *arguments]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    ) as rotation:
        assert rotation.stdout is not None
        for _ in range(chance.randint(1, 3)):
            while rotation.stdout.readline() == "0\n":
                pass
        time.sleep(chance.uniform(0.0, 0.005))
        rotation.kill()


def add_files(office: Office, count: int) -> None:
    """Lock so many files; one transaction, as they are only the ground of the proof."""
    locked = [
        lock_file(office, RegistrationId(uuid4()), FileRole.PASSPORT, PASSPORT, at=OPEN_DAY)
        for _ in range(count)
    ]
    with office.database.writing() as session:
        for each in locked:
            papers.add_file(session, each, kept=True)
