"""What every test may ask for: databases on both engines, settings, the site, a browser."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from sqlalchemy import Engine, event

from config import Settings
from tests.engines import PostgreSQL, run_postgresql
from tests.schema import Schemas
from tests.statements import share_statements

if TYPE_CHECKING:
    from tests.pages import Pages
    from tests.sites import Site

LINK_KEY = b"a key of private links for the tests, long enough"

# No time limit for an example: the machine is shared. The same examples each time: a test that
# fails today failed yesterday. `make proof` looks further, with --hypothesis-profile=proof.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("proof", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """Let what one test's engines have compiled serve the next test's."""
    event.listen(Engine, "engine_connect", share_statements)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector of garbage looked at it again
    and again, five thousand tests long."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server, one for each process of tests."""
    with run_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Schemas:
    """Makes databases with the schema of the newest migration."""
    return Schemas(tmp_path_factory.mktemp("schemas"))


@pytest.fixture
def sqlite_url(tmp_path: Path, schemas: Schemas) -> str:
    """A new SQLite database with the schema in it."""
    return schemas.new_sqlite(tmp_path / "registration.sqlite")


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL, schemas: Schemas) -> Iterator[str]:
    """A new PostgreSQL database with the schema in it."""
    url = schemas.new_postgresql(postgresql)
    yield url
    postgresql.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """As sqlite_url and as postgresql_url: for tests that must hold on both engines."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def workshop_sqlite_url(tmp_path: Path, schemas: Schemas) -> str:
    """As sqlite_url, and the RCM workshop is loaded: see `tests.offices.load_workshop`."""
    from tests.offices import load_workshop

    return schemas.new_sqlite(tmp_path / "registration.sqlite", load_workshop)


@pytest.fixture
def workshop_postgresql_url(postgresql: PostgreSQL, schemas: Schemas) -> Iterator[str]:
    """As postgresql_url, and the RCM workshop is loaded."""
    from tests.offices import load_workshop

    url = schemas.new_postgresql(postgresql, load_workshop)
    yield url
    postgresql.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def workshop_url(request: pytest.FixtureRequest) -> str:
    """As workshop_sqlite_url and as workshop_postgresql_url."""
    return str(request.getfixturevalue(f"workshop_{request.param}_url"))


@pytest.fixture
def open_workshop_url(tmp_path: Path, schemas: Schemas) -> str:
    """As sqlite_url, and the RCM workshop is loaded as a rehearsal, so that it is open today."""
    from tests.sites import load_open_workshop

    return schemas.new_sqlite(tmp_path / "registration.sqlite", load_open_workshop)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database with nothing in it, on both engines: for tests of migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    url = server.make_database()
    yield url
    server.drop_database(url)


@pytest.fixture(scope="session")
def object_server() -> Iterator[str]:
    """An object storage, one for each process of tests."""
    # Late: few tests need it.
    from tests.buckets import serve_objects

    with serve_objects() as address:
        yield address


@pytest.fixture
def bucket_url(object_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket, with the variables that lead the library to it."""
    from tests.buckets import ENVIRONMENT, make_bucket

    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": object_server}.items():
        monkeypatch.setenv(name, value)
    return make_bucket(object_server)


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    """Return a function that gives settings of a site in tmp_path; a test names what matters."""

    def make(**changes: Any) -> Settings:
        return Settings(**(_settings(tmp_path) | changes))

    return make


@pytest.fixture
def settings(make_settings: Callable[..., Settings], sqlite_url: str) -> Settings:
    """Settings of a site on SQLite."""
    return make_settings(database_url=sqlite_url)


@pytest.fixture
def site(make_settings: Callable[..., Settings], open_workshop_url: str) -> "Iterator[Site]":
    """A site on SQLite with the RCM workshop open; ask it by `site.app.test_client()`."""
    # Late: the tests of a part below the pages need not import the pages.
    from tests.sites import make_site

    site = make_site(make_settings(database_url=open_workshop_url))
    yield site
    site.office.database.dispose()


@pytest.fixture
def pages(site: "Site") -> "Pages":
    """The pages of `site` without a browser; each one fetched is checked (`tests.pages`)."""
    from tests.pages import Pages

    return Pages(site.app, site.url)


@pytest.fixture
def live_site(make_settings: Callable[..., Settings], open_workshop_url: str) -> "Iterator[Site]":
    """As `site`, and answering at `site.url`: for the `page` of a browser."""
    from tests.sites import find_base_url, make_site, serve

    site = make_site(make_settings(database_url=open_workshop_url, base_url=find_base_url()))
    with serve(site):
        yield site
    site.office.database.dispose()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; it will not be sandboxed as root, and asks nobody outside for anything."""
    return {
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


def _settings(folder: Path) -> dict[str, Any]:
    return {
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'registration.sqlite'}",
        "storage_url": f"file://{folder / 'files'}",
        "queue_url": f"sqlite:///{folder / 'queue.sqlite'}",
        "limits_url": f"sqlite:///{folder / 'limits.sqlite'}",
        "limits_enabled": True,
        "base_url": "http://localhost",
        "secret_key": "a secret key of the tests, 32 characters or more",
        "link_key": LINK_KEY,
        "vault_keys": ("dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgISE=",),
        "seal_certificate": None,
        "seal_password": None,
        "mail_server": "127.0.0.1",
        "mail_port": 1,
        "mail_username": None,
        "mail_password": None,
        "mail_use_tls": False,
        "mail_from": "secretariat@example.org",
    }
