"""Whose journey the travel desk arranges: it sees these people, with their passports, and no other
(concept note, "Event funding": IOM buys the tickets of the delegations it names)."""

from enum import StrEnum

from registration.domain.ids import DelegationKey
from registration.domain.meeting import Desk, Meeting
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
    group = meeting.find_delegation(key)
    return group is not None and any(
        each.desk is Desk.TRAVEL and (each.everybody or each.key in group.courtesies)
        for each in meeting.courtesies
    )


def is_traveller(meeting: Meeting, registration: Registration) -> bool:
    """Return whether the travel desk may see this person and open the passport."""
    return registration.state in TRAVELLING and is_flight_paid(meeting, registration.delegation_key)
