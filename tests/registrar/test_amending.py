"""What the desk changes of a meeting: laid over its file, checked by it, kept by a newer one."""

from collections.abc import Callable
from datetime import datetime

import pytest

from registration.domain.desk_refusals import AmendmentUnfit, SeatHeld
from registration.domain.events import By, Event
from registration.domain.ids import StaffId
from registration.domain.meeting import Addressee, Meeting
from registration.domain.states import Actor
from registration.meetings.amending import Amendments
from registration.meetings.definition import Definition, read_definition
from registration.meetings.reading import get_meeting
from registration.registrar import meetings
from registration.store import reading
from tests.builders import RCM
from tests.offices import MEETINGS, OPEN_DAY, Guide, load_meeting

ANA = By(actor=Actor.SECRETARIAT, staff_id=StaffId(1), name="Ana Pérez")
#: A delegation as the file would have it.
BRAZIL = {
    "key": "br",
    "kind": "member_country",
    "country": "BR",
    "seats": 1,
    "name": {"en": "Brazil", "es": "Brasil", "fr": "Brésil", "pt": "Brasil"},
    "official_name": {
        "en": "Federative Republic of Brazil",
        "es": "República Federativa del Brasil",
        "fr": "République fédérative du Brésil",
        "pt": "República Federativa do Brasil",
    },
    "of_name": {
        "en": "of the Federative Republic of Brazil",
        "es": "de la República Federativa del Brasil",
        "fr": "de la République fédérative du Brésil",
        "pt": "da República Federativa do Brasil",
    },
    "courtesies": [],
}


def test_changed_text_is_the_meeting_s_until_it_falls_back(guide: Guide) -> None:
    before = _meeting(guide).letter.salutation

    _amend(guide, lambda now: now.with_text("letter.salutation", "es", "De nuestra estima:"))
    changed = _meeting(guide).letter.salutation
    _amend(guide, lambda now: now.with_text("letter.salutation", "es", None))

    assert (changed["en"], changed["es"]) == (before["en"], "De nuestra estima:")
    assert _meeting(guide).letter.salutation == before


def test_another_seat_is_a_row_at_once(guide: Guide) -> None:
    guide.submit("cr"), guide.submit("cr")

    _amend(guide, lambda now: now.with_delegation("cr", seats=3, addressee="institution"))
    third = guide.submit("cr")

    assert third.seat_number == 3
    assert _meeting(guide).get_delegation("cr").addressee is Addressee.INSTITUTION


def test_seat_that_somebody_holds_is_not_taken_away(guide: Guide) -> None:
    guide.submit("cr"), guide.submit("cr")
    before = _meeting(guide)

    answer = _amend(guide, lambda now: now.with_delegation("cr", seats=1))

    assert answer == SeatHeld()
    assert _meeting(guide) == before
    assert _list_events(guide) == []


def test_added_delegation_has_seats_and_stays_when_the_file_is_loaded_again(guide: Guide) -> None:
    _amend(guide, lambda now: now.with_added(BRAZIL))
    load_meeting(guide.office)

    assert guide.submit("br").seat_number == 1
    assert _meeting(guide).delegations[-1].name["es"] == "Brasil"


def test_change_that_the_file_s_rules_refuse_changes_nothing(guide: Guide) -> None:
    before = _meeting(guide)
    late = datetime(2022, 4, 15)  # noqa: DTZ001  # as the file writes it

    answer = _amend(guide, lambda now: now.with_dates(deadline=late))

    assert isinstance(answer, AmendmentUnfit)
    assert answer.problems
    assert _meeting(guide) == before
    assert _list_events(guide) == []


def test_later_deadline_keeps_the_hour_of_a_rolled_meeting(guide: Guide) -> None:
    load_meeting(guide.office, rolled_weeks=10)
    before = _meeting(guide).deadline
    later = datetime(2022, 3, 9)  # noqa: DTZ001  # as the file writes it

    _amend(guide, lambda now: now.with_dates(deadline=later))

    assert (_meeting(guide).deadline - before).days == 7


def test_file_that_does_not_fit_the_change_is_not_loaded(guide: Guide) -> None:
    _amend(guide, lambda now: now.with_dates(deadline=datetime(2022, 3, 20)))  # noqa: DTZ001
    source = (MEETINGS / f"{RCM}.toml").read_text(encoding="utf-8")
    earlier = source.replace(
        "changes_until = 2022-03-31T00:00:00", "changes_until = 2022-03-15T00:00:00"
    )
    definition = read_definition(earlier, name=RCM)
    assert isinstance(definition, Definition)

    with pytest.raises(meetings.AmendmentsDoNotFit):
        meetings.load(
            guide.office, definition, earlier, meeting_id=RCM, rolled_weeks=0, now=OPEN_DAY
        )

    assert _meeting(guide).changes_until > _meeting(guide).deadline


def test_every_change_is_a_line_of_the_meeting_s_history(guide: Guide) -> None:
    _amend(guide, lambda now: now.with_meeting(admission="link"))

    assert _list_events(guide) == [Event.DELEGATION_CHANGED]


def _amend(guide: Guide, change: Callable[[Amendments], Amendments]) -> object:
    return meetings.amend(
        guide.office,
        RCM,
        change,
        event=Event.DELEGATION_CHANGED,
        by=ANA,
        at=OPEN_DAY,
        facts={"what": "test"},
        details={"reason": "asked by note"},
    )


def _meeting(guide: Guide) -> Meeting:
    with guide.office.database.reading() as session:
        return get_meeting(session, RCM)


def _list_events(guide: Guide) -> list[Event]:
    with guide.office.database.reading() as session:
        lines = reading.list_history(session, reading.chain_of_meeting(RCM))
    return [line.event for line in lines]
