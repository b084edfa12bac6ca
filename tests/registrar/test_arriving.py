"""Arrivals: recorded once, by whoever scans first, and taken back with a reason."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from registration.domain.attendance import is_over
from registration.domain.desk_refusals import NotArrived, NotExpected
from registration.domain.refusals import ReasonMissing
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar.arriving import Arrived, record_arrival, undo_arrival
from registration.registrar.certifying import make_certificate
from registration.registrar.listing import choose_listing
from registration.registrar.office import Office
from registration.store import reading
from tests.letters.reading import Paper
from tests.offices import OTHER_REVIEWER, REVIEWER, Guide


def test_second_scan_changes_nothing_and_says_when_the_first_was(
    office: Office, guide: Guide
) -> None:
    entry = guide.approve(guide.submit("cr"))
    first = guide.now
    record_arrival(office, entry.id, by=REVIEWER, arrived_at=first)
    guide.wait(minutes=20)

    again = record_arrival(office, entry.id, by=OTHER_REVIEWER, arrived_at=guide.now)

    assert again == Arrived(entry, first, is_new=False)
    assert guide.list_events(entry.id).count("arrived") == 1
    assert guide.get(entry.id).version == entry.version


def test_two_doors_at_once_record_one_arrival(office: Office, guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))

    def scan(_number: int) -> object:
        return record_arrival(office, entry.id, by=REVIEWER, arrived_at=guide.now)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(scan, range(4)))

    assert [isinstance(each, Arrived) and each.is_new for each in answers].count(True) == 1
    assert guide.list_events(entry.id).count("arrived") == 1


def test_person_without_a_letter_is_not_let_in(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")

    answer = record_arrival(office, entry.id, by=REVIEWER, arrived_at=guide.now)

    assert answer == NotExpected(State.SUBMITTED)
    assert find(office, entry) is None


def test_arrival_is_taken_back_with_a_reason_and_can_be_recorded_again(
    office: Office, guide: Guide
) -> None:
    entry = guide.approve(guide.submit("cr"))
    record_arrival(office, entry.id, by=REVIEWER, arrived_at=guide.now)

    silent = undo_arrival(office, entry.id, by=REVIEWER, reason="  ", at=guide.now)
    undone = undo_arrival(office, entry.id, by=REVIEWER, reason="Otro gafete", at=guide.now)
    twice = undo_arrival(office, entry.id, by=REVIEWER, reason="Otro gafete", at=guide.now)

    assert (silent, twice) == (ReasonMissing(), NotArrived())
    assert isinstance(undone, Registration)
    assert find(office, entry) is None
    assert record_arrival(office, entry.id, by=REVIEWER, arrived_at=guide.now)
    assert guide.list_events(entry.id)[-3:] == ["arrived", "arrival_undone", "arrived"]


def test_certificate_is_for_who_came_once_the_meeting_is_over(office: Office, guide: Guide) -> None:
    entry, absent = (guide.approve(guide.submit(key)) for key in ("cr", "pa"))
    record_arrival(office, entry.id, by=REVIEWER, arrived_at=guide.now)
    meeting = guide.meeting
    with pytest.raises(LookupError):
        make_certificate(office, meeting, entry, now=guide.now)

    while not is_over(meeting, guide.now):
        guide.wait(days=1)

    text = Paper(make_certificate(office, meeting, entry, now=guide.now)).list_paragraphs()
    assert entry.full_name in text
    with pytest.raises(LookupError):
        make_certificate(office, meeting, absent, now=guide.now)


def test_answer_about_the_list_is_kept_without_a_move(office: Office, guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    assert not entry.particulars.listed

    for listed in (True, True, False):
        choose_listing(office, entry.id, listed=listed, by=REVIEWER, at=guide.now)

    after = guide.get(entry.id)
    assert (after.particulars.listed, after.version) == (False, entry.version)
    assert guide.list_events(entry.id)[-2:] == ["listing_changed"] * 2


def find(office: Office, entry: Registration) -> object:
    with office.database.reading() as session:
        return reading.find_arrival(session, entry.id)
