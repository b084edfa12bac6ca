"""The doors of the site's pages, and who passes each."""

from dataclasses import dataclass
from enum import StrEnum

from registration.domain.ids import MeetingId
from registration.domain.roles import EVERY_MEETING, SECRETARIAT, Role
from registration.store.tables.accounts import DbStaff
from registration.web.staff import roles_of


class Door(StrEnum):
    """Who may pass. A role counts at the meeting that the address belongs to.

    ENTRY: a browser that came through the private link of the entry that the address names.
    DELEGATION: one that came through the link of a delegation of the meeting in the address.
    SUBMISSION: one that came through the private link of what the address names, sent to a call.
    STAFF: whoever of the staff is signed in; SECRETARIAT: reviewers and administrators;
    DOOR: these and the door desk.
    TRAVEL: the travel desk, and of entries only those whose flight it pays.
    ACCOUNTS: administrators of every meeting; the accounts of the staff belong to none.
    HOST: the host's desk: names and nights.
    CLOSED: nobody; what a library brings along and we do not offer.
    """

    PUBLIC = "public"
    ENTRY = "entry"
    DELEGATION = "delegation"
    SUBMISSION = "submission"
    STAFF = "staff"
    SECRETARIAT = "secretariat"
    DOOR = "door"
    TRAVEL = "travel"
    HOST = "host"
    ADMINISTRATOR = "administrator"
    ACCOUNTS = "accounts"
    CLOSED = "closed"


#: The roles that pass each door of the desks.
ROLES: dict[Door, frozenset[Role]] = {
    Door.STAFF: frozenset(Role),
    Door.SECRETARIAT: SECRETARIAT,
    Door.DOOR: SECRETARIAT | {Role.DOOR},
    Door.TRAVEL: frozenset({Role.TRAVEL}),
    Door.HOST: frozenset({Role.HOST}),
    Door.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
    Door.ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True)
class Rule:
    """The line of one route. writes_on_get: what a GET of it writes, for the few that may.

    to_cancel: whether the travel desk also passes for whoever travels no more and still has a
    ticket.
    """

    door: Door
    writes_on_get: str = ""
    to_cancel: bool = False


def may_pass(door: Door, staff: DbStaff | None, meeting_id: MeetingId | None) -> bool:
    """Return whether the member of the staff passes the door.

    meeting_id: of the meeting that the page belongs to. None where it belongs to none: then a role
    at any meeting will do, but for the accounts, which need one for every meeting.
    """
    at = EVERY_MEETING if door is Door.ACCOUNTS else meeting_id
    return door is Door.PUBLIC or opens(door, roles_of(staff, at))


def opens(door: Door, roles: frozenset[Role]) -> bool:
    """Return whether one of the roles passes the door of a desk."""
    return not ROLES.get(door, frozenset()).isdisjoint(roles)
