"""Reminders: the rounds that the clock sends, those that the desk sends or holds, and one person's.

A round is a batch, so its mails go out one after another with a result per entry, and a worker that
is killed repeats nothing. Round and batch are written together, and the round's primary key lets
one of two workers do it.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from uuid import UUID, uuid5

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.batches import Batch, BatchKind
from registration.domain.desk_refusals import (
    NobodyChosen,
    NothingToRemind,
    RemindedToday,
    RoundDecided,
)
from registration.domain.events import CLOCK, By, Event
from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.meeting import Meeting
from registration.domain.refusals import DataErased, Refusal
from registration.domain.registrations import Registration
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import (
    CONCERNED,
    OCCASIONS,
    Round,
    RoundStatus,
    concerns,
    find_rule,
    list_due,
)
from registration.meetings.reading import get_meeting, list_meetings
from registration.registrar import batching
from registration.registrar.office import Office
from registration.registrar.steps import Refused, settle, write_line
from registration.store import reading
from registration.store.reading import reminders as told
from registration.store.writing import history, papers, reminders

# Names the batches of rounds: the same round has the same batch, whoever asks for it.
_ROUNDS = UUID("5f0f4a2e-9a0c-4c53-8b7a-0b1e6b6a7d11")


def send_due(office: Office, *, now: datetime) -> int:
    """Ask for the rounds that go out now, of every meeting; return how many. now: aware."""
    with office.database.reading() as session:
        due = [
            (meeting.id, each)
            for meeting in list_meetings(session)
            if meeting.reminders
            for each in list_due(meeting, told.map_rounds(session, meeting.id), now=now)
        ]
    asked = [send_round(office, id, each, by=CLOCK, at=now) for id, each in due]
    return sum(isinstance(each, Batch) for each in asked)


def send_round(
    office: Office, meeting_id: MeetingId, round: Round, *, by: By, at: datetime
) -> Batch | NobodyChosen | RoundDecided:
    """Ask for a round, on its day or before it. A round of nobody is over all the same."""
    with office.database.reading() as session:
        meeting = get_meeting(session, meeting_id)
        chosen = list_concerned(session, meeting, round.rule, now=at)

    def decide(session: Session) -> None:
        status = RoundStatus.SENT
        reminders.add_round(session, meeting_id, round, status=status, staff_id=by.staff_id, at=at)

    try:
        if not chosen:
            with office.database.writing() as session:
                decide(session)
            return NobodyChosen()
        asked = batching.ask(
            office,
            id=batch_of(meeting_id, round),
            meeting_id=meeting_id,
            kind=BatchKind.REMIND,
            by=by,
            arrived_at=at,
            details={"rule": round.rule.value, "due_on": round.due_on.isoformat()},
            chosen=[(each.id, each.version) for each in chosen],
            along=decide,
        )
    except IntegrityError:
        # Another worker, or somebody at the desk, was faster.
        return RoundDecided()
    assert isinstance(asked, Batch)
    return asked


def hold_round(
    office: Office, meeting_id: MeetingId, round: Round, *, by: By, at: datetime
) -> RoundDecided | None:
    """Hold a round back: it does not go out."""
    try:
        with office.database.writing() as session:
            reminders.add_round(
                session,
                meeting_id,
                round,
                status=RoundStatus.HELD,
                staff_id=by.staff_id,
                at=at,
            )
            _note_round(session, meeting_id, round, Event.REMINDERS_HELD, by, at)
    except IntegrityError:
        return RoundDecided()
    return None


def free_round(
    office: Office, meeting_id: MeetingId, round: Round, *, by: By, at: datetime
) -> RoundDecided | None:
    """Let a round go out that was held back."""
    with office.database.writing() as session:
        if not reminders.free_round(session, meeting_id, round):
            return RoundDecided()
        _note_round(session, meeting_id, round, Event.REMINDERS_FREED, by, at)
    return None


def list_concerned(
    session: Session, meeting: Meeting, rule: Rule, *, now: datetime
) -> list[Registration]:
    """Return whom the rule concerns as the entries stand, in the order of the file."""
    with_travel = told.list_with_travel(session, meeting.id)
    return [
        each
        for each in reading.list_registrations(session, meeting.id, states=CONCERNED)
        if concerns(rule, meeting, each, has_travel=each.id in with_travel, now=now)
    ]


def batch_of(meeting_id: MeetingId, round: Round) -> UUID:
    """Return the id of the round's batch."""
    return uuid5(_ROUNDS, f"{meeting_id}|{round.rule.value}|{round.due_on.isoformat()}")


def remind(
    office: Office,
    id: RegistrationId,
    round: Round | None,
    *,
    by: By,
    at: datetime,
    along: Callable[[Session], object],
) -> Refusal | None:
    """Put one person's reminder into the outbox, with its line of history, or say why not.

    round: the rule and day it is sent for; None for what the entry's own state asks for today. Once
    a day in any case: nobody is reminded of two things on one morning. along: as `write_to` has it.
    """

    def work(session: Session) -> None:
        seen = reading.get_registration(session, id)
        meeting = get_meeting(session, seen.meeting_id)
        rule = _find_rule(session, meeting, seen, round, at)
        cause = write_line(
            session, id, event=Event.REMINDED, by=by, at=at, facts={"rule": rule.value}
        )
        # Under the row's lock, which the line has taken.
        registration = reading.get_registration(session, id)
        if _find_rule(session, meeting, registration, round, at) is not rule:
            raise Refused(NothingToRemind())
        if told.was_reminded_since(session, id, _midnight(meeting, at)):
            raise Refused(RemindedToday())
        due_on = _today(meeting, at) if round is None else round.due_on
        reminders.add_reminder(session, id, rule=rule, due_on=due_on, at=at)
        papers.add_mail(
            session,
            cause_id=cause,
            occasion=OCCASIONS[rule],
            recipient=registration.particulars.email,
            language=registration.particulars.language,
            at=at,
            registration_id=id,
        )
        along(session)

    return settle(office, work)


def _find_rule(
    session: Session,
    meeting: Meeting,
    registration: Registration,
    round: Round | None,
    now: datetime,
) -> Rule:
    """Return what the person is reminded of. Raises Refused."""
    if registration.erased_at is not None:
        raise Refused(DataErased())
    travel = told.has_travel(session, registration.id)
    rule = find_rule(meeting, registration, has_travel=travel, now=now)
    if round is not None:
        wanted = concerns(round.rule, meeting, registration, has_travel=travel, now=now)
        rule = round.rule if wanted else None
    if rule is None:
        raise Refused(NothingToRemind())
    return rule


def _note_round(
    session: Session, meeting_id: MeetingId, round: Round, event: Event, by: By, at: datetime
) -> None:
    history.append_line(
        session,
        chain=reading.chain_of_meeting(meeting_id),
        event=event,
        by=by,
        at=at,
        facts={"rule": round.rule.value, "due_on": round.due_on.isoformat()},
        details={},
    )


def _today(meeting: Meeting, at: datetime) -> date:
    return at.astimezone(meeting.zone).date()


def _midnight(meeting: Meeting, at: datetime) -> datetime:
    return datetime.combine(_today(meeting, at), time.min, tzinfo=meeting.zone)
