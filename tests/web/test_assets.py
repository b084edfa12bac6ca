"""Style sheets and scripts: small, and cached for good under the mark of their content."""

import gzip
import os
import re
from pathlib import Path

from registration.web import assets
from tests.pages import Pages
from tests.sites import Site

#: What a page of the peers needs in style and script starts at 260 kB; ours stays far below this.
MOST_BYTES = 60_000


def test_page_needs_less_than_60_kb_of_style_and_script(pages: Pages) -> None:
    page = pages.get("/en/verify/")
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js)\?v=[^"]+)"', page.html)

    sizes = [len(gzip.compress(_fetch(pages, each), 9)) for each in addresses]

    assert len(addresses) == 2
    assert sum(sizes) < MOST_BYTES


def test_marked_address_is_kept_for_good_and_an_unmarked_one_is_not(pages: Pages) -> None:
    page = pages.get("/en/")
    marked = re.search(r'href="(/static/site\.css\?v=[0-9a-f]{12})"', page.html)
    assert marked

    kept = pages.client.get(marked[1], base_url=pages.base_url)
    unmarked = pages.client.get("/static/site.css", base_url=pages.base_url)

    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert unmarked.headers["Cache-Control"] == "public, max-age=86400"


def test_style_sheet_comes_zipped_to_who_can_unzip(site: Site) -> None:
    client = site.app.test_client()

    plain = client.get("/static/site.css", base_url=site.url)
    zipped = client.get("/static/site.css", base_url=site.url, headers={"Accept-Encoding": "gzip"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert "Accept-Encoding" in zipped.headers["Vary"]


def test_house_sheets_stand_above_bootstrap(site: Site) -> None:
    css = site.app.test_client().get("/static/site.css", base_url=site.url).text

    assert css.startswith("@layer bootstrap {")
    assert css.index("--bs-primary") < css.index("--brand-deep")
    assert "sourceMappingURL" not in css


def test_nothing_is_loaded_from_another_site(pages: Pages) -> None:
    for path in ("/en/", "/es/rcm-imrf-2022/", "/en/verify/"):
        page = pages.get(path)

        elsewhere = re.findall(r'(?:src|href)="((?:https?:)?//[^"]+)"', page.html)
        # The page says its own address in each language.
        assert [each for each in elsewhere if not each.startswith(f"{pages.base_url}/")] == []


def _fetch(pages: Pages, address: str) -> bytes:
    with pages.client.get(address, base_url=pages.base_url) as response:
        return response.data


def test_mark_of_a_file_that_changed_is_another_one(tmp_path: Path) -> None:
    file = tmp_path / "list.js"
    marks = []
    for second, text in enumerate(("one", "two", "two")):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (second, second))
        marks.append(assets._mark_of(file))

    assert marks[0] != marks[1] == marks[2]
