"""A meeting and its delegations as rows: loaded from a file, and amended at the desk.

A category is the row of a delegation without limit: it gets a seat with each person.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.desk_refusals import AmendmentUnfit, SeatHeld
from registration.domain.events import By, Event
from registration.domain.ids import DelegationId, Language, MeetingId
from registration.domain.meeting import Delegation, Meeting
from registration.links.tokens import digest
from registration.meetings.amending import Amendments
from registration.meetings.definition import Definition, read_definition
from registration.meetings.faults import Fault
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading.meetings import list_languages_in_use
from registration.store.violations import find_violated
from registration.store.writing import history, meetings, segments
from registration.store.writing.segments import PlacesHeld

__all__ = [
    "AmendmentsDoNotFit",
    "LanguageInUse",
    "PlacesHeld",
    "amend",
    "find_delegation_link",
    "load",
]


class AmendmentsDoNotFit(Exception):
    """What the desk changed of the meeting is not possible with this file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class LanguageInUse(Exception):
    """The file leaves out a language in which people of the meeting are written to."""

    def __init__(self, languages: list[Language]) -> None:
        super().__init__(", ".join(languages))
        self.languages = languages


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

    definition: the checked content of `source` (TOML). What the desk changed of the meeting stays,
    or AmendmentsDoNotFit is raised. LanguageInUse: somebody reads a language that this file does
    not have. A seat that somebody holds cannot be taken away by a file with fewer seats, nor a
    delegation that has entries: IntegrityError; nor the places of people who attend a segment, nor
    a segment that somebody chose: PlacesHeld. Then nothing is changed.
    """
    with office.database.writing() as session:
        meetings.save_meeting(
            session, id=meeting_id, source=source, rolled_weeks=rolled_weeks, at=now
        )
        amendments = meetings.lock_amendments(session, meeting_id)
        if amendments:
            found = read_definition(
                source, name=meeting_id, amendments=Amendments.from_json(amendments)
            )
            if isinstance(found, list):
                raise AmendmentsDoNotFit(found)
            definition = found
        read = list_languages_in_use(session, meeting_id) - set(definition.languages)
        if read:
            raise LanguageInUse(sorted(read))
        _save_rows(office, session, definition.to_meeting(meeting_id, rolled_weeks=rolled_weeks))


def amend(
    office: Office,
    meeting_id: MeetingId,
    change: Callable[[Amendments], Amendments],
    *,
    event: Event,
    by: By,
    at: datetime,
    facts: Mapping[str, str],
    details: Mapping[str, str] | None = None,
    along: Callable[[Session, Meeting], None] | None = None,
) -> Meeting | AmendmentUnfit | SeatHeld:
    """Change what the desk may change of a meeting's file, and return the meeting as it stands.

    change: gives the new patch for the one in force. facts, details: of the line in the meeting's
    history, public and personal. along: what else belongs into the transaction (mails, old words);
    what it raises undoes all.
    """
    try:
        with office.database.writing() as session:
            stored = meetings.lock_amendments(session, meeting_id)
            changed = change(Amendments.from_json(stored))
            source = reading.get_meeting_source(session, meeting_id)
            found = read_definition(source.source, name=meeting_id, amendments=changed)
            if isinstance(found, list):
                return AmendmentUnfit(tuple(str(fault) for fault in found))
            meeting = found.to_meeting(meeting_id, rolled_weeks=source.rolled_weeks)
            meetings.save_amendments(session, meeting_id, changed.to_json())
            _save_rows(office, session, meeting)
            history.append_line(
                session,
                chain=reading.chain_of_meeting(meeting_id),
                event=event,
                by=by,
                at=at,
                facts=dict(facts),
                details=dict(details or {}),
            )
            if along is not None:
                along(session, meeting)
    except IntegrityError as error:
        # A seat that somebody holds does not go, and the foreign key is the judge of that.
        if find_violated(error) is not None:
            raise
        return SeatHeld()
    office.ring()
    return meeting


def _save_rows(office: Office, session: Session, meeting: Meeting) -> None:
    """Make the delegations' and the seats' rows those of the meeting as it stands."""
    for position, delegation in enumerate(meeting.groups, start=1):
        row = meetings.save_delegation(
            session,
            meeting_id=meeting.id,
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
    meetings.remove_delegations(session, meeting.id, but={each.key for each in meeting.groups})
    _save_segments(session, meeting)


def _save_segments(session: Session, meeting: Meeting) -> None:
    """Make the segments and their places those of the file. Raises PlacesHeld."""
    for position, segment in enumerate(meeting.segments, start=1):
        segments.save_segment(
            session,
            meeting_id=meeting.id,
            key=segment.key,
            position=position,
            capacity=segment.capacity,
        )
    segments.remove_segments(session, meeting.id, but={each.key for each in meeting.segments})


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
