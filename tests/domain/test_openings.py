"""How openings are told: who, when, why, and one look as one line."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from registration.domain.events import Event
from registration.domain.openings import Why, list_openings
from registration.domain.papers import FileRole, HistoryLine
from registration.domain.states import Actor

NOON = datetime(2022, 2, 14, 12, tzinfo=UTC)


def test_pages_turned_within_ten_minutes_of_each_other_are_one_look() -> None:
    lines = [line(minutes) for minutes in (25, 16, 10, 0)]

    [look] = list_openings(lines)

    assert (look.times, look.at, look.last_at) == (4, NOON, NOON + timedelta(minutes=25))


def test_look_after_a_longer_pause_is_another_one() -> None:
    later, earlier = list_openings([line(11), line(0)])

    assert (later.at, earlier.at) == (NOON + timedelta(minutes=11), NOON)


def test_two_people_two_reasons_and_two_files_stay_apart() -> None:
    lines = [
        line(4),
        line(3, staff_id=2, name="Tomás Rivas"),
        line(2, staff_id=2, name="Tomás Rivas", why=Why.FLIGHT),
        line(1, staff_id=2, name="Tomás Rivas", why=Why.FLIGHT, role=FileRole.SIGNED_LETTER),
    ]

    assert [(each.staff_name, each.why, each.role) for each in list_openings(lines)] == [
        ("Luisa Pérez", Why.REVIEW, FileRole.PASSPORT),
        ("Tomás Rivas", Why.REVIEW, FileRole.PASSPORT),
        ("Tomás Rivas", Why.FLIGHT, FileRole.PASSPORT),
        ("Tomás Rivas", Why.FLIGHT, FileRole.SIGNED_LETTER),
    ]


def test_openings_of_our_own_letters_and_other_lines_are_none() -> None:
    lines = [
        line(0, event=Event.LETTER_OPENED, role=FileRole.LETTER),
        line(0, event=Event.APPROVED),
        line(0, role=FileRole.RECORD),
    ]

    assert list_openings(lines) == []


def test_name_of_an_account_that_is_gone_is_the_one_told_then() -> None:
    gone = line(0, name=None, details={"staff": "Luisa Pérez"})

    assert [each.staff_name for each in list_openings([gone])] == ["Luisa Pérez"]


# builder


def line(
    minutes: int,
    *,
    event: Event = Event.FILE_OPENED,
    role: FileRole = FileRole.PASSPORT,
    why: Why = Why.REVIEW,
    staff_id: int | None = 1,
    name: str | None = "Luisa Pérez",
    details: dict[str, str] | None = None,
) -> HistoryLine:
    return HistoryLine(
        id=UUID(int=minutes),
        number=minutes + 1,
        at=NOON + timedelta(minutes=minutes),
        event=event,
        actor=Actor.SECRETARIAT,
        staff_id=staff_id,
        staff_name=name,
        facts={"role": role.value, "why": why.value},
        details=details or {},
    )
