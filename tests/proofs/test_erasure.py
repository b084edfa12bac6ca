"""A passport of 64 canary blocks, erased: no block of it anywhere, in any form (T60).

Larger than `tests/journeys/test_erasure.py`: 64 blocks, four people of whom two are erased, the
site's own processes at work on the same database meanwhile, and PostgreSQL's write-ahead log.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from config import Settings
from registration.registrar import erasing, proving
from registration.store.database import db
from registration.store.reading import audit
from tests.canaries import Canary, list_places, names_of, open_canary
from tests.engines import PostgreSQL
from tests.mail.post_office import open_post_office
from tests.sites import Site, find_base_url, make_site, serve
from tests.traces import find

BLOCKS = 64


def test_no_block_of_an_erased_passport_is_found(
    make_settings: Callable[..., Settings], database_url: str, request: pytest.FixtureRequest
) -> None:
    data = None
    if not database_url.startswith("sqlite"):
        server: PostgreSQL = request.getfixturevalue("postgresql")
        data = server.data
    site = make_site(make_settings(database_url=database_url, base_url=find_base_url()))
    with open_post_office() as office, serve(site):
        canaries = [open_canary(site, office, blocks=BLOCKS, number=each) for each in range(1, 5)]
        entries = [
            each.walk(key) for each, key in zip(canaries, ("cr", "cr", "pa", "mx"), strict=True)
        ]
        gone, kept = canaries[:2], canaries[2:]
        _tell("before", site, data, canaries)
        for canary in canaries:
            assert canary.locked.keys() <= names_of(find([site.settings.data_dir], canary.needles))

        with Busy(site):
            for canary, entry in zip(gone, entries[:2], strict=True):
                canary.ask_for_erasure(entry)
        finished = erasing.run_due(site.office, now=datetime.now(UTC))

    _tell("after", site, data, canaries)
    assert finished == 2
    for canary in gone:
        assert find(list_places(site, data), canary.needles) == {}
    for canary in kept:
        assert canary.locked.keys() <= names_of(find([site.settings.data_dir], canary.needles))
    with site.office.database.reading() as session:
        assert audit.list_flaws(session) == []
    if data is not None:
        _prove_log(site, data, gone)
    site.office.database.dispose()
    with site.app.app_context():
        db.session.remove()
        db.engine.dispose()


def _prove_log(site: Site, data: Path, gone: list[Canary]) -> None:
    """The log of the server holds old rows until it is switched and written over, as the page on
    running a site says; no block of a file ever comes into it."""
    log = [data / "pg_wal"]
    needles = {name: each for canary in gone for name, each in canary.needles.items()}
    found = names_of(find(log, needles))
    assert not [name for name in found if name.startswith("block")]
    engine = site.office.database.engine.execution_options(isolation_level="AUTOCOMMIT")
    for number in range(6):
        print(f"write-ahead log, {number} switches: {len(names_of(find(log, needles)))} needles")
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_switch_wal()"))
            connection.execute(text("CREATE TABLE IF NOT EXISTS nothing (at int)"))
            connection.execute(text("INSERT INTO nothing VALUES (1)"))
            connection.execute(text("CHECKPOINT"))
    assert find(log, needles) == {}


class Busy:
    """Readers and writers at work on the database while people are erased."""

    def __init__(self, site: Site) -> None:
        self._site, self._stop = site, threading.Event()
        self._threads = [threading.Thread(target=each) for each in (self._read, self._sweep)]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        while not self._stop.wait(0.01):
            with self._site.office.database.reading() as session:
                audit.count_lines(session)

    def _sweep(self) -> None:
        """The worker's rounds: they finish what the desk began, and may be told to come again."""
        while not self._stop.wait(0.05):
            with suppress(OperationalError):
                proving.destroy_blobs(self._site.office)


def _tell(when: str, site: Site, data: Path | None, canaries: list[Canary]) -> None:
    for canary in canaries:
        found = find(list_places(site, data), canary.needles)
        number = len(names_of(found))
        print(f"{when}: person {canary.number}, {number} of {len(canary.needles)} needles found")
