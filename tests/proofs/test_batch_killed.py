"""The worker is killed (SIGKILL) at random while it approves a batch: it is taken up again where it
stood, and no letter is issued, told or mailed twice (T48)."""

import multiprocessing
import random
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from registration.domain.batches import Batch, BatchKind, BatchStatus
from registration.domain.ids import RegistrationId
from registration.domain.states import State
from registration.registrar import batching
from registration.registrar.batching import work_on_due
from registration.registrar.doing import do_part
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading import audit
from registration.store.writing import meetings
from tests.builders import RCM
from tests.offices import REVIEWER, Guide, load_meeting, make_office

ENTRIES = 40
#: Short, so that the next worker need not wait; far above what one approval takes.
LEASE = timedelta(seconds=1.5)
#: Seconds after which the batch counts as stuck.
PATIENCE = 400


def test_no_approval_is_made_twice_when_the_worker_is_killed_at_random(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(20220302)
    office = make_office(database_url)
    load_meeting(office)
    entries = _submit(office)
    batch = _ask(office, entries)
    office.database.dispose()  # before the forks
    kills, began = 0, time.monotonic()
    while _find(database_url, batch).status is BatchStatus.DUE:
        assert time.monotonic() < began + PATIENCE, "the batch does not end"
        kills += _work_and_kill(database_url, chance.uniform(0.2, 0.9))

    after = _find(database_url, batch)
    with capsys.disabled():
        print(f"\n{after.done} approved, {after.refused} refused, {kills} kills")
    assert (after.done, after.refused) == (ENTRIES, 0)
    assert kills > 2  # else the proof was blind
    guide = Guide(office)
    for id in entries:
        assert guide.get(id).state is State.INVITED
        assert guide.list_events(id).count("approved") == 1
        assert [occasion for occasion, _ in guide.list_mails(id)].count("invited") == 1
        with office.database.reading() as session:
            assert len(reading.list_letters(session, id)) == 1
    with office.database.reading() as session:
        assert audit.list_flaws(session) == []
    office.database.dispose()


def _work_and_kill(url: str, seconds: float) -> int:
    """Start a worker and kill it after so long; return 1 if it was still at work."""
    process = multiprocessing.get_context("fork").Process(target=_work, args=(url,))
    process.start()
    process.join(seconds)
    was_alive = process.is_alive()
    process.kill()
    process.join()
    return int(was_alive)


def _work(url: str) -> None:
    """Work until nothing is due and in nobody's hands, as `flask jobs run` does."""
    office = make_office(url)
    while True:
        if not work_on_due(office, lambda: datetime.now(UTC), do_part, lease=LEASE):
            time.sleep(0.1)


def _submit(office: Office) -> list[RegistrationId]:
    """Submit the entries of a delegation without limit."""
    with office.database.writing() as session:
        row = reading.find_delegation(session, RCM, "cr")
        assert row is not None
        meetings.save_delegation(
            session,
            meeting_id=RCM,
            key="cr",
            position=3,
            unlimited=True,
            admission=row.admission,
        )
    guide = Guide(office)
    return [guide.submit("cr").id for _ in range(ENTRIES)]


def _ask(office: Office, entries: list[RegistrationId]) -> Batch:
    asked = batching.ask(
        office,
        id=uuid4(),
        meeting_id=RCM,
        kind=BatchKind.APPROVE,
        chosen=[(id, 2) for id in entries],
        by=REVIEWER,
        arrived_at=datetime.now(UTC),
    )
    assert isinstance(asked, Batch)
    return asked


def _find(url: str, batch: Batch) -> Batch:
    office = make_office(url)
    with office.database.reading() as session:
        found = reading.find_batch(session, batch.id)
    office.database.dispose()
    assert found is not None
    return found
