"""The pages of somebody who registers for a category: the form asks for what the choice needs."""

import pytest

from config import Settings
from registration.registrar import confirming, deciding
from registration.registrar.office import Moved
from tests.conftest import _settings
from tests.delegates import entry_path, fill, find_only, form_path, open_link
from tests.offices import REVIEWER
from tests.pages import Pages
from tests.programs import load_program
from tests.schema import Schemas
from tests.sites import Site, make_site


@pytest.fixture
def site(settings: Settings) -> Site:
    site = make_site(settings)
    load_program(site.office, rolled_weeks=_weeks(site))
    return site


@pytest.fixture
def pages(site: Site) -> Pages:
    return Pages(site.app)


def test_choices_stand_under_headings_categories_last(pages: Pages) -> None:
    page = pages.get(form_path())

    headings = page.html.split("<optgroup label=")[1:]
    assert [each.split('"')[1] for each in headings] == [
        "Member Countries",
        "Organisations",
        "Other participants",
    ]
    assert 'value="speakers"' in headings[2]
    # The desk's own categories are not offered.
    assert "interpreters" not in page.html
