"""On PostgreSQL, whoever changes seats waits for the delegation's row; whoever writes a line waits
for the entry's. (On SQLite the transaction is the lock: BEGIN IMMEDIATE.)"""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from registration.domain.openings import Why
from registration.domain.refusals import LinkExpired
from registration.domain.registrations import Registration
from registration.registrar import entering, linking, opening, reserving
from registration.registrar.office import Office
from registration.store.writing import registrations, seats
from tests.builders import RCM
from tests.offices import REVIEWER, Guide, make_office
from tests.registrar.moving import correct, withdraw

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def office(workshop_postgresql_url: str) -> Iterator[Office]:
    office = make_office(workshop_postgresql_url)
    yield office
    office.database.dispose()


def _confirm(guide: Guide, _entry: Registration) -> Callable[[], object]:
    application = guide.apply("cr")
    guide.register(application)
    return lambda: guide.confirm(application.entry)


def _enter(guide: Guide, _entry: Registration) -> Callable[[], object]:
    application = guide.apply("cr")
    return lambda: entering.enter(
        guide.office, application, by=REVIEWER, reason="", arrived_at=guide.now
    )


def _promote(guide: Guide, _entry: Registration) -> Callable[[], object]:
    guide.submit("cr")
    waiting = guide.submit("cr", join_reserve=True)
    return lambda: reserving.promote(guide.office, waiting.id, by=REVIEWER, arrived_at=guide.now)


def _withdraw(guide: Guide, entry: Registration) -> Callable[[], object]:
    return lambda: withdraw(guide, entry)


@pytest.mark.parametrize("prepare", [_confirm, _enter, _promote, _withdraw])
def test_move_that_changes_seats_waits_for_the_delegation(
    guide: Guide, prepare: Callable[[Guide, Registration], Callable[[], object]]
) -> None:
    entry = guide.submit("cr")
    work = prepare(guide, entry)

    assert _waits(guide, work, lambda each: seats.lock_delegation(each, entry.delegation_id))


def _open(guide: Guide, entry: Registration) -> Callable[[], object]:
    passport = entry.passport
    assert passport is not None
    return lambda: opening.open_file(
        guide.office, passport, of=entry.id, by=REVIEWER, why=Why.REVIEW, arrived_at=guide.now
    )


def _ask_link(guide: Guide, entry: Registration) -> Callable[[], object]:
    address = entry.particulars.email
    return lambda: linking.send_link_again(guide.office, RCM, address, arrived_at=guide.now)


def _confirm_address(guide: Guide, entry: Registration) -> Callable[[], object]:
    correct(guide, entry, email="new@example.org")
    return lambda: linking.confirm_new_address(
        guide.office, entry.id, "new@example.org", arrived_at=guide.now
    )


@pytest.mark.parametrize("prepare", [_open, _ask_link, _confirm_address])
def test_line_that_is_no_move_waits_for_the_entry(
    guide: Guide, prepare: Callable[[Guide, Registration], Callable[[], object]]
) -> None:
    entry = guide.submit("cr")
    work = prepare(guide, entry)

    assert _waits(guide, work, lambda each: registrations.lock_registration(each, entry.id))


def test_address_taken_back_while_its_link_is_clicked_is_not_put_in_force(guide: Guide) -> None:
    entry = guide.submit("cr")
    work = _confirm_address(guide, entry)
    answers: list[object] = []

    def take_back(session: Session) -> None:
        registrations.touch(session, entry.id, new_email=None, new_email_digest=None)

    assert _waits(guide, lambda: answers.append(work()), take_back)
    assert answers == [LinkExpired()]
    assert guide.get(entry.id).particulars.email == entry.particulars.email


def _waits(guide: Guide, work: Callable[[], object], hold: Callable[[Session], None]) -> bool:
    """Do the work in another thread while a lock is held; return whether it came to wait for it."""
    thread = threading.Thread(target=work)
    with guide.office.database.writing() as session:
        hold(session)
        thread.start()
        is_waiting = _look(guide, thread)
    thread.join()
    return is_waiting


def _look(guide: Guide, thread: threading.Thread) -> bool:
    while thread.is_alive():
        with guide.office.database.reading() as session:
            if session.scalar(WAITING):
                return True
        thread.join(timeout=0.01)
    return False
