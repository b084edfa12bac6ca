"""The office and its guide, on both engines."""

from collections.abc import Iterator

import pytest

from registration.registrar.office import Office
from tests.offices import Guide, make_office


@pytest.fixture
def office(workshop_url: str) -> Iterator[Office]:
    """An office with the RCM workshop loaded."""
    office = make_office(workshop_url)
    yield office
    office.database.dispose()


@pytest.fixture
def guide(office: Office) -> Guide:
    return Guide(office)
