"""Openings of what somebody sent: why each is allowed, and how they are told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from registration.domain.events import Event
from registration.domain.papers import FileRole, HistoryLine
from registration.domain.states import Actor


class Why(StrEnum):
    """Why a file may be opened: a closed set, so that no opening is without its reason.

    REVIEW: the Secretariat reads the entry. FLIGHT: the travel desk buys this person's air ticket.
    READING: a machine reads the two lines at the foot of the passport. OWN: it is the delegate's.
    DOOR: the delegate reads the letter at the door, to sign it there.
    """

    REVIEW = "review at the desk"
    FLIGHT = "flight"
    READING = "reading"
    OWN = "own entry"
    DOOR = "signing at the door"


#: What somebody sent and others open; letters and records are papers of ours.
SENT = frozenset({FileRole.PASSPORT, FileRole.SIGNED_LETTER, FileRole.SIGNATURE, FileRole.REQUEST})
#: A page turned, a second look: with no longer pause between them they are one opening.
PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """One look at a file. at: when it began. last_at: when it was opened last. times: how often."""

    role: FileRole
    why: Why
    actor: Actor
    staff_id: int | None
    staff_name: str | None
    at: datetime
    last_at: datetime
    times: int = 1


def is_opening(line: HistoryLine) -> bool:
    """Return whether the line tells that something was opened which somebody sent."""
    return line.event is Event.FILE_OPENED and line.facts.get("role") in SENT


def list_openings(lines: Iterable[HistoryLine]) -> list[Opening]:
    """Return the openings that the lines tell of, both with the newest first.

    The same person, file and reason again within `PAUSE` is the same look.
    """
    openings: list[Opening] = []
    for line in filter(is_opening, lines):
        earlier = _opening(line)
        later = openings[-1] if openings else None
        if later is not None and _is_one_look(earlier, later):
            openings[-1] = replace(later, at=earlier.at, times=later.times + 1)
        else:
            openings.append(earlier)
    return openings


def _opening(line: HistoryLine) -> Opening:
    return Opening(
        role=FileRole(line.facts["role"]),
        why=Why(line.facts["why"]),
        actor=line.actor,
        staff_id=line.staff_id,
        staff_name=line.staff_name or line.details.get("staff"),
        at=line.at,
        last_at=line.at,
    )


def _is_one_look(earlier: Opening, later: Opening) -> bool:
    same = ("role", "why", "actor", "staff_id")
    is_same = all(getattr(earlier, each) == getattr(later, each) for each in same)
    return is_same and later.at - earlier.at <= PAUSE
