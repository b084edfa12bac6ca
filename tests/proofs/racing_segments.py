"""The race for the last places of a segment.

A process a person, each of another delegation, so that no delegation's lock stands between them.

In one half of the rounds everybody confirms an entry with a wish; in the other everybody who has a
seat chooses two segments, named in either order, while those of the round before give theirs back.
"""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Barrier
from uuid import UUID, uuid5

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from registration.domain.events import DELEGATE
from registration.domain.ids import DelegationKey, RegistrationId
from registration.domain.meeting import Admission
from registration.domain.refusals import SegmentFull
from registration.domain.registrations import Particulars
from registration.domain.states import State
from registration.links.tokens import digest, make_reference
from registration.registrar import confirming
from registration.registrar.choosing import choose_segments
from registration.registrar.office import Moved, Office
from registration.store.database import Database, make_engine
from registration.store.reading.segments import count_choices, list_choices, list_segment_rows
from registration.store.writing import meetings, registrations, seats, segments
from tests.builders import RCM, make_particulars
from tests.offices import OPEN_DAY, make_office
from tests.programs import load_program

PLACES = 3
_NAMES = UUID("6f1f6a0e-3c1b-4d57-9c8c-0a6b6f1f6a0e")


@dataclass(frozen=True)
class Race:
    """Tries: processes x rounds, half of them confirmations."""

    url: str
    processes: int
    rounds: int
    guarded: bool = True


@dataclass(frozen=True)
class Outcome:
    """What the race came to. attending: how many have a place, by segment."""

    answers: Counter[str]
    attending: dict[str, int]

    @property
    def over(self) -> list[str]:
        return [key for key, number in self.attending.items() if number > PLACES]

    @property
    def unfilled(self) -> list[str]:
        return [key for key, number in self.attending.items() if number < PLACES]


def run_race(race: Race) -> Outcome:
    """Prepare the database, race, and count."""
    if not race.guarded:
        _drop_unique(race.url)
    office = make_office(race.url)
    load_program(office, segments="".join(_segment(key) for key in _list_keys(race)))
    for process in range(race.processes):
        _prepare(office, race, process)
    office.database.dispose()
    context = multiprocessing.get_context("fork")
    barrier, queue = context.Barrier(race.processes), context.SimpleQueue()
    processes = [
        context.Process(target=_run, args=(race, number, barrier, queue.put))
        for number in range(race.processes)
    ]
    for process in processes:
        process.start()
    answers = Counter(each for _ in processes for each in queue.get())
    for process in processes:
        process.join()
    return Outcome(answers, _count(race.url))


def _list_keys(race: Race) -> list[str]:
    last = race.rounds - 1
    return [f"wish-{number}" for number in range(race.rounds)] + [f"left-{last}", f"right-{last}"]


def _segment(key: str) -> str:
    title = ", ".join(f'{language} = "{key}"' for language in ("en", "es", "fr", "pt"))
    return (
        f'\n[[segments]]\nkey = "{key}"\nday = 2022-03-31\ncapacity = {PLACES}\n'
        f"title = {{ {title} }}\n"
    )


def _prepare(office: Office, race: Race, process: int) -> None:
    """Make a delegation of the process's own with an entry a round, and one that has a seat."""
    with office.database.writing() as session:
        row = meetings.save_delegation(
            session,
            meeting_id=RCM,
            key=DelegationKey(f"racer{process}"),
            position=99,
            unlimited=False,
            admission=Admission.OPEN,
        )
        row.link_digest = digest(f"racer{process}")
        meetings.save_seats(session, row.id, [None] * (race.rounds + 1))
        for number in range(race.rounds + 1):
            entry = _entry(process, number)
            is_seated = number == race.rounds
            registrations.add_registration(
                session,
                id=entry,
                particulars=_person(entry),
                state=State.SUBMITTED if is_seated else State.UNCONFIRMED,
                meeting_id=RCM,
                delegation_id=row.id,
                seat_number=race.rounds + 1 if is_seated else None,
                reference=make_reference("RCM"),
                link_generation=1,
                link_digest=digest(str(entry)),
                created_at_utc=OPEN_DAY,
                changed_at_utc=OPEN_DAY,
            )
            if not is_seated:
                _wish(session, entry, f"wish-{number}")


def _wish(session: Session, entry: RegistrationId, key: str) -> None:
    row = next(each for each in list_segment_rows(session, RCM) if each.key == key)
    segments.put_choice(
        session, entry, row.id, unlimited=False, attends=False, place_number=None, at=OPEN_DAY
    )


def _run(race: Race, process: int, barrier: Barrier, put: Callable[[list[str]], None]) -> None:
    office = make_office(race.url)
    if not race.guarded:
        _take_lock_away(office)
    last = race.rounds - 1
    pair = [f"left-{last}", f"right-{last}"]
    seated = _entry(process, race.rounds)
    answers = []
    for number in range(race.rounds):
        barrier.wait()
        answers.append(_try(partial(_confirm, office, _entry(process, number))))
        wanted = pair if process % 2 else pair[::-1]
        answers.append(_try(partial(_choose, office, seated, wanted)))
        barrier.wait()
        if number < last:
            answers.append(_try(partial(_choose, office, seated, [])))
    office.database.dispose()
    put(answers)


def _confirm(office: Office, entry: RegistrationId) -> str:
    answer = confirming.confirm(office, entry, version=1, arrived_at=OPEN_DAY)
    if not isinstance(answer, Moved):
        return type(answer).__name__
    with office.database.reading() as session:
        (choice,) = list_choices(session, entry)
    return "attends" if choice.attends else "registered, and the segment full"


def _choose(office: Office, entry: RegistrationId, keys: list[str]) -> str:
    match choose_segments(office, entry, keys, by=DELEGATE, arrived_at=OPEN_DAY):
        case Moved():
            return "chose" if keys else "gave back"
        case SegmentFull():
            return "full"
        case other:
            return type(other).__name__


def _try(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001  # what a page would answer with 500 is counted, all of it
        return f"500 {type(error).__name__}"


def _drop_unique(url: str) -> None:
    """Take the second guard away: the constraint that lets a place be held once."""
    engine = create_engine(url)
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("segment_choice") as table:
            table.drop_constraint("uq_segment_choice_segment_id_place_number", type_="unique")
    engine.dispose()


def _take_lock_away(office: Office) -> None:
    """Take the first guard away: the rows' locks; on SQLite the writers' line and transaction."""
    segments.lock_segment = _lock_nothing
    seats.lock_delegation = _lock_nothing
    if office.database.is_sqlite:
        engine = make_engine(office.database.url)
        office.database.writer = engine.execution_options(isolation_level="AUTOCOMMIT")
        office.database._line = None


def _lock_nothing(session: Session, id: int) -> None:
    """Stand where the lock stood."""


def _entry(process: int, number: int) -> RegistrationId:
    return RegistrationId(uuid5(_NAMES, f"{process} {number}"))


def _person(entry: UUID) -> Particulars:
    name = "".join(chr(ord("a") + int(digit, 16)) for digit in entry.hex)
    return make_particulars(given_names=name, email=f"{name}@example.org")


def _count(url: str) -> dict[str, int]:
    database = Database(url)
    with database.reading() as session:
        counts = {key: each.attending for key, each in count_choices(session, RCM).items()}
    database.dispose()
    return counts
