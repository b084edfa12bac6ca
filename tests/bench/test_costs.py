"""What things cost, side by side in one run: read the ratios, for machines differ.

make bench
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import Engine, event

from registration.domain.registrations import Registration
from registration.language.translator import get_translator
from registration.letters.paper import draw_letter
from registration.letters.wording import compose_letter
from registration.registrar import deciding
from registration.registrar.office import Moved
from registration.store.writing import meetings
from tests.builders import RCM, make_meeting, make_registration
from tests.desks import LIST, make_guide, open_desk
from tests.offices import REVIEWER
from tests.sites import Site

FORM = f"/es/{RCM}/register"


@pytest.fixture
def queries() -> Iterator[list[str]]:
    """The statements that the database was asked."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", ["/es/", f"/es/{RCM}/", FORM])
def test_page(benchmark: BenchmarkFixture, site: Site, queries: list[str], path: str) -> None:
    client = site.app.test_client()
    client.get(path, base_url=site.url)
    queries.clear()
    answer = client.get(path, base_url=site.url)
    benchmark.extra_info |= {"queries": len(queries), "bytes": len(answer.data)}

    benchmark(client.get, path, base_url=site.url)

    assert answer.status_code == 200


@pytest.mark.parametrize("entries", [25, 1000])
def test_list_of_the_desk(
    benchmark: BenchmarkFixture, site: Site, queries: list[str], entries: int
) -> None:
    fill(site, entries)
    desk = open_desk(site)
    queries.clear()
    answer = desk.client.get(LIST, base_url=site.url)
    benchmark.extra_info |= {"queries": len(queries), "bytes": len(answer.data)}

    benchmark(desk.client.get, LIST, base_url=site.url)

    assert answer.status_code == 200


def test_letter(benchmark: BenchmarkFixture) -> None:
    letter = compose_letter(
        make_meeting(),
        make_registration(),
        number="RCM-7K2M4QXZ/1",
        issued_on=datetime(2022, 2, 17, tzinfo=UTC).date(),
        verification_address="https://registration.example.org/es/verify/3ARR320GCRH516ZP7ZNACJ",
        words=get_translator("es"),
    )

    benchmark.extra_info["bytes"] = len(benchmark(draw_letter, letter))


def test_approval(benchmark: BenchmarkFixture, site: Site) -> None:
    """Letter drawn and locked, row, history and mail written."""
    entries = iter(fill(site, 40))

    def approve() -> object:
        entry = next(entries)
        return deciding.approve(
            site.office,
            entry.id,
            version=entry.version,
            by=REVIEWER,
            arrived_at=datetime.now(UTC),
        )

    assert isinstance(benchmark.pedantic(approve, rounds=30), Moved)


def fill(site: Site, count: int) -> list[Registration]:
    """Submit so many entries of a delegation without limit."""
    with site.office.database.writing() as session:
        delegation = make_meeting().get_delegation("cr")
        meetings.save_delegation(
            session,
            meeting_id=RCM,
            key="cr",
            position=3,
            unlimited=True,
            admission=delegation.admission,
        )
    guide = make_guide(site)
    return [guide.submit("cr") for _ in range(count)]
