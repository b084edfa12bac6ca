"""Tables that leave the house: which there are, and which desk may have which."""

from collections.abc import Collection
from enum import StrEnum

from registration.domain.roles import SECRETARIAT, Role


class ExportKind(StrEnum):
    """What is exported. ABSENT: those who were expected and did not come.

    CHOSEN: those of the list that were chosen. SEGMENT: those who attend one part of the meeting.
    """

    PARTICIPANTS = "participants"
    TRAVEL = "travel"
    ROOMS = "rooms"
    MEALS = "meals"
    DOOR = "door"
    ABSENT = "absent"
    CHOSEN = "chosen"
    SEGMENT = "segment"


class ExportFormat(StrEnum):
    """The two formats of every table."""

    XLSX = "xlsx"
    CSV = "csv"


#: Whom each table is for. Who is in it does not depend on who asks: the manifest is of those whose
#: flight is paid, the rooming list of those who are given a room.
EXPORT_ROLES: dict[ExportKind, frozenset[Role]] = {
    ExportKind.PARTICIPANTS: SECRETARIAT,
    ExportKind.TRAVEL: SECRETARIAT | {Role.TRAVEL},
    ExportKind.ROOMS: SECRETARIAT | {Role.HOST},
    ExportKind.MEALS: SECRETARIAT | {Role.HOST},
    ExportKind.DOOR: SECRETARIAT | {Role.DOOR},
    ExportKind.ABSENT: SECRETARIAT,
    ExportKind.CHOSEN: SECRETARIAT,
    ExportKind.SEGMENT: SECRETARIAT,
}


#: Asked for on pages of their own: those chosen in the list there, a segment's on its page.
_ELSEWHERE = frozenset({ExportKind.CHOSEN, ExportKind.SEGMENT})


def may_export(kind: ExportKind, roles: Collection[Role]) -> bool:
    """Return whether somebody with these roles may have the table."""
    return not EXPORT_ROLES[kind].isdisjoint(roles)


def list_exports(roles: Collection[Role]) -> tuple[ExportKind, ...]:
    """Return the tables of the page for these roles."""
    return tuple(kind for kind in ExportKind if kind not in _ELSEWHERE and may_export(kind, roles))
