"""Entering all of a spreadsheet, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.events import By
from registration.domain.refusals import Refusal
from registration.domain.states import MoveName, State
from registration.registrar.entering import Application, find_place, seat
from registration.registrar.office import Office
from registration.registrar.steps import Asked, settle
from registration.store import reading
from registration.store.writing import seats


@dataclass(frozen=True, kw_only=True)
class EnteredMany:
    """What came of a spreadsheet. there: how many were registered before, and left as they were."""

    entered: int
    there: int


def enter_many(
    office: Office,
    applications: Sequence[Application],
    *,
    by: By,
    reason: str,
    arrived_at: datetime,
) -> EnteredMany | Refusal:
    """Enter all of a spreadsheet in one transaction, or nobody. Who is there already is left out,
    so that the same file sent again enters nobody twice."""
    asked = Asked(move=MoveName.ENTER, by=by, arrived_at=arrived_at, reason=reason)

    def work(session: Session) -> EnteredMany:
        # Locked in one order, whatever the order of the file: two imports must not deadlock.
        for id in sorted({find_place(session, each)[1].id for each in applications}):
            seats.lock_delegation(session, id)
        entered = 0
        for each in applications:
            person = each.particulars
            is_there = reading.find_registration(session, each.entry) or reading.find_live_person(
                session, each.meeting_id, email=person.email, name=person.full_name
            )
            if not is_there:
                seat(office, session, each, asked, to=State.SUBMITTED)
                entered += 1
        return EnteredMany(entered=entered, there=len(applications) - entered)

    return settle(office, work)
