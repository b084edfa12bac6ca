"""A replacement hands the seat over: whoever goes for it at the same moment finds it held."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from registration.domain.refusals import DelegationFull
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import entering, replacing
from registration.registrar.office import Moved
from registration.store import reading
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.registrar.moving import moved

ROUNDS = 8


def test_nobody_takes_the_seat_between_the_two(guide: Guide) -> None:
    guide.submit("cr")
    sitting = guide.submit("cr")
    applications = [guide.apply("cr", with_passport=False) for _ in range(200)]
    stop = Event()

    def go_for_it() -> list[object]:
        answers: list[object] = []
        while applications and not stop.is_set():
            answers.append(
                entering.enter(
                    guide.office,
                    applications.pop(),
                    by=REVIEWER,
                    reason="Nota verbal.",
                    arrived_at=guide.now,
                )
            )
        return answers

    with ThreadPoolExecutor(2) as pool:
        others = [pool.submit(go_for_it) for _ in range(2)]
        seats = []
        for _ in range(ROUNDS):
            sitting = _replace(guide, sitting)
            seats.append((sitting.state, sitting.seat_number))
        stop.set()
        answers = [answer for other in others for answer in other.result()]

    assert seats == [(State.NOMINATED, 2)] * ROUNDS
    assert len(answers) >= 1
    assert {type(each) for each in answers} == {DelegationFull}


def test_replacement_by_somebody_who_is_there_already_leaves_all_as_it_was(guide: Guide) -> None:
    one, other = guide.submit("cr"), guide.submit("cr")
    same = guide.apply("cr", particulars=other.particulars, with_passport=False)

    answer = replacing.replace(
        guide.office, one.id, same, version=one.version, by=FOCAL_POINT, arrived_at=guide.now
    )

    assert not isinstance(answer, Moved)
    assert guide.get(one.id) == one
    with guide.office.database.reading() as session:
        assert reading.list_taken_numbers(session, one.delegation_id) == {1, 2}


def _replace(guide: Guide, entry: Registration) -> Registration:
    return moved(
        replacing.replace(
            guide.office,
            entry.id,
            guide.apply("cr", with_passport=False),
            version=entry.version,
            by=FOCAL_POINT,
            arrived_at=guide.now,
        )
    )
