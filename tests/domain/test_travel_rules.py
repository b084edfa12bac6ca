"""The travel step's rules: who may tell, until when, and what is no passport."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from registration.domain.ids import DelegationKey
from registration.domain.refusals import ChangesClosed
from registration.domain.states import Actor, State
from registration.domain.travel import is_guest
from registration.domain.travel_refusals import NotTravelling, TicketIssued
from registration.domain.travel_rules import (
    Fault,
    Told,
    clean_number,
    expires_soon,
    judge_travel,
    read_day,
    refuse_needs,
    refuse_travel,
)
from tests.builders import make_meeting, make_registration

MEETING = make_meeting()
OPEN = datetime(2022, 2, 20, 12, tzinfo=UTC)
TODAY = date(2022, 2, 20)
GOOD = Told(
    number="C7654321",
    nationality="CR",
    born=date(1978, 4, 9),
    expires=date(2031, 5, 1),
    city="San José",
    telephone="+506 2222 3333",
)


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"number": "C12"}, "number", Fault.NUMBER),
        ({"number": "ABCDEF"}, "number", Fault.NUMBER),
        ({"number": "C1234567Ñ"}, "number", Fault.NUMBER),
        ({"nationality": "XX"}, "nationality", Fault.NATIONALITY),
        ({"born": None}, "born", Fault.BORN),
        ({"born": TODAY}, "born", Fault.BORN),
        ({"born": date(1899, 12, 31)}, "born", Fault.BORN),
        ({"expires": None}, "expires", Fault.EXPIRES),
        ({"expires": date(2022, 3, 31)}, "expires", Fault.EXPIRES_EARLY),
        ({"city": "12"}, "city", Fault.CITY),
        ({"telephone": "123456"}, "telephone", Fault.TELEPHONE),
        ({"telephone": "1234567890123456"}, "telephone", Fault.TELEPHONE),
        ({"telephone": "call me 1234567"}, "telephone", Fault.TELEPHONE),
    ],
)
def test_what_is_no_travel_data_is_told_at_its_field(
    change: dict[str, object], field: str, fault: Fault
) -> None:
    told = replace(GOOD, **change)  # type: ignore[arg-type]  # fields by name

    assert judge_travel(told, MEETING, countries=frozenset({"CR"}), today=TODAY) == {field: fault}


def test_good_data_have_no_fault_up_to_the_last_day_of_the_meeting() -> None:
    told = replace(GOOD, expires=MEETING.last_day)

    assert judge_travel(told, MEETING, countries=frozenset({"CR"}), today=TODAY) == {}


def test_passport_of_less_than_six_months_after_the_meeting_is_warned_of() -> None:
    assert MEETING.last_day == date(2022, 4, 1)
    assert expires_soon(date(2022, 9, 30), MEETING)
    assert not expires_soon(date(2022, 10, 1), MEETING)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("09/04/1978", date(1978, 4, 9)),
        ("9.4.1978", date(1978, 4, 9)),
        ("1978-04-09", date(1978, 4, 9)),
        (" 31/12/2030 ", date(2030, 12, 31)),
        ("31/31/1978", None),
        ("9/4/78", None),
        ("", None),
    ],
)
def test_days_are_read_day_first(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_number_is_brought_to_the_form_of_tickets() -> None:
    assert clean_number(" c-765 4321<") == "C7654321"


@pytest.mark.parametrize("state", State)
def test_only_who_travels_tells_travel_data_and_only_who_is_invited_tells_needs(
    state: State,
) -> None:
    entry = make_registration(state=state, delegation="cr")
    mexico = replace(entry, delegation_key=DelegationKey("mx"))
    is_invited = state in {State.INVITED, State.ACCEPTED}

    for each, may_travel in ((entry, is_invited), (mexico, False)):
        refusal = refuse_travel(MEETING, each, has_ticket=False, actor=Actor.DELEGATE, now=OPEN)
        assert refusal == (None if may_travel else NotTravelling())
        needs = refuse_needs(MEETING, each, actor=Actor.DELEGATE, now=OPEN)
        assert needs == (None if is_invited else NotTravelling())


def test_delegate_changes_nothing_once_there_is_a_ticket_or_the_date_came() -> None:
    entry, late = make_registration(), MEETING.changes_until
    before = late - timedelta(seconds=1)

    def ask(actor: Actor, now: datetime, *, ticket: bool = False) -> object:
        return refuse_travel(MEETING, entry, has_ticket=ticket, actor=actor, now=now)

    assert ask(Actor.DELEGATE, before) is None
    assert ask(Actor.DELEGATE, late) == ChangesClosed(late)
    assert ask(Actor.DELEGATE, before, ticket=True) == TicketIssued()
    assert ask(Actor.SECRETARIAT, late, ticket=True) is None
    assert refuse_needs(MEETING, entry, actor=Actor.DELEGATE, now=late) == ChangesClosed(late)


def test_host_desk_receives_those_of_the_note_and_nobody_else() -> None:
    entry = make_registration()
    received = [
        each.key
        for each in MEETING.delegations
        if is_guest(MEETING, replace(entry, delegation_key=each.key))
    ]

    assert set(received) == {each.key for each in MEETING.delegations} - {"ca", "us"}
    assert not is_guest(MEETING, replace(entry, state=State.SUBMITTED))
