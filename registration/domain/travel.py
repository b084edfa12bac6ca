"""Whose journey the travel desk arranges: it sees these people, with their passports, and no other
(concept note, "Event funding": IOM buys the tickets of the delegations it names)."""

from enum import StrEnum

from registration.domain.ids import DelegationKey
from registration.domain.meeting import Courtesy, Desk, Meeting
from registration.domain.registrations import Registration
from registration.domain.states import State


class Visa(StrEnum):
    """Whether the person needs a visa for the host country, as the person says."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


class TicketStatus(StrEnum):
    """How a ticket stands. TO_CANCEL: its holder withdrew or was replaced after it was issued."""

    ISSUED = "issued"
    TO_CANCEL = "to_cancel"
    CANCELLED = "cancelled"


#: The States in which a ticket is bought. Before the Secretariat has approved the entry nobody
#: travels, and whoever has withdrawn does not travel any more.
TRAVELLING = frozenset({State.INVITED, State.ACCEPTED})


def is_flight_paid(meeting: Meeting, key: DelegationKey) -> bool:
    """Return whether the travel desk pays the flight of each delegate of the delegation, or of each
    person of the category, with this key."""
    return bool(list_arranged(meeting, key, Desk.TRAVEL))


def list_arranged(meeting: Meeting, key: DelegationKey, desk: Desk) -> list[Courtesy]:
    """Return what the desk arranges for each delegate of the delegation, or for each person of the
    category, with this key; in the order of the meeting's file."""
    granted = {each.key: each.courtesies for each in meeting.delegations}
    granted |= {DelegationKey(each.key): each.courtesies for each in meeting.categories}
    if key not in granted:
        return []
    return [
        each
        for each in meeting.courtesies
        if each.desk is desk and (each.everybody or each.key in granted[key])
    ]


def is_traveller(meeting: Meeting, registration: Registration) -> bool:
    """Return whether the travel desk may see this person and open the passport."""
    return registration.state in TRAVELLING and is_flight_paid(meeting, registration.delegation_key)


def is_guest(meeting: Meeting, registration: Registration) -> bool:
    """Return whether the host desk receives this person, and so may see name and nights."""
    is_expected = registration.state in TRAVELLING
    return is_expected and bool(list_arranged(meeting, registration.delegation_key, Desk.HOST))
