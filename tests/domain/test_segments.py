"""Which place somebody takes, how much room is left, and when a segment is."""

import pytest

from registration.domain.days import list_segments
from registration.domain.ids import MeetingId
from registration.domain.segments import FreePlace, NoPlace, Room, choose_place, room_in
from tests.builders import make_meeting


@pytest.mark.parametrize(
    ("capacity", "taken", "place"),
    [
        (3, set(), FreePlace(1)),
        (3, {1, 3}, FreePlace(2)),
        (3, {1, 2, 3}, NoPlace()),
        (None, {1, 2, 3}, FreePlace(None)),
    ],
)
def test_lowest_free_number_is_taken(
    capacity: int | None, taken: set[int], place: FreePlace | NoPlace
) -> None:
    assert choose_place(capacity, taken) == place


@pytest.mark.parametrize(
    ("capacity", "attending", "room"),
    [
        (None, 10_000, Room.OPEN),
        (300, 269, Room.OPEN),
        (300, 270, Room.FEW),
        (300, 300, Room.FULL),
        (2, 0, Room.OPEN),
        (2, 1, Room.FEW),
        (1, 2, Room.FULL),
    ],
)
def test_room_is_told_coarsely(capacity: int | None, attending: int, room: Room) -> None:
    assert room_in(capacity, attending) is room


def test_segment_without_hours_has_those_of_its_line_in_the_agenda() -> None:
    meeting = make_meeting(MeetingId("gcm-regional-review-2025"))

    hours = {each.key: each.starts for each in list_segments(meeting)}

    lines = {line.title["en"]: line.starts for day in meeting.agenda for line in day.items}
    hearing = meeting.find_segment("hearing")
    assert hearing is not None
    assert hearing.starts is None
    assert hours["hearing"] == lines[hearing.title["en"]]
