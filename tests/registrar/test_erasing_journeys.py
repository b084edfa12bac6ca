"""What was told and arranged for a journey: gone on the passports' date, or with its person, and
reached by a rotation until then."""

import pytest
from sqlalchemy import func, select

from registration.domain.events import DELEGATE
from registration.domain.journeys import Box
from registration.domain.papers import FileRole
from registration.domain.registrations import Registration
from registration.domain.retention import Kind, Reason, Scope
from registration.registrar import erasing, erasing_one, receiving
from registration.registrar.housing import book_rooms
from registration.registrar.rotating import count_wrapped_keys
from registration.registrar.telling_travel import tell_needs
from registration.store import wrapping
from registration.store.reading import holdings
from registration.store.reading.travel import TABLES
from tests.builders import RCM
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import moved, withdraw
from tests.registrar.test_erasing import ALL, PASSPORTS
from tests.travellers import NEEDS, STAY, issue, tell

JOURNEY = (Kind.TRAVEL, Kind.TICKET, Kind.TICKET_FILE, Kind.STAY, Kind.NEEDS)


@pytest.mark.parametrize(("moment", "scope"), [(PASSPORTS, Scope.PASSPORTS), (ALL, Scope.MEETING)])
def test_journey_is_erased_by_date(guide: Guide, moment: object, scope: Scope) -> None:
    _travel(guide)
    assert _held(guide) == (1, 1, 1, 1, 1)

    erasing.run_due(guide.office, now=moment)  # type: ignore[arg-type]  # a moment

    assert _held(guide) == (0, 0, 0, 0, 0)
    assert _count_rows(guide) == 0
    with guide.office.database.reading() as session:
        [erasure] = holdings.list_erasures(session, RCM)
    assert erasure.scope is scope
    assert [erasure.erased[each] for each in JOURNEY] == [1] * 5


def test_journey_of_one_person_is_erased_with_the_person(guide: Guide) -> None:
    gone, other = _travel(guide), _travel(guide, "gt")
    moved(withdraw(guide, gone))

    erasing_one.erase_entry(guide.office, gone.id, reason=Reason.REQUEST, by=REVIEWER, at=guide.now)

    assert _count_rows(guide) == 4
    with guide.office.database.reading() as session:
        assert holdings.count_held(session, RCM, gone.id)[Kind.TRAVEL] == 0
        assert holdings.count_held(session, RCM, other.id)[Kind.TRAVEL] == 1


def test_rotation_reaches_every_box(guide: Guide) -> None:
    _travel(guide)

    counted = {each.column: each.newest for each in count_wrapped_keys(guide.office)}

    assert {f"{box}.wrapped_key" for box in Box} <= {str(each) for each in wrapping.list_columns()}
    assert [counted[f"{box}.wrapped_key"] for box in Box] == [1] * 4


# builders


def _travel(guide: Guide, delegation: str = "cr") -> Registration:
    """Return an entry with all that can be told and arranged."""
    entry = guide.approve(guide.submit(delegation))
    moved(tell(guide, entry))
    file = receiving.ReceivedFile(
        name="ticket.pdf", media_type="application/pdf", pages=1, data=b"a ticket"
    )
    receiving.receive_file(guide.office, entry.id, FileRole.TICKET, file, arrived_at=guide.now)
    moved(issue(guide, entry))
    moved(tell_needs(guide.office, entry.id, NEEDS, by=DELEGATE, arrived_at=guide.now))
    assert book_rooms(guide.office, [entry.id], STAY, by=REVIEWER, arrived_at=guide.now) == 1
    return entry


def _held(guide: Guide) -> tuple[int, ...]:
    with guide.office.database.reading() as session:
        held = holdings.count_held(session, RCM)
    return tuple(held[each] for each in JOURNEY)


def _count_rows(guide: Guide) -> int:
    with guide.office.database.reading() as session:
        return sum(
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in TABLES.values()
        )
