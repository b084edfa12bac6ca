"""Who works at the site, and as what (design, part 1)."""

from dataclasses import dataclass
from enum import StrEnum

from registration.domain.ids import MeetingId


class Role(StrEnum):
    """What a member of the staff may be. One person may be several.

    ADMINISTRATOR: all that a reviewer may, and meetings, delegations, staff, texts.
    REVIEWER: reads entries and passports, decides on them, enters on behalf.
    TRAVEL: the travel desk (IOM): those whose flight it pays, with their passports.
    HOST: the host's desk: names and nights, no passports.
    DOOR: checks people in; sees no passport.
    """

    ADMINISTRATOR = "administrator"
    REVIEWER = "reviewer"
    TRAVEL = "travel"
    HOST = "host"
    DOOR = "door"


#: What stands for the meeting where a role is held for every one, of today and to come.
EVERY_MEETING = MeetingId("")


@dataclass(frozen=True, order=True)
class HeldRole:
    """A role that an account holds at one meeting, or at every one."""

    role: Role
    meeting_id: MeetingId = EVERY_MEETING

    def __str__(self) -> str:
        """Return "reviewer", or "reviewer@rcm-imrf-2022" where it is held for one meeting."""
        return f"{self.role}@{self.meeting_id}" if self.meeting_id else str(self.role)


@dataclass(frozen=True)
class LastAdministrator:
    """A refusal: nobody else administers every meeting, and without this account nobody could open
    another."""


#: Those who read entries and decide on them.
SECRETARIAT = frozenset({Role.ADMINISTRATOR, Role.REVIEWER})
#: Those who have a desk of their own.
OTHER_DESKS = frozenset({Role.TRAVEL, Role.HOST, Role.DOOR})
