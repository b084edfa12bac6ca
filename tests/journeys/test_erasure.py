"""Nothing of an erased person is found: not under DATA_DIR, not in the database's files (T60)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import Settings
from registration.registrar import erasing, proving
from registration.store.database import db
from tests.canaries import list_places, names_of, open_canary
from tests.engines import PostgreSQL
from tests.mail.post_office import PostOffice, open_post_office
from tests.sites import Site, find_base_url, make_site, serve
from tests.traces import find


@pytest.fixture
def served(make_settings: Callable[..., Settings], database_url: str) -> Iterator[Site]:
    site = make_site(make_settings(database_url=database_url, base_url=find_base_url()))
    with serve(site):
        yield site
    site.office.database.dispose()
    with site.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def folder(request: pytest.FixtureRequest, database_url: str) -> Path | None:
    """The folder of the PostgreSQL server, where the database is one of its own."""
    if database_url.startswith("sqlite"):
        return None
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.data


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as post_office:
        yield post_office


def test_nothing_of_a_person_erased_on_request_is_found(
    served: Site, post_office: PostOffice, folder: Path | None
) -> None:
    canary = open_canary(served, post_office, blocks=8)
    entry = canary.walk()
    before = names_of(find([served.settings.data_dir], canary.needles))
    assert canary.locked.keys() <= before, "the search does not find what is there"

    canary.ask_for_erasure(entry)
    assert erasing.run_due(served.office, now=datetime.now(UTC)) == 1

    assert find(list_places(served, folder), canary.needles) == {}


def test_nothing_of_a_meeting_past_its_date_is_found(
    served: Site, post_office: PostOffice, folder: Path | None
) -> None:
    canaries = [open_canary(served, post_office, blocks=2, number=each) for each in (1, 2)]
    for canary in canaries:
        canary.walk()
    _take_samples(served)

    assert erasing.run_due(served.office, now=_after_the_date()) == 1
    _write_out(served)

    for canary in canaries:
        assert find(list_places(served, folder), canary.needles) == {}


def test_search_finds_what_an_erasure_without_scrubbing_leaves(
    served: Site, post_office: PostOffice, folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard taken away: rows that were emptied are still in the database's own files."""
    canary = open_canary(served, post_office, blocks=1)
    canary.walk()
    monkeypatch.setattr(proving, "scrub", lambda *_: None)

    erasing.run_due(served.office, now=_after_the_date())
    _write_out(served)

    found = names_of(find(list_places(served, folder), canary.needles))
    assert f"{canary.person['institution']} as utf-8" in found


def _after_the_date() -> datetime:
    return datetime.now(UTC) + timedelta(days=365)


def _take_samples(site: Site) -> None:
    """PostgreSQL keeps samples of what stands in columns; its own rounds take them sooner or later.

    Without `scrubbing._forget_samples` addresses of erased people are found in them.
    """
    if not site.office.database.is_sqlite:
        with site.office.database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


def _write_out(site: Site) -> None:
    """PostgreSQL keeps pages in memory; make it write them."""
    if not site.office.database.is_sqlite:
        engine = site.office.database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CHECKPOINT")
