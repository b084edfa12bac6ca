"""A passport's whole way through object storage: sent, opened, rotated, destroyed; and what people
are told while the storage is out of reach. The same way is gone in a folder."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import Settings
from registration.registrar import rotating, sweeping
from registration.registrar.office import Office
from registration.store import reading
from registration.store.database import Database
from registration.vault import storage as storage_module
from registration.vault.boxes import Vault, make_key
from registration.vault.storage import open_storage
from tests.delegates import (
    count_registrations,
    entry_path,
    fill,
    find_only,
    form_path,
    open_link,
    particulars,
    typed,
)
from tests.desks import entry_path as desk_path
from tests.desks import open_desk
from tests.pages import Pages
from tests.registrar.moving import moved
from tests.sites import Site, make_site

OUT_OF_REACH = "The file could not be taken in just now. Try again in a few minutes."


@pytest.fixture(params=["folder", "bucket"])
def storage_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return (tmp_path / "files").as_uri()
    return str(request.getfixturevalue("bucket_url"))


@pytest.fixture
def stored(
    make_settings: Callable[..., Settings], sqlite_url: str, storage_url: str
) -> Iterator[Site]:
    """A site whose files lie in the storage."""
    site = make_site(make_settings(database_url=sqlite_url, storage_url=storage_url))
    yield site
    site.office.database.dispose()


def test_passport_is_sent_opened_rotated_and_destroyed(stored: Site) -> None:
    pages = Pages(stored.app, stored.url)
    pages.post(form_path(), fill(), status=303)
    entry = find_only(stored)
    confirm(stored, pages)
    before = list_blobs(stored.office)
    assert entry.passport is not None
    assert len(before) == 1

    desk = open_desk(stored)
    picture = desk.client.get(desk_path(entry, "passport/1/small.jpg"), base_url=stored.url)
    assert picture.data.startswith(b"\xff\xd8\xff")

    new = make_key()
    rotate(stored, new)
    assert list_blobs(stored.office) == before
    after = Vault([new], open_storage(stored.settings.storage_url))
    with stored.office.database.reading() as session:
        file = reading.get_file(session, entry.passport)
    assert after.open(file.blob, file.wrapped_key, bound_to=file.binding)

    stored.office.vault.destroy(file.blob)
    assert list_blobs(stored.office) == set()


def test_passport_of_a_form_that_was_refused_is_swept_from_the_storage(stored: Site) -> None:
    pages = Pages(stored.app, stored.url)
    pages.post(form_path(), fill(institution=""), status=422)
    assert len(list_blobs(stored.office)) == 1

    swept = sweeping.sweep_files(stored.office, now=datetime.now(UTC) + timedelta(hours=3))

    assert swept == 1
    assert list_blobs(stored.office) == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", OUT_OF_REACH), ("es", "El archivo no se pudo recibir en este momento.")],
)
def test_storage_out_of_reach_is_told_on_the_form_and_nothing_is_lost(
    make_settings: Callable[..., Settings],
    sqlite_url: str,
    bucket_url: str,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    sentence: str,
) -> None:
    cut_off(monkeypatch)
    site = make_site(make_settings(database_url=sqlite_url, storage_url=bucket_url))
    pages = Pages(site.app, site.url)

    page = pages.post(form_path(language), fill(), status=503)

    assert sentence in page.text
    assert typed(page, "surnames") == "Morales Vargas"
    assert typed(page, "email") == "ana.morales@example.org"
    assert count_registrations(site) == 0
    site.office.database.dispose()


def test_correction_without_a_file_needs_no_storage(
    make_settings: Callable[..., Settings],
    sqlite_url: str,
    bucket_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = make_site(make_settings(database_url=sqlite_url, storage_url=bucket_url))
    pages = Pages(site.app, site.url)
    pages.post(form_path(), fill(), status=303)
    confirm(site, pages)
    entry = find_only(site)
    cut_off(monkeypatch)
    far = Vault(site.settings.vault_keys, open_storage(bucket_url))
    site.app.extensions["office"] = replace(site.office, vault=far)

    pages.post(entry_path(entry, "correct"), particulars(position="Directora"), status=303)

    assert find_only(site).particulars.position == "Directora"
    answer = pages.client.get(entry_path(entry, "passport/1.jpg"), base_url=site.url)
    assert answer.status_code == 503
    site.office.database.dispose()


# builders


def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens where the bucket was; a storage opened from now on gives up soon."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(storage_module, "ALL_TRIES_SECONDS", 1)


def confirm(site: Site, pages: Pages) -> None:
    from registration.registrar import confirming

    entry = find_only(site)
    moved(
        confirming.confirm(
            site.office, entry.id, version=entry.version, arrived_at=datetime.now(UTC)
        )
    )
    open_link(pages, site, find_only(site))


def rotate(site: Site, new: str) -> None:
    """As `flask vault rotate`, in a process that was started with both keys."""
    vault = Vault([new, *site.settings.vault_keys], open_storage(site.settings.storage_url))
    database = Database(site.settings.database_url, locking_key=vault.locking_key)
    office = replace(site.office, vault=vault, database=database)
    for _ in rotating.rotate(office, now=datetime.now(UTC)):
        pass
    assert rotating.end_rotation(office) is not None
    database.dispose()


def list_blobs(office: Office) -> set[str]:
    return {each.name for each in office.vault.blobs()}
