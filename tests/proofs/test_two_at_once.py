"""Two of the staff decide on one entry at the same moment: one move, one letter, one mail."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from registration.domain.refusals import CameSecond
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import deciding
from registration.registrar.office import Office
from registration.store import reading
from tests.builders import make_meeting
from tests.offices import OPEN_DAY, OTHER_REVIEWER, REVIEWER, Guide, load_meeting, make_office

TIMES = 100


@pytest.fixture
def guide(database_url: str) -> Iterator[Guide]:
    office = make_office(database_url)
    load_meeting(office)
    yield Guide(office)
    office.database.dispose()


def test_two_approvals_at_once_are_one(guide: Guide) -> None:
    for entry in _submit_many(guide):
        answers = _at_once(
            lambda: _approve(guide.office, entry, REVIEWER),  # noqa: B023  # run within the turn
            lambda: _approve(guide.office, entry, OTHER_REVIEWER),  # noqa: B023  # as above
        )

        assert _kinds(answers) == {"Moved": 1, "CameSecond": 1}
        _assert_one_of_each(guide, entry, State.INVITED)
        second = next(each for each in answers if isinstance(each, CameSecond))
        assert second.who in {REVIEWER.name, OTHER_REVIEWER.name}


def test_approving_and_declining_at_once_is_one_of_them(guide: Guide) -> None:
    won: Counter[State] = Counter()
    for entry in _submit_many(guide):
        answers = _at_once(
            lambda: _approve(guide.office, entry, REVIEWER),  # noqa: B023  # run within the turn
            lambda: _decline(guide.office, entry),  # noqa: B023  # as above
        )

        assert _kinds(answers) == {"Moved": 1, "CameSecond": 1}
        state = guide.get(entry.id).state
        won[state] += 1
        _assert_one_of_each(guide, entry, state)
    assert set(won) <= {State.INVITED, State.DECLINED}


def _assert_one_of_each(guide: Guide, entry: Registration, state: State) -> None:
    """One line of the move, one mail about it, and a letter exactly if it was approved."""
    with guide.office.database.reading() as session:
        letters = reading.list_letters(session, entry.id)
        mails = [each.occasion for each in reading.list_mails(session, entry.id)]
        known = reading.list_blobs(session)
    assert guide.get(entry.id).state is state
    assert len(letters) == (1 if state is State.INVITED else 0)
    assert mails.count("invited") + mails.count("declined") == 1
    assert mails.count("invited") == len(letters)
    events = guide.list_events(entry.id)
    assert events == ["registered", "confirmed", "approved" if letters else "declined"]
    # What lost the race left nothing in the vault.
    assert {each.name for each in guide.office.vault.blobs()} == known


def _submit_many(guide: Guide) -> Iterator[Registration]:
    """Yield a submitted entry TIMES over, freeing its seat afterwards."""
    keys = [each.key for each in make_meeting().delegations if not each.labels]
    for number in range(TIMES):
        entry = guide.submit(keys[number % len(keys)])
        yield entry
        now = guide.get(entry.id)
        if now.state is State.INVITED:
            from registration.registrar.withdrawing import withdraw

            withdraw(guide.office, now.id, version=now.version, by=REVIEWER, arrived_at=OPEN_DAY)


def _approve(office: Office, entry: Registration, by: object) -> object:
    return deciding.approve(
        office,
        entry.id,
        version=entry.version,
        by=by,  # type: ignore[arg-type]  # one of the two reviewers
        arrived_at=OPEN_DAY,
    )


def _decline(office: Office, entry: Registration) -> object:
    return deciding.decline(
        office,
        entry.id,
        version=entry.version,
        by=OTHER_REVIEWER,
        reason="Another delegate was named.",
        arrived_at=OPEN_DAY,
    )


def _at_once(*works: Callable[[], object]) -> list[object]:
    """Run the works in threads that begin together; return what they returned."""
    barrier = threading.Barrier(len(works))
    answers: list[object] = [None] * len(works)

    def run(index: int) -> None:
        barrier.wait()
        answers[index] = works[index]()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _kinds(answers: list[object]) -> Counter[str]:
    return Counter(type(each).__name__ for each in answers)
