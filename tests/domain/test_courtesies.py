"""Who receives what, as the concept note says it."""

import pytest

from registration.domain.courtesies import list_courtesies, receives
from registration.domain.seats import choose_seat
from tests.builders import make_meeting

MEETING = make_meeting()
FLOWN = {"bz", "cr", "sv", "gt", "hn", "ni", "pa", "do", "rncom"}


def test_flights_are_paid_for_the_nine_of_the_note() -> None:
    flown = {each.key for each in MEETING.delegations if receives(each, "flight")}

    assert flown == FLOWN


def test_nights_and_meals_are_for_all_but_canada_and_the_united_states() -> None:
    for key in ("accommodation", "meals"):
        with_it = {each.key for each in MEETING.delegations if receives(each, key)}
        assert {each.key for each in MEETING.delegations} - with_it == {"ca", "us"}, key


@pytest.mark.parametrize("key", ["cr", "ca", "sacm", "mx"])
def test_list_is_the_delegations_own_and_what_everybody_has(key: str) -> None:
    delegation = MEETING.get_delegation(key)

    listed = list_courtesies(MEETING, delegation)

    own = {each.key for each in listed if not each.everybody}
    assert own == set(delegation.courtesies)
    assert {each.key for each in MEETING.courtesies if each.everybody} <= {e.key for e in listed}
    assert [each.key for each in MEETING.courtesies if each in listed] == [e.key for e in listed]


def test_each_delegation_has_two_seats_and_only_sacm_labels() -> None:
    assert {each.seats for each in MEETING.delegations} == {2}
    labelled = {each.key: len(each.labels) for each in MEETING.delegations if each.labels}
    assert labelled == {"sacm": 2}
    sacm = [label.key for label in MEETING.get_delegation("sacm").labels]
    assert choose_seat(sacm, set(), wanted=sacm[1]).number == 2  # type: ignore[union-attr]  # free
