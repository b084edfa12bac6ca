"""The agenda and the roadmap as calendar files, read back line by line."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registration.domain.meeting import Meeting
from registration.language.translator import get_translator
from registration.links.program_calendars import make_agenda, make_roadmap
from tests.builders import RCM, make_meeting
from tests.calendars import Component, read_calendar
from tests.summits import NOW, SUMMIT, define_summit

MEXICO = ZoneInfo("America/Mexico_City")
HOST = "register.example.org"
Maker = Callable[..., bytes]


def test_segment_with_hours_is_an_event_in_the_citys_time() -> None:
    hearing = _events(_agenda(_summit()))["segment-hearing"]

    assert hearing.lines["DTSTART"].moment == datetime(2022, 3, 31, 21, tzinfo=MEXICO)
    assert hearing.lines["DTEND"].moment == datetime(2022, 3, 31, 22, 30, tzinfo=MEXICO)
    assert hearing.lines["SUMMARY"].text == "Audiencia; de, muchas partes"
    assert hearing.lines["LOCATION"].text.startswith("Sala 1, Secretaría de Gobernación")


def test_day_without_segments_is_an_event_from_its_first_line() -> None:
    day = _events(_agenda(_summit()))["day-2"]

    assert day.lines["DTSTART"].moment == datetime(2022, 4, 1, 9, tzinfo=MEXICO)
    assert day.lines["DTEND"].moment == datetime(2022, 4, 1, 12, 30, tzinfo=MEXICO)
    assert day.lines["DESCRIPTION"].text.startswith(
        "hora de la Ciudad de México:\n10:00 Revisión de la propuesta"
    )


def test_segments_without_hours_are_one_event_of_the_whole_day() -> None:
    day = _events(_agenda(_summit()))["day-3"]

    assert day.lines["DTSTART"].moment == date(2022, 4, 2)
    assert day.lines["DTEND"].moment == date(2022, 4, 3)
    assert day.lines["DESCRIPTION"].text.startswith("Cierre de todo\n")
    assert day.lines["TRANSP"].value == "TRANSPARENT"


def test_agenda_holds_each_day_once() -> None:
    assert list(_events(_agenda(_summit()))) == [
        "day-1",
        "segment-hearing",
        "day-2",
        "day-3",
    ]
    assert list(_events(_agenda(make_meeting()), meeting=RCM)) == ["day-1", "day-2"]


def test_step_lasts_whole_days_to_the_first_that_is_free() -> None:
    briefing = _events(_roadmap(_summit()))["roadmap-briefing"]

    assert briefing.lines["DTSTART"].moment == date(2022, 1, 13)
    assert briefing.lines["DTEND"].moment == date(2022, 1, 15)
    assert "https://www.example.org/briefing?a=1&b=2" in briefing.lines["DESCRIPTION"].text


def test_step_of_which_only_the_month_is_known_is_left_out() -> None:
    assert list(_events(_roadmap(_summit()))) == ["roadmap-briefing", "roadmap-hearing"]


@pytest.mark.parametrize("make", [make_agenda, make_roadmap])
def test_events_of_a_meeting_that_was_moved_keep_their_names(make: Maker) -> None:
    before, after = (
        _events(_write(make, _summit(rolled_weeks=weeks), language=language))
        for weeks, language in ((0, "es"), (10, "en"))
    )

    assert list(before) == list(after)
    for key, event in before.items():
        moved = after[key].lines["DTSTART"].moment
        assert _day(moved) == _day(event.lines["DTSTART"].moment) + timedelta(weeks=10)


@pytest.mark.parametrize("make", [make_agenda, make_roadmap])
def test_rehearsal_is_marked_on_every_event(make: Maker) -> None:
    calendar = _write(make, _summit(rolled_weeks=10))

    assert calendar.lines["X-WR-CALNAME"].text.startswith("[Ensayo] ")
    for event in _events(calendar).values():
        assert event.lines["SUMMARY"].text.startswith("[Ensayo] ")


def test_reader_finds_what_it_is_there_to_find() -> None:
    good = make_agenda(_summit(), get_translator("es"), stamped_at=NOW, host=HOST)
    spoilt = [
        good.replace(b"\r\n", b"\n"),
        good.replace(b"\r\n ", b""),
        good.replace(b"UID:summit-day-2", b"UID:summit-day-3"),
        good.replace(b"TZID:America/Mexico_City", b"TZID:America/Panama"),
        good.replace(b"DTEND;VALUE=DATE:20220403", b"DTEND;VALUE=DATE:20220402"),
        good.replace(b"20220210T180000Z", b"20220210T180000"),
        good.removesuffix(b"END:VCALENDAR\r\n"),
    ]

    assert good not in spoilt
    for each in spoilt:
        with pytest.raises((AssertionError, ValueError)):
            read_calendar(each)


def _summit(*, rolled_weeks: int = 0) -> Meeting:
    return define_summit().to_meeting(SUMMIT, rolled_weeks)


def _agenda(meeting: Meeting) -> Component:
    return _write(make_agenda, meeting)


def _roadmap(meeting: Meeting) -> Component:
    return _write(make_roadmap, meeting)


def _write(make: Maker, meeting: Meeting, *, language: str = "es") -> Component:
    data = make(meeting, get_translator(language), stamped_at=NOW, host=HOST)
    calendar = read_calendar(data)
    for event in calendar.list_parts("VEVENT"):
        assert event.lines["DTSTAMP"].moment == NOW.astimezone(UTC)
    return calendar


def _events(calendar: Component, *, meeting: str = SUMMIT) -> dict[str, Component]:
    """Return the events by their name within the meeting."""
    events = calendar.list_parts("VEVENT")
    uids = [each.lines["UID"].value for each in events]
    assert all(each.startswith(f"{meeting}-") and each.endswith(f"@{HOST}") for each in uids)
    return {
        uid.removeprefix(f"{meeting}-").removesuffix(f"@{HOST}"): event
        for uid, event in zip(uids, events, strict=True)
    }


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
