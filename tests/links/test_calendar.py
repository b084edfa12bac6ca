from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar

from registration.domain.meeting import AgendaDay, AgendaItem, Meeting
from registration.domain.program import Segment
from registration.language.translator import get_translator
from registration.links.calendar import make_invitation
from tests.mail.builders import make_meeting, make_registration, text

STAMPED_AT = datetime(2022, 3, 5, 10, tzinfo=UTC)
MEXICO = ZoneInfo("America/Mexico_City")
LATER = datetime(2022, 3, 5, 10, 5, tzinfo=UTC)
HEARING = Segment(
    key="hearing",
    day=date(2022, 3, 31),
    title=text("Hearing", "Audiencia"),
    place=text("Hall 1", "Sala 1"),
    starts=time(10),
    ends=time(13),
)
CLOSING = Segment(key="closing", day=date(2022, 4, 1), title=text("Closing", "Clausura"))


def test_each_day_is_an_event_from_its_first_item_in_the_citys_time() -> None:
    first, second = events(make(_two_days()))

    assert first.decoded("dtstart") == datetime(2022, 3, 31, 9, 30, tzinfo=MEXICO)
    assert first.decoded("dtend") == datetime(2022, 3, 31, 17, tzinfo=MEXICO)
    assert second.decoded("dtstart") == datetime(2022, 4, 1, 9, tzinfo=MEXICO)
    assert first.decoded("dtstart").utcoffset() == second.decoded("dtstart").utcoffset()


def test_zone_is_described_in_the_file_itself() -> None:
    data = make(_two_days()).decode()

    assert "BEGIN:VTIMEZONE" in data
    assert "TZID:America/Mexico_City" in data
    assert "DTSTART;TZID=America/Mexico_City:20220331T093000" in data


def test_without_an_agenda_the_whole_days_are_one_event() -> None:
    (event,) = events(make(make_meeting()))

    assert event.decoded("dtstart") == date(2022, 3, 31)
    assert event.decoded("dtend") == date(2022, 4, 2)


def test_same_facts_give_the_same_bytes() -> None:
    assert make(_two_days()) == make(_two_days())


def test_later_file_of_the_entry_is_news_of_the_same_events() -> None:
    before, after = (
        events(make(_two_days(), version=version, stamped_at=at))[0]
        for version, at in ((3, STAMPED_AT), (5, datetime(2022, 3, 9, tzinfo=UTC)))
    )

    assert before["uid"] == after["uid"] == "WKS-7K2M4QXZ-20220331@register.example.org"
    assert before["sequence"] < after["sequence"]


def test_words_are_the_delegates_and_special_characters_are_escaped() -> None:
    meeting = make_meeting(short_title=text("A; b, c\\d", "Año; uno, dos\\tres"))

    data = make(meeting)

    assert "SUMMARY:Año\\; uno\\, dos\\\\tres" in data.decode()
    assert "LOCATION:Secretaría de Gobernación\\, Ciudad de México" in data.decode()
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_rehearsal_is_marked() -> None:
    (event,) = events(make(make_meeting(rolled_weeks=10)))

    assert str(event["summary"]) == "[Ensayo] Taller de 2022"


def test_attended_segments_are_the_events_with_hours_where_there_are_any() -> None:
    meeting = replace(_two_days(), segments=(HEARING, CLOSING))

    first, second = events(make(meeting, attended=(HEARING, CLOSING)))

    assert first.decoded("dtstart") == datetime(2022, 3, 31, 10, tzinfo=MEXICO)
    assert first.decoded("dtend") == datetime(2022, 3, 31, 13, tzinfo=MEXICO)
    assert str(first["summary"]) == "Audiencia (Taller de 2022)"
    assert str(first["location"]).startswith("Sala 1, Secretaría de Gobernación")
    assert (second.decoded("dtstart"), second.decoded("dtend")) == (
        date(2022, 4, 1),
        date(2022, 4, 2),
    )
    assert first["uid"] == "WKS-7K2M4QXZ-hearing@register.example.org"


def test_file_after_a_change_calls_off_what_is_gone_and_nothing_else() -> None:
    meeting = replace(_two_days(), segments=(HEARING, CLOSING))

    first = make(meeting, attended=(HEARING,))
    later = make(meeting, attended=(CLOSING,), before=(HEARING,), stamped_at=LATER)

    assert _statuses(first) == {"hearing": "CONFIRMED"}
    assert _statuses(later) == {"hearing": "CANCELLED", "closing": "CONFIRMED"}
    sent, called_off = events(first)[0], events(later)[0]
    assert sent["uid"] == called_off["uid"]
    assert sent["sequence"] < called_off["sequence"], "else a calendar does not believe it"


def test_days_are_called_off_by_segments_and_segments_by_days() -> None:
    meeting = replace(_two_days(), segments=(HEARING, CLOSING))

    chosen = _statuses(make(meeting, attended=(HEARING,), before=()))
    left = _statuses(make(meeting, attended=(), before=(HEARING,)))

    assert chosen == {"20220331": "CANCELLED", "20220401": "CANCELLED", "hearing": "CONFIRMED"}
    assert left == {"20220331": "CONFIRMED", "20220401": "CONFIRMED", "hearing": "CANCELLED"}


def _statuses(data: bytes) -> dict[str, str]:
    return {
        str(each["uid"]).partition("@")[0].removeprefix("WKS-7K2M4QXZ-"): str(each["status"])
        for each in events(data)
    }


def make(
    meeting: Meeting,
    *,
    attended: Sequence[Segment] = (),
    before: Sequence[Segment] | None = None,
    version: int = 3,
    stamped_at: datetime = STAMPED_AT,
) -> bytes:
    registration = make_registration(version=version)
    return make_invitation(
        meeting,
        registration,
        get_translator("es"),
        stamped_at=stamped_at,
        host="register.example.org",
        attended=attended,
        before=before,
    )


def events(data: bytes) -> list:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def _two_days() -> Meeting:
    first = AgendaItem(
        starts=time(9, 30),
        ends=time(10),
        kind="arrival",
        number=None,
        title=text("Registration", "Registro"),
    )
    return make_meeting(
        agenda=(
            AgendaDay(date(2022, 3, 31), time(10), time(17), (first,)),
            AgendaDay(date(2022, 4, 1), time(9), time(17), ()),
        )
    )
