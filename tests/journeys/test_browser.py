"""The browser of the tests reaches the site of the tests."""

from playwright.sync_api import Page

from tests.sites import Site


def test_first_page_opens_in_the_browser_s_language(page: Page, live_site: Site) -> None:
    page.goto(live_site.url)

    assert page.url == f"{live_site.url}/en/"
    assert page.locator("h1").count() == 1
