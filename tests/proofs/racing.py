"""The race for the last seats: many processes, each going for every delegation at the same moment.

A round has its own delegations, of four kinds: confirmations where a reserve list is kept and where
none is, entries made at the desk, and promotions from the reserve list against entries at the desk.
"""

import multiprocessing
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.synchronize import Barrier
from uuid import UUID, uuid4

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from registration.domain.ids import DelegationId, DelegationKey, MeetingId, RegistrationId
from registration.domain.meeting import Admission
from registration.domain.refusals import DelegationFull
from registration.domain.registrations import Particulars
from registration.domain.states import SEATED, State
from registration.links.tokens import digest, make_reference
from registration.registrar import confirming, entering, reserving
from registration.registrar.office import Moved, Office
from registration.store import reading
from registration.store.database import Database, make_engine
from registration.store.writing import meetings, registrations, seats
from tests.builders import RCM, make_particulars
from tests.offices import OPEN_DAY, REVIEWER, load_meeting, make_office

SEATS = 2


class Kind(StrEnum):
    """How the seats of a delegation are raced for."""

    CONFIRM_OR_WAIT = "confirm-or-wait"
    CONFIRM_OR_409 = "confirm-or-409"
    ENTER = "enter"
    PROMOTE_AND_ENTER = "promote-and-enter"


@dataclass(frozen=True)
class Race:
    """What is raced for. Tries: processes x rounds x delegations."""

    url: str
    processes: int
    rounds: int
    delegations: int
    guarded: bool = True

    @property
    def tries(self) -> int:
        return self.processes * self.rounds * self.delegations


@dataclass(frozen=True)
class Answer:
    """One try. began, ended: seconds of the machine's one monotonic clock. what: "seated", "full"
    (or put on the reserve list), else the name of what came back instead."""

    delegation: DelegationId
    began: float
    ended: float
    what: str


@dataclass(frozen=True)
class Place:
    """A delegation of a round, and the entries prepared for it, one for each process or none."""

    delegation: DelegationId
    key: DelegationKey
    meeting_id: MeetingId
    kind: Kind
    entries: tuple[RegistrationId | None, ...]


@dataclass(frozen=True)
class Outcome:
    """What the race came to. seated: how many hold a seat, by delegation."""

    race: Race
    answers: list[Answer]
    seated: dict[DelegationId, int]
    seconds: float

    @property
    def over(self) -> list[DelegationId]:
        return [id for id, count in self.seated.items() if count > SEATS]

    @property
    def unfilled(self) -> list[DelegationId]:
        return [id for id, count in self.seated.items() if count < SEATS]

    @property
    def counts(self) -> Counter[str]:
        return Counter(answer.what for answer in self.answers)

    @property
    def told_full_too_early(self) -> list[Answer]:
        """The answers "full" that had ended before the last seat's own try began."""
        last_taken: dict[DelegationId, float] = defaultdict(float)
        for answer in self.answers:
            if answer.what == "seated":
                last_taken[answer.delegation] = max(last_taken[answer.delegation], answer.began)
        return [
            answer
            for answer in self.answers
            if answer.what == "full" and answer.ended < last_taken[answer.delegation]
        ]


def run_race(race: Race) -> Outcome:
    """Prepare the database, race, and count."""
    if not race.guarded:
        drop_unique(race.url)
    rounds = [list(_prepare(race, number)) for number in range(race.rounds)]
    context = multiprocessing.get_context("fork")
    barrier, queue = context.Barrier(race.processes), context.SimpleQueue()
    began = time.monotonic()
    processes = [
        context.Process(target=_run, args=(race, rounds, number, barrier, queue.put))
        for number in range(race.processes)
    ]
    for process in processes:
        process.start()
    answers = [answer for _ in processes for answer in queue.get()]
    for process in processes:
        process.join()
    seconds = time.monotonic() - began
    return Outcome(race, answers, _count_seated(race.url, rounds), seconds)


def drop_unique(url: str) -> None:
    """Take the second guard away: the constraint that lets a seat be held once."""
    engine = create_engine(url)
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("registration") as table:
            table.drop_constraint("uq_registration_delegation_id_seat_number", type_="unique")
    engine.dispose()


def take_lock_away(office: Office) -> None:
    """Take the first guard away: the row's lock; on SQLite the writers' line and transaction."""
    seats.lock_delegation = _lock_nothing
    if office.database.is_sqlite:
        engine = make_engine(office.database.url)
        office.database.writer = engine.execution_options(isolation_level="AUTOCOMMIT")
        office.database._line = None


def _lock_nothing(session: Session, id: DelegationId) -> None:
    """Stand where the lock stood."""


def _prepare(race: Race, number: int) -> Iterator[Place]:
    office = make_office(race.url)
    if number == 0:
        load_meeting(office)
        load_meeting(office, as_id=_NO_RESERVE, promote="none")
    kinds = list(Kind)
    for index in range(race.delegations):
        kind = kinds[index % len(kinds)]
        meeting_id = _NO_RESERVE if kind is Kind.CONFIRM_OR_409 else RCM
        key = DelegationKey(f"round{number}-{index}")
        yield _prepare_place(office, race, kind, meeting_id, key)
    office.database.dispose()


def _prepare_place(
    office: Office, race: Race, kind: Kind, meeting_id: MeetingId, key: DelegationKey
) -> Place:
    entries: list[RegistrationId | None] = []
    with office.database.writing() as session:
        row = meetings.save_delegation(
            session,
            meeting_id=meeting_id,
            key=key,
            position=99,
            unlimited=False,
            admission=Admission.OPEN,
        )
        row.link_digest = digest(key)
        meetings.save_seats(session, row.id, [None] * SEATS)
        for process in range(race.processes):
            state = _prepared_state(kind, process)
            entry = RegistrationId(uuid4()) if state else None
            entries.append(entry)
            if entry is not None and state is not None:
                registrations.add_registration(
                    session,
                    id=entry,
                    particulars=_person(entry),
                    state=state,
                    meeting_id=meeting_id,
                    delegation_id=row.id,
                    reference=make_reference("RCM"),
                    link_generation=1,
                    link_digest=digest(str(entry)),
                    created_at_utc=OPEN_DAY,
                    changed_at_utc=OPEN_DAY,
                )
        delegation = DelegationId(row.id)
    return Place(delegation, key, meeting_id, kind, tuple(entries))


def _prepared_state(kind: Kind, process: int) -> State | None:
    match kind:
        case Kind.CONFIRM_OR_WAIT | Kind.CONFIRM_OR_409:
            return State.UNCONFIRMED
        case Kind.PROMOTE_AND_ENTER if process % 2:
            return State.RESERVE
        case _:
            return None


def _person(entry: UUID) -> Particulars:
    name = "".join(chr(ord("a") + int(digit, 16)) for digit in entry.hex)
    return make_particulars(given_names=name, email=f"{name}@example.org")


def _run(
    race: Race,
    rounds: list[list[Place]],
    number: int,
    barrier: Barrier,
    put: Callable[[list[Answer]], None],
) -> None:
    office = make_office(race.url)
    if not race.guarded:
        take_lock_away(office)
    answers = []
    for places in rounds:
        barrier.wait()
        # Each process begins elsewhere, so that all delegations are raced for at once.
        start = number % len(places)
        for place in places[start:] + places[:start]:
            began = time.monotonic()
            what = _try(office, place, place.entries[number])
            answers.append(Answer(place.delegation, began, time.monotonic(), what))
    office.database.dispose()
    put(answers)


def _try(office: Office, place: Place, entry: RegistrationId | None) -> str:
    try:
        return _name(_ask(office, place, entry))
    except Exception as error:  # noqa: BLE001  # what a page would answer with 500 is counted, all of it
        return f"500 {type(error).__name__}"


def _ask(office: Office, place: Place, entry: RegistrationId | None) -> object:
    if entry is None:
        new = RegistrationId(uuid4())
        application = entering.Application(
            entry=new,
            meeting_id=place.meeting_id,
            delegation_key=place.key,
            particulars=_person(new),
        )
        return entering.enter(office, application, by=REVIEWER, reason="", arrived_at=OPEN_DAY)
    if place.kind is Kind.PROMOTE_AND_ENTER:
        return reserving.promote(office, entry, version=1, by=REVIEWER, arrived_at=OPEN_DAY)
    return confirming.confirm(office, entry, version=1, arrived_at=OPEN_DAY)


def _name(answer: object) -> str:
    match answer:
        case Moved(registration) if registration.state is State.SUBMITTED:
            return "seated"
        case Moved(registration) if registration.state is State.RESERVE:
            return "full"
        case DelegationFull():
            return "full"
        case other:
            return type(other).__name__


def _count_seated(url: str, rounds: list[list[Place]]) -> dict[DelegationId, int]:
    database = Database(url)
    with database.reading() as session:
        counts = {
            place.delegation: len(
                reading.list_of_delegation(session, place.delegation, states=SEATED)
            )
            for places in rounds
            for place in places
        }
    database.dispose()
    return counts


_NO_RESERVE = MeetingId("no-reserve-list")
