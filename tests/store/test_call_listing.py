"""The desk's list of one call on both engines: its order, pages that lose nobody, and its sums."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from registration.domain.call_listing import SentWanted
from registration.domain.ids import MeetingId
from registration.domain.listing import ListPage, page_of
from registration.domain.submissions import CURRENT, Stand
from registration.registrar.office import Office
from registration.store.reading import call_listing
from registration.store.reading.submissions import list_submissions
from registration.store.tables.calls import DbChoice, DbSubmission
from tests.builders import RCM
from tests.offices import load_meeting
from tests.submissions import add_of_delegation, fill_call

MOMENT = datetime(2022, 2, 20, tzinfo=UTC)
NEWS = SentWanted(meeting_id=RCM, call="news", delegations={"cr": "Costa Rica"})


def test_delegations_stand_in_the_order_of_the_file_and_before_persons(office: Office) -> None:
    fill_call(office, 3)
    mexico = add_of_delegation(office, 3, "mx")
    belize = add_of_delegation(office, 4, "bz")

    assert _walk(office) == [belize, mexico, "RCM-S0000000", "RCM-S0000001", "RCM-S0000002"]


def test_pages_are_the_whole_list_in_either_direction(office: Office) -> None:
    fill_call(office, 40)
    for number, key in enumerate(("mx", "bz", "cr", "cr", "do"), 40):
        add_of_delegation(office, number, key)
    with office.database.reading() as session:
        everything = [each.reference for each in list_submissions(session, RCM, "news")]

    assert _walk(office) == everything
    assert _walk_back(office, everything[-1]) == everything[:-1]


def test_what_was_sent_at_one_moment_is_neither_lost_nor_repeated(office: Office) -> None:
    fill_call(office, 30, created_at_utc=MOMENT)

    assert len(set(_walk(office))) == len(_walk(office)) == 30


def test_what_was_withdrawn_meanwhile_still_marks_the_place(office: Office) -> None:
    fill_call(office, 10)
    _set(office, 6, stand=Stand.WITHDRAWN.value)

    with office.database.reading() as session:
        page = call_listing.list_sent(session, NEWS, size=7, after="RCM-S0000006")

    assert _references(page.lines) == ["RCM-S0000007", "RCM-S0000008", "RCM-S0000009"]


@pytest.mark.parametrize("after", ["RCM-NOTHING", "RCM-S0000099", ""])
def test_place_in_no_list_or_in_another_begins_the_list(office: Office, after: str) -> None:
    fill_call(office, 3)
    fill_call(office, 1, "rapporteur", first=99)

    with office.database.reading() as session:
        page = call_listing.list_sent(session, NEWS, size=2, after=after)

    assert _references(page.lines) == ["RCM-S0000000", "RCM-S0000001"]
    assert (page.has_before, page.has_after) == (False, True)


def test_states_that_are_not_asked_for_are_left_out(office: Office) -> None:
    fill_call(office, 3)
    _set(office, 1, stand=Stand.LAPSED.value)

    assert _walk(office) == ["RCM-S0000000", "RCM-S0000002"]
    assert _walk(office, stands=frozenset({Stand.LAPSED})) == ["RCM-S0000001"]
    assert len(_walk(office, stands=frozenset(Stand))) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("inigo", ["RCM-S0000008"]),
        ("ÑANDU  8", ["RCM-S0000008"]),
        ("persona.8@example", ["RCM-S0000008"]),
        ("federacion", ["RCM-S0000002", "RCM-S0000005", "RCM-S0000008"]),
        ("federacion zoe", []),
        ("s0000003", ["RCM-S0000003"]),
        ("%", []),
        ("costa", ["RCM-S0000010"]),
    ],
)
def test_each_word_is_looked_for_in_who_sent_it(
    office: Office, text: str, found: list[str]
) -> None:
    fill_call(office, 10)
    add_of_delegation(office, 10, "cr")

    with office.database.reading() as session:
        lines = call_listing.list_found(session, replace(NEWS, text=text))

    assert _references(lines) == found


def test_pages_of_what_was_found_are_cut_as_those_of_the_list() -> None:
    found = list(range(20))

    assert page_of(found, 7) == ListPage(found[:7], has_before=False, has_after=True)
    assert page_of(found, 7, after=6) == ListPage(found[7:14], has_before=True, has_after=True)
    assert page_of(found, 7, after=13) == ListPage(found[14:], has_before=True, has_after=False)
    assert page_of(found, 7, before=14) == ListPage(found[7:14], has_before=True, has_after=True)
    assert page_of(found, 7, before=7) == ListPage(found[:7], has_before=False, has_after=True)
    assert page_of(found, 7, before=3) == ListPage(found[:3], has_before=False, has_after=True)


def test_sums_are_those_of_the_rows(office: Office) -> None:
    later = datetime(2022, 2, 21, tzinfo=UTC)
    fill_call(office, 6)
    fill_call(office, 2, "rapporteur", first=90, decided_at_utc=datetime(2023, 1, 1, tzinfo=UTC))
    _set(office, 0, stand=Stand.CHOSEN.value, decided_at_utc=MOMENT, published_at_utc=MOMENT)
    _set(office, 1, stand=Stand.NOT_CHOSEN.value, decided_at_utc=later)
    _set(office, 2, stand=Stand.RETURNED.value)
    _set(office, 3, erased_at_utc=MOMENT, published_at_utc=later)

    with office.database.reading() as session:
        sums = call_listing.sum_up(session, RCM, "news")

    assert sums.count(frozenset({Stand.SUBMITTED})) == 3
    assert sums.count(CURRENT) == 6
    assert sums.count_kept(CURRENT) == 5
    assert sums.untold == 2
    assert (sums.told_at, sums.published_at) == (later, MOMENT)


def test_call_of_the_same_key_of_another_meeting_is_another_list(office: Office) -> None:
    other = MeetingId("other")
    load_meeting(office, as_id=other)
    fill_call(office, 2)
    fill_call(office, 1, first=2, meeting_id=other)
    _choose(office, {1: 0})
    _choose(office, {1: 2}, meeting_id=other)

    assert _walk(office) == ["RCM-S0000000", "RCM-S0000001"]
    with office.database.reading() as session:
        page = call_listing.list_sent(session, NEWS, size=1, after="RCM-S0000002")
        sums = call_listing.sum_up(session, RCM, "news")
        taken = call_listing.list_places_taken(session, RCM, "news")
    assert _references(page.lines) == ["RCM-S0000000"]
    assert sums.count(CURRENT) == 2
    assert [line.reference for _, _, line in taken] == ["RCM-S0000000"]


def test_sums_of_a_call_without_answers_are_none(office: Office) -> None:
    with office.database.reading() as session:
        sums = call_listing.sum_up(session, RCM, "news")

    assert (sums.count(CURRENT), sums.untold, sums.told_at) == (0, 0, None)


def test_places_taken_come_by_number_with_who_was_chosen(office: Office) -> None:
    fill_call(office, 3)
    _choose(office, {2: 0, 1: 2})

    with office.database.reading() as session:
        taken = call_listing.list_places_taken(session, RCM, "news")

    assert [(number, line.reference) for number, _, line in taken] == [
        (1, "RCM-S0000002"),
        (2, "RCM-S0000000"),
    ]


def _walk(office: Office, stands: frozenset[Stand] = CURRENT) -> list[str]:
    """Return the references of all pages, read one after another."""
    found: list[str] = []
    after = None
    with office.database.reading() as session:
        while True:
            wanted = replace(NEWS, stands=stands)
            page = call_listing.list_sent(session, wanted, size=7, after=after)
            found += _references(page.lines)
            if not page.has_after:
                return found
            after = page.lines[-1].reference


def _walk_back(office: Office, before: str) -> list[str]:
    """Return the references of all pages in front of the submission, in the list's order."""
    found: list[str] = []
    with office.database.reading() as session:
        while True:
            page = call_listing.list_sent(session, NEWS, size=7, before=before)
            found = _references(page.lines) + found
            if not page.has_before:
                return found
            before = page.lines[0].reference


def _references(lines: Sequence[call_listing.SentLine]) -> list[str]:
    return [each.reference for each in lines]


def _choose(office: Office, numbers: Mapping[int, int], meeting_id: MeetingId = RCM) -> None:
    """Choose submissions by the numbers of their references, each for the place before it."""
    with office.database.writing() as session:
        for place, at in numbers.items():
            values = {
                "meeting_id": meeting_id,
                "call": "news",
                "number": place,
                "submission_id": UUID(int=(1 << 101) + at),
                "chosen_at_utc": MOMENT,
            }
            session.execute(insert(DbChoice).values(values))


def _set(office: Office, number: int, **values: object) -> None:
    with office.database.writing() as session:
        reference = f"RCM-S{number:07d}"
        changed = update(DbSubmission).where(DbSubmission.reference == reference)
        session.execute(changed.values(**values))
