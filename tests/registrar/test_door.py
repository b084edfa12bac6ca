"""The door at the registrar, on both engines: late scans, signatures drawn there, badges."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from registration.domain.door_refusals import (
    OtherMeeting,
    SignatureMissing,
    TakenBackSince,
    UnknownCode,
)
from registration.domain.ids import MeetingId
from registration.domain.refusals import ReasonMissing
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.language.translator import get_translator
from registration.registrar.arriving import Arrived, record_arrival, undo_arrival
from registration.registrar.office import Moved, Office
from registration.registrar.printing import print_badge
from registration.registrar.receiving import unlock_file
from registration.registrar.scanning import find_scanned
from registration.registrar.signing import AT_THE_DOOR
from registration.store import reading
from registration.store.reading import arrivals
from registration.store.tables.arrivals import DbArrival
from tests.builders import RCM
from tests.letters.reading import Paper
from tests.offices import OTHER_REVIEWER, REVIEWER, Guide
from tests.registrar.moving import accept, withdraw
from tests.uploads.files import make_png

LATE = datetime(2022, 4, 1, 2, tzinfo=UTC)


def test_late_scan_counts_from_when_it_was_made_and_says_when_the_site_heard(
    office: Office, guide: Guide
) -> None:
    entry = guide.approve(guide.submit("cr"))
    waited = timedelta(minutes=25)

    came = record(office, guide, entry, waited=waited)

    assert isinstance(came, Arrived)
    assert came.at == guide.now - waited
    with office.database.reading() as session:
        row = session.get(DbArrival, entry.id)
        assert row is not None
        assert (row.arrived_at_utc, row.recorded_at_utc) == (came.at, guide.now)


def test_late_scan_told_twice_is_recorded_once(office: Office, guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    first = record(office, guide, entry, waited=timedelta(minutes=25))

    again = record(office, guide, entry, waited=timedelta(minutes=26))

    assert isinstance(first, Arrived)
    assert isinstance(again, Arrived)
    assert (again.at, again.is_new) == (first.at, False)
    assert guide.list_events(entry.id).count("arrived") == 1


def test_late_scan_brings_nothing_back_that_was_taken_back_since(
    office: Office, guide: Guide
) -> None:
    entry = guide.approve(guide.submit("cr"))
    record(office, guide, entry)
    guide.wait(minutes=10)
    undo_arrival(office, entry.id, by=REVIEWER, reason="Otro gafete.", at=guide.now)
    taken_back = guide.now
    guide.wait(minutes=10)

    late = record(office, guide, entry, waited=timedelta(minutes=15))
    later = record(office, guide, entry, waited=timedelta(minutes=5))

    assert late == TakenBackSince(taken_back)
    assert isinstance(later, Arrived)


def test_badge_letter_and_number_lead_to_their_person(office: Office, guide: Guide) -> None:
    entry, other = guide.approve(guide.submit("cr")), guide.approve(guide.submit("pa"))
    code = office.tokens.of_door(entry.id)
    found = [
        find_scanned(office, RCM, text)
        for text in (
            office.addresses.door("es", entry.reference, code),
            f"{entry.reference}-{code}",
            entry.reference,
        )
    ]

    assert [isinstance(each, Registration) and each.id for each in found] == [entry.id] * 3
    assert find_scanned(office, RCM, f"{other.reference}-{code}") == UnknownCode()
    assert find_scanned(office, RCM, "A" * 26) == UnknownCode()
    assert find_scanned(office, MeetingId("another"), entry.reference) == OtherMeeting()


def test_delegate_signs_at_the_door_before_whoever_is_there(office: Office, guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))

    moved = sign(guide, entry, reason="firmada en la acreditación")

    assert isinstance(moved, Moved)
    assert moved.registration.state is State.ACCEPTED
    assert ("accepted", entry.particulars.email) in guide.list_mails(entry.id)
    with office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(entry.id))[0]
        acceptance = reading.find_acceptance(session, entry.id)
        assert acceptance is not None
        file = reading.get_file(session, acceptance.record_id)
    assert (line.facts["signed"], line.staff_name) == (AT_THE_DOOR, OTHER_REVIEWER.name)
    record = " ".join(Paper(unlock_file(office, file)).list_paragraphs())
    words = get_translator("es")
    who = words.pgettext(
        "record",
        "The delegate in person, at the door, before %(name)s",
        name=OTHER_REVIEWER.name or "",
    )
    assert who in record


def test_nobody_signs_at_the_door_without_drawing(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))

    assert sign(guide, entry, signature_png=None) == SignatureMissing()
    assert guide.get(entry.id).state is State.INVITED


def test_after_the_last_day_for_changes_the_door_signs_with_its_reason(guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))
    guide.now = LATE

    assert sign(guide, entry) == ReasonMissing()
    moved = sign(guide, entry, reason="firmada en la acreditación")

    assert isinstance(moved, Moved)


def test_lost_badge_is_printed_again_with_a_line(office: Office, guide: Guide) -> None:
    entry = guide.approve(guide.submit("cr"))

    made = print_badge(office, guide.meeting, entry, by=REVIEWER, arrived_at=guide.now)

    assert isinstance(made, bytes)
    assert entry.reference in Paper(made).list_paragraphs()
    assert guide.list_events(entry.id)[-1] == "badge_printed"


def test_numbers_are_of_those_expected_and_those_who_came(office: Office, guide: Guide) -> None:
    first, second = guide.approve(guide.submit("cr")), guide.approve(guide.submit("cr"))
    guide.submit("pa")
    record(office, guide, first)
    gone = guide.approve(guide.submit("mx"))
    withdraw(guide, gone)

    with office.database.reading() as session:
        numbers = arrivals.count_attendance(session, RCM)
        missing = arrivals.list_missing(session, RCM, limit=10)

    assert {key: (each.came, each.expected) for key, each in numbers.items()} == {"cr": (1, 2)}
    assert [each.registration.id for each in missing] == [second.id]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ([("jose", []), ("quiros", [])], True),
        ([("rica", ["cr"]), ("angel", [])], True),
        ([("director", [])], False),
        ([("example", [])], False),
        ([("%", [])], False),
    ],
)
def test_search_looks_in_names_numbers_and_delegations_alone(
    office: Office, guide: Guide, words: Any, is_found: bool
) -> None:
    person = guide.make_person(given_names="José Ángel", surnames="Quirós Núñez")
    entry = guide.submit("cr", particulars=person)
    guide.submit("pa", particulars=guide.make_person(given_names="Ana", surnames="Sosa"))

    with office.database.reading() as session:
        found = arrivals.search(session, RCM, words, limit=10)

    assert [each.registration.id for each in found] == ([entry.id] if is_found else [])


def record(
    office: Office, guide: Guide, entry: Registration, waited: timedelta | None = None
) -> object:
    return record_arrival(office, entry.id, by=REVIEWER, arrived_at=guide.now, waited=waited)


def sign(guide: Guide, entry: Registration, *, reason: str = "", **fields: Any) -> object:
    given = {"at_the_door": True, "signature_png": make_png(), **fields}
    return accept(guide, entry, by=OTHER_REVIEWER, reason=reason, **given)
