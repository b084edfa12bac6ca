"""Whose flight the travel desk pays: the note's list of delegations, and nobody else."""

from dataclasses import replace

import pytest

from registration.domain.ids import DelegationKey
from registration.domain.meeting import Meeting
from registration.domain.states import State
from registration.domain.travel import is_flight_paid, is_traveller
from tests.builders import make_meeting, make_registration

PAID = ["bz", "cr", "sv", "gt", "hn", "ni", "pa", "do", "rncom"]


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


def test_flight_is_paid_for_the_delegations_of_the_note(meeting: Meeting) -> None:
    keys = [each.key for each in (*meeting.delegations, *meeting.categories)]

    assert [key for key in keys if is_flight_paid(meeting, DelegationKey(key))] == PAID


def test_key_of_nobody_travels_nowhere(meeting: Meeting) -> None:
    assert not is_flight_paid(meeting, DelegationKey("xx"))


def test_category_that_receives_the_flight_travels(meeting: Meeting) -> None:
    speakers = replace(meeting.categories[0], courtesies=("flight",))
    changed = replace(meeting, categories=(speakers,))

    assert is_flight_paid(changed, DelegationKey(speakers.key))


def test_flight_that_no_desk_arranges_is_not_the_travel_desks(meeting: Meeting) -> None:
    courtesies = tuple(replace(each, desk=None) for each in meeting.courtesies)

    assert not is_flight_paid(replace(meeting, courtesies=courtesies), DelegationKey("cr"))


def test_flight_for_everybody_is_everybodys(meeting: Meeting) -> None:
    courtesies = tuple(
        replace(each, everybody=True) if each.key == "flight" else each
        for each in meeting.courtesies
    )

    assert is_flight_paid(replace(meeting, courtesies=courtesies), DelegationKey("mx"))


@pytest.mark.parametrize("state", State)
def test_only_who_is_invited_or_has_accepted_travels(meeting: Meeting, state: State) -> None:
    entry = make_registration(state=state, delegation="cr")

    assert is_traveller(meeting, entry) is (state in {State.INVITED, State.ACCEPTED})
    assert not is_traveller(meeting, replace(entry, delegation_key=DelegationKey("mx")))
