"""Both shipped meetings on one site: each speaks its own languages, and neither of the other."""

import pytest

from registration.domain.ids import MeetingId
from tests.builders import RCM
from tests.meetings.review import GCM
from tests.pages import Pages
from tests.sites import Site, load_open_meeting

LANGUAGES = ("en", "es", "fr", "pt")
OF_THE_WORKSHOP = ("CRMST@iom.int", "Ciudad de México", "Mexico City", "Gobernación", "CRM", "RCM")
OF_THE_REVIEW = ("regional-review@example.org", "Santiago", "Chil", "UNNM")


@pytest.fixture
def both(site: Site, pages: Pages) -> Pages:
    load_open_meeting(site.office, GCM)
    return pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_site_lists_both(both: Pages, language: str) -> None:
    home = both.get(f"/{language}/")

    assert f'href="/{language}/{RCM}/"' in home.html
    assert f'href="/{language}/{GCM}/"' in home.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("meeting", "others"), [(RCM, OF_THE_REVIEW), (GCM, OF_THE_WORKSHOP)], ids=[RCM, GCM]
)
def test_no_page_of_one_speaks_of_the_other(
    both: Pages, meeting: MeetingId, others: tuple[str, ...], language: str
) -> None:
    for path in ("", "register", "privacy"):
        page = both.get(f"/{language}/{meeting}/{path}")

        assert [each for each in others if each in page.text] == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_the_review_says_nothing_of_what_it_has_not(both: Pages, language: str) -> None:
    page = both.get(f"/{language}/{GCM}/")

    assert "None" not in page.text
    # Nobody of a delegation receives anything: a table that says so sixty times helps nobody.
    assert 'class="table table--stacks"' not in page.html
