"""Loading a meeting's file into the database: its delegations and their seats become rows.

A category is the row of a delegation without limit: it gets a seat with each person.
"""

from datetime import datetime

from registration.domain.ids import DelegationId, MeetingId
from registration.domain.meeting import Delegation
from registration.links.tokens import digest
from registration.meetings.definition import Definition
from registration.registrar.office import Office
from registration.store import reading
from registration.store.writing import meetings


def load(
    office: Office,
    definition: Definition,
    source: str,
    *,
    meeting_id: MeetingId,
    rolled_weeks: int,
    now: datetime,
) -> None:
    """Store the meeting, or its newer file; loading the same file again changes nothing.

    definition: the checked content of `source` (TOML). A seat that somebody holds cannot be taken
    away by a file with fewer seats, nor a delegation that has entries: IntegrityError, and nothing
    is changed.
    """
    meeting = definition.to_meeting(meeting_id, rolled_weeks=rolled_weeks)
    with office.database.writing() as session:
        meetings.save_meeting(
            session, id=meeting_id, source=source, rolled_weeks=rolled_weeks, at=now
        )
        for position, delegation in enumerate(meeting.groups, start=1):
            row = meetings.save_delegation(
                session,
                meeting_id=meeting_id,
                key=delegation.key,
                position=position,
                unlimited=delegation.is_category,
                admission=delegation.admission,
            )
            generation = row.link_generation or 1
            token = office.tokens.of_delegation(DelegationId(row.id), generation)
            row.link_generation, row.link_digest = generation, digest(token)
            if not delegation.is_category:
                meetings.save_seats(session, row.id, _labels(delegation))
        meetings.remove_delegations(session, meeting_id, but={each.key for each in meeting.groups})


def find_delegation_link(office: Office, meeting_id: str, key: str) -> str | None:
    """Return the delegation's private link, or None where there is no such delegation.

    A category has none: its people are entered at the desk.
    """
    with office.database.reading() as session:
        row = reading.find_delegation(session, meeting_id, key)
    if row is None or row.unlimited:
        return None
    return office.addresses.private(office.tokens.of_delegation(row.id, row.link_generation))


def _labels(delegation: Delegation) -> list[str | None]:
    labels: list[str | None] = [label.key for label in delegation.labels]
    return labels or [None] * delegation.seats
