"""Values for tests: the shipped meeting as a rehearsal or as it was, and entries of it."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from registration.domain.ids import (
    DelegationId,
    DelegationKey,
    Language,
    MeetingId,
    Reference,
    RegistrationId,
)
from registration.domain.meeting import Addressee, Meeting
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import State
from registration.meetings.definition import Definition, read_definition

RCM = MeetingId("rcm-imrf-2022")
_MEETINGS = Path(__file__).parents[1] / "meetings"


@cache
def make_meeting(meeting_id: MeetingId = RCM, *, rolled_weeks: int = 0) -> Meeting:
    """Return a shipped meeting, with all its dates moved by whole weeks."""
    source = (_MEETINGS / f"{meeting_id}.toml").read_text(encoding="utf-8")
    return read_good(source, meeting_id).to_meeting(meeting_id, rolled_weeks)


@cache
def read_good(source: str, name: str) -> Definition:
    """Return what a file without a fault says, read once in a process of tests. name: the file's,
    without .toml."""
    definition = read_definition(source, name=name)
    assert isinstance(definition, Definition), definition
    return definition


def address_institution(meeting: Meeting, key: str) -> Meeting:
    """Return the meeting with the letters of one delegation written to the institution."""
    delegations = tuple(
        replace(each, addressee=Addressee.INSTITUTION) if each.key == key else each
        for each in meeting.delegations
    )
    return replace(meeting, delegations=delegations)


def make_particulars(
    *,
    treatment: str = "",
    given_names: str = "Ana Lucía",
    surnames: str = "Morales Vargas",
    institution: str = "Dirección General de Migración y Extranjería",
    position: str = "Directora de Integración",
    email: str = "ana.morales@example.org",
    copy_to: str | None = None,
    language: Language = "es",
) -> Particulars:
    return Particulars(
        treatment=treatment,
        given_names=given_names,
        surnames=surnames,
        institution=institution,
        position=position,
        email=email,
        copy_to=copy_to,
        language=language,
    )


def make_registration(
    particulars: Particulars | None = None,
    *,
    meeting_id: MeetingId = RCM,
    delegation: str = "cr",
    state: State = State.INVITED,
    seat_number: int | None = 1,
    seat_label: str | None = None,
    reference: str = "RCM-7K2M4QXZ",
    version: int = 3,
    number: int = 1,
) -> Registration:
    """Return an entry. number: tells two entries' ids apart."""
    created = datetime(2022, 2, 14, 15, 12, tzinfo=UTC)
    return Registration(
        id=RegistrationId(UUID(int=number)),
        meeting_id=meeting_id,
        delegation_id=DelegationId(1),
        delegation_key=DelegationKey(delegation),
        reference=Reference(reference),
        state=state,
        version=version,
        particulars=particulars or make_particulars(),
        seat_number=seat_number,
        seat_label=seat_label,
        passport=None,
        reason=None,
        new_email=None,
        link_generation=1,
        on_behalf=False,
        created_at=created,
        changed_at=created,
        reserved_at=None,
        wants_reserve=False,
        confirmed_at=created,
        reminded_at=None,
    )
