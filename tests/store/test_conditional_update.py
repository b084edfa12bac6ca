"""A move changes the row only if it is still as the move was decided on."""

from dataclasses import replace

import pytest

from registration.domain.states import State
from registration.store.writing import registrations
from tests.offices import Guide


@pytest.mark.parametrize("decided_on", [{"version": 1}, {"state": State.RETURNED}])
def test_row_that_is_not_as_it_was_read_is_left_alone(
    guide: Guide, decided_on: dict[str, object]
) -> None:
    entry = guide.submit()
    seen = replace(entry, **decided_on)  # type: ignore[arg-type]  # fields of a registration

    with guide.office.database.writing() as session:
        is_moved = registrations.move(session, seen, to=State.WITHDRAWN, seat_number=None)

    assert not is_moved
    assert guide.get(entry.id) == entry


def test_row_that_is_as_it_was_read_is_moved_once(guide: Guide) -> None:
    entry = guide.submit()
    with guide.office.database.writing() as session:
        moves = [
            registrations.move(session, entry, to=State.WITHDRAWN, seat_number=None)
            for _ in range(2)
        ]

    after = guide.get(entry.id)
    assert moves == [True, False]
    assert (after.state, after.version) == (State.WITHDRAWN, entry.version + 1)
