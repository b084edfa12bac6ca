"""A form that a page of another site sends is refused before anything of it is kept (T38)."""

import pytest
from sqlalchemy import func, select

from registration.store.tables.files import DbLockedFile
from registration.web.headers import allowed_origins
from tests.delegates import entry_path, make_file, open_link
from tests.desks import SIGN_IN, make_guide, submit
from tests.pages import Pages
from tests.sites import Site

FOREIGN = ["https://evil.example", "http://evil.localhost", "http://localhost:81", "null"]


@pytest.mark.parametrize("origin", FOREIGN)
def test_file_sent_by_another_site_is_not_kept(pages: Pages, site: Site, origin: str) -> None:
    entry = submit(make_guide(site))
    open_link(pages, site, entry)
    before = _count_files(site)

    response = pages.client.post(
        entry_path(entry, "correct"),
        data={"passport": make_file()},
        base_url=site.url,
        headers={"Origin": origin},
    )

    assert response.status_code == 400
    assert "We could not read this request" in response.text
    assert _count_files(site) == before


def test_forms_of_our_own_pages_are_taken(pages: Pages, site: Site) -> None:
    page = pages.post(SIGN_IN, {"email": "x@example.org"}, headers={"Origin": site.url})

    assert page.status == 422


def test_pages_can_be_fetched_from_anywhere(pages: Pages) -> None:
    pages.get("/en/", headers={"Origin": "https://evil.example"})


@pytest.mark.parametrize(
    ("base_url", "origins"),
    [
        ("https://site.example", {"https://site.example"}),
        ("https://site.example:8443", {"https://site.example:8443"}),
        (
            "http://127.0.0.1:8000",
            {"http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"},
        ),
    ],
)
def test_origins_follow_from_the_address_of_the_site(base_url: str, origins: set[str]) -> None:
    assert allowed_origins(base_url) == origins


def _count_files(site: Site) -> int:
    with site.office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(DbLockedFile)) or 0
