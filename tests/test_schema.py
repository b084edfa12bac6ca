"""The databases of the tests: copies of one, and nothing of one is in another."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from registration.store.tables.registrations import DbRegistration
from tests.builders import make_meeting
from tests.offices import Guide, load_workshop, make_office
from tests.schema import Schemas


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_is_written_into_one_copy_is_in_no_other(
    engine: str, schemas: Schemas, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def make(name: str) -> Guide:
        if engine == "sqlite":
            return Guide(make_office(schemas.new_sqlite(tmp_path / name, load_workshop)))
        server = request.getfixturevalue("postgresql")
        return Guide(make_office(schemas.new_postgresql(server, load_workshop)))

    first, second = make("first"), make("second")
    first.submit()
    third = make("third")

    assert [_count(each) for each in (first, second, third)] == [1, 0, 0]
    assert first.meeting == second.meeting == third.meeting == make_meeting()
    for each in (first, second, third):
        each.office.database.dispose()


def _count(guide: Guide) -> int:
    with guide.office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(DbRegistration)) or 0
