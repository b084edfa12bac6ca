"""The desk's list on both engines: what each filter leaves, and pages that lose nobody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update

from registration.domain.ids import DelegationKey, MeetingId, RegistrationId
from registration.domain.listing import Place, Trouble, VisaAnswer, Wanted
from registration.domain.nominations import NominatedBy, Standing
from registration.domain.papers import Condition, MailStatus
from registration.domain.states import State
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading import listing, overview
from registration.store.reading.overview import Step
from registration.store.tables.files import DbLockedFile
from registration.store.tables.mail import DbMail
from registration.store.tables.nominations import DbNomination
from registration.store.tables.registrations import DbRegistration
from registration.store.tables.travel import DbTicket, DbTravel
from tests.builders import RCM, make_particulars
from tests.crowds import fill_meeting
from tests.offices import Guide
from tests.registrar.moving import enter_elsewhere


def test_pages_show_everybody_once_in_either_direction(office: Office) -> None:
    fill_meeting(office, 47)

    forward = _walk(office, Wanted())
    backward = _walk_back(office, Wanted(), forward[-1])

    assert len(set(forward)) == 47
    assert backward == forward[:-1]


def test_entries_of_one_moment_are_neither_lost_nor_repeated(office: Office) -> None:
    fill_meeting(office, 30)
    _set(office, changed_at_utc=datetime(2022, 2, 20, tzinfo=UTC))

    assert len(set(_walk(office, Wanted()))) == 30


def test_entry_that_changes_meanwhile_costs_nobody_a_place(office: Office) -> None:
    fill_meeting(office, 20)
    with office.database.reading() as session:
        first = listing.list_page(session, RCM, Wanted(), size=7)
        last = reading.find_by_reference(session, first.lines[-1].reference)
    assert last is not None
    _set(office, last.id, changed_at_utc=datetime.now(UTC))

    behind = _walk(office, Wanted(), after=first.lines[-1].place)

    assert len({*behind, *(each.reference for each in first.lines)}) == 20


def test_filters_are_combined(office: Office) -> None:
    fill_meeting(office, 200)
    speakers = DelegationKey("speakers")
    wanted = Wanted(delegation=speakers, state=State.ACCEPTED, language="es", text="rafael")

    assert _walk(office, wanted) == [f"RCM-{at:08d}" for at in range(4, 200, 10)]
    assert _walk(office, replace(wanted, language="en")) == []
    assert _walk(office, replace(wanted, among=frozenset({DelegationKey("cr")}))) == []


@pytest.mark.parametrize(
    "text",
    [
        "rené",
        "RENE",
        "nandu",
        "castillo@example",
        "rene.castillo@example.org",
        "relaciones exteriores",
        "asesor rene",
    ],
)
def test_search_finds_whatever_the_case_and_the_accents(
    office: Office, guide: Guide, text: str
) -> None:
    person = make_particulars(
        given_names="René",
        surnames="Łukasz Ñandú",
        institution="Ministerio de Relaciones Exteriores",
        position="Asesor",
        email="rene.castillo@example.org",
    )
    rene = guide.submit("hn", particulars=person)
    guide.submit("pa")

    assert _walk(office, Wanted(text=text)) == [rene.reference]


def test_search_finds_the_number_or_a_part_of_it(office: Office, guide: Guide) -> None:
    entry, _ = guide.submit("hn"), guide.submit("pa")

    for text in (entry.reference, entry.reference.lower(), entry.reference[4:]):
        assert _walk(office, Wanted(text=text)) == [entry.reference]


@pytest.mark.parametrize("text", ["%", "_", "\\", "' OR 1=1 --", "ana nandu", "<script>"])
def test_search_finds_nothing_where_nothing_matches(
    office: Office, guide: Guide, text: str
) -> None:
    guide.submit("pa")

    assert _walk(office, Wanted(text=text)) == []


def test_nominations_are_told_apart(office: Office, guide: Guide) -> None:
    one, other, third = guide.submit("cr"), guide.submit("pa"), guide.submit("sv")
    nomination = uuid4()
    with office.database.writing() as session:
        session.execute(
            insert(DbNomination).values(
                id=nomination,
                delegation_id=one.delegation_id,
                how=NominatedBy.FOCAL_POINT,
                recorded_at_utc=datetime.now(UTC),
            )
        )
    _set(office, one.id, nomination_id=nomination)
    _set(office, third.id, nomination_id=nomination, disowned_at_utc=datetime.now(UTC))

    assert _walk(office, Wanted(standing=Standing.NOMINATED)) == [one.reference]
    assert _walk(office, Wanted(standing=Standing.NOT_NOMINATED)) == [other.reference]
    assert _walk(office, Wanted(standing=Standing.DISOWNED)) == [third.reference]


def test_visas_are_told_apart(office: Office, guide: Guide) -> None:
    one, other = guide.submit("cr"), guide.submit("pa")
    with office.database.writing() as session:
        session.execute(
            insert(DbTravel).values(
                registration_id=one.id,
                visa=VisaAnswer.NEEDED.value,
                locked_bytes=b"x",
                wrapped_key=b"x",
                saved_at_utc=datetime.now(UTC),
            )
        )

    assert _walk(office, Wanted(visa=VisaAnswer.NEEDED)) == [one.reference]
    assert _walk(office, Wanted(visa=VisaAnswer.NOT_NEEDED)) == []
    assert _walk(office, Wanted(visa=VisaAnswer.NONE)) == [other.reference]


def test_troubles_are_found(office: Office, guide: Guide) -> None:
    one, other = guide.submit("cr"), guide.submit("pa")
    with office.database.writing() as session:
        session.execute(
            update(DbMail)
            .where(DbMail.registration_id == one.id, DbMail.occasion == "received")
            .values(status=MailStatus.REFUSED)
        )
        session.execute(
            update(DbLockedFile)
            .where(DbLockedFile.id == other.passport)
            .values(condition=Condition.FAILED)
        )
        spoilt, number = overview.list_spoilt_files(session, RCM, limit=5)

    assert _walk(office, Wanted(trouble=Trouble.MAIL)) == [one.reference]
    assert _walk(office, Wanted(trouble=Trouble.FILE)) == [other.reference]
    assert ([each.reference for each in spoilt], number) == ([other.reference], 1)


def test_all_that_match_are_those_that_stood_on_the_screen(office: Office, guide: Guide) -> None:
    before, after = guide.submit("cr"), guide.submit("pa")
    seen_at = datetime(2022, 3, 1, tzinfo=UTC)
    _set(office, before.id, changed_at_utc=seen_at - timedelta(hours=1))
    _set(office, after.id, changed_at_utc=seen_at + timedelta(microseconds=1))

    with office.database.reading() as session:
        chosen = listing.list_wanted(session, RCM, Wanted(unchanged_since=seen_at), most=10)

    assert chosen == [(before.id, before.version)]


def test_entries_of_another_meeting_are_on_no_list(office: Office, guide: Guide) -> None:
    own, stranger = guide.submit("cr"), enter_elsewhere(guide)

    with office.database.reading() as session:
        chosen = listing.list_wanted(session, RCM, Wanted(), most=10)
        number = listing.count_wanted(session, RCM, Wanted(), most=10)

    assert (chosen, number) == ([(own.id, own.version)], 1)
    assert _walk(office, Wanted(text=stranger.reference)) == []
    assert _walk(office, Wanted()) == [own.reference]


def test_erased_entry_waits_for_nothing(office: Office, guide: Guide) -> None:
    entry, erased = guide.submit("cr"), guide.submit("pa")
    _set(office, erased.id, erased_at_utc=datetime.now(UTC))

    with office.database.reading() as session:
        waiting = listing.list_longest_waiting(session, RCM, limit=5)
        queue = listing.list_queue(session, RCM)

    assert _references(waiting) == queue == [entry.reference]


def test_longest_wait_comes_first(office: Office, guide: Guide) -> None:
    first, second, third = guide.submit("cr"), guide.submit("pa"), guide.submit("sv")
    moment = datetime(2022, 2, 20, tzinfo=UTC)
    for hours, entry in enumerate((third, first, second)):
        _set(office, entry.id, changed_at_utc=moment + timedelta(hours=hours))
    guide.approve(guide.submit("gt"))

    with office.database.reading() as session:
        queue = listing.list_queue(session, RCM)
        waiting = listing.list_longest_waiting(session, RCM, limit=2)

    assert queue == [third.reference, first.reference, second.reference]
    assert _references(waiting) == queue[:2]


_SPEAKERS, _CR = DelegationKey("speakers"), DelegationKey("cr")


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(delegation=_SPEAKERS),
        Wanted(among=frozenset({_SPEAKERS, _CR})),
        Wanted(among=frozenset({_SPEAKERS, _CR}), state=State.SUBMITTED),
        Wanted(delegation=_SPEAKERS, language="es", standing=Standing.NOT_NOMINATED),
        Wanted(visa=VisaAnswer.NONE, text="ana"),
        Wanted(within=frozenset({State.SUBMITTED, State.LAPSED})),
        # After the last change of all, however late the test is run.
        Wanted(unchanged_since=datetime.now(UTC) + timedelta(days=1)),
    ],
)
def test_count_is_that_of_the_list(office: Office, wanted: Wanted) -> None:
    fill_meeting(office, 60)
    with office.database.reading() as session:
        found = listing.list_wanted(session, RCM, wanted, most=100)

        assert listing.count_wanted(session, RCM, wanted, most=100) == len(found) > 0
        assert listing.count_wanted(session, MeetingId("another"), wanted, most=100) == 0


def test_counting_ends_where_nobody_reads_on(office: Office) -> None:
    fill_meeting(office, 60)

    with office.database.reading() as session:
        assert listing.count_wanted(session, RCM, Wanted(), most=100) == 60
        assert listing.count_wanted(session, RCM, Wanted(), most=40) == 41


def test_overview_counts_what_the_rows_say(office: Office, guide: Guide) -> None:
    invited = guide.approve(guide.submit("cr"))
    fill_meeting(office, 100)
    with office.database.writing() as session:
        session.execute(
            insert(DbTicket).values(
                registration_id=invited.id,
                status="issued",
                locked_bytes=b"x",
                wrapped_key=b"x",
                recorded_at_utc=datetime.now(UTC),
            )
        )
    with office.database.reading() as session:
        counts = overview.count_by_delegation(session, RCM)
        holders = overview.list_seat_holders(session, RCM)
        steps = overview.count_steps(session, RCM, offset=timedelta(hours=-6))
        crowd = reading.list_registrations(session, RCM, states=[State.INVITED])

    assert sum(sum(each.values()) for each in counts.values()) == 101
    assert [(each.reference, each.has_ticket) for each in holders] == [(invited.reference, True)]
    assert {step: sum(days.values()) for step, days in steps.items()} == {
        Step.REGISTERED: 101,
        Step.CONFIRMED: 101,
        # The crowd's are approved without a letter.
        Step.APPROVED: len(crowd),
        Step.ACCEPTED: 0,
    }


def test_day_is_one_of_the_meetings_clock(office: Office) -> None:
    fill_meeting(office, 1)
    _set(office, created_at_utc=datetime(2022, 2, 15, 3, 30, tzinfo=UTC))

    with office.database.reading() as session:
        steps = overview.count_steps(session, RCM, offset=timedelta(hours=-6))

    assert [day.isoformat() for day in steps[Step.REGISTERED]] == ["2022-02-14"]


@pytest.mark.parametrize(
    ("text", "found"), [("100%", 1), ("1_0", 1), ("a/b", 1), ("100", 2), ("a", 2)]
)
def test_signs_of_a_pattern_are_looked_for_as_they_are(
    office: Office, text: str, found: int
) -> None:
    fill_meeting(office, 2)
    with office.database.writing() as session:
        one, other = session.scalars(select(DbRegistration).order_by(DbRegistration.reference))
        one.search_text, other.search_text = "100% 1_0 a/b", "100 120 ab"
        one.reference, other.reference = "RCM-X", "RCM-Y"

    assert len(_walk(office, Wanted(text=text))) == found


def _walk(office: Office, wanted: Wanted, *, after: Place | None = None) -> list[str]:
    """Return the references of all pages, read one after another."""
    found: list[str] = []
    with office.database.reading() as session:
        while True:
            page = listing.list_page(session, RCM, wanted, size=7, after=after)
            found += _references(page.lines)
            if not page.has_after:
                return found
            after = page.lines[-1].place


def _walk_back(office: Office, wanted: Wanted, last: str) -> list[str]:
    """Return the references of all pages in front of the entry, in the list's order."""
    found: list[str] = []
    with office.database.reading() as session:
        everything = listing.list_page(session, RCM, wanted, size=1000)
        place = next(each.place for each in everything.lines if each.reference == last)
        while True:
            page = listing.list_page(session, RCM, wanted, size=7, before=place)
            found = _references(page.lines) + found
            if not page.has_before:
                return found
            place = page.lines[0].place


def _references(entries: Sequence[listing.ListedEntry]) -> list[str]:
    return [each.reference for each in entries]


def _set(office: Office, id: RegistrationId | None = None, **columns: object) -> None:
    query = update(DbRegistration).values(**columns)
    with office.database.writing() as session:
        session.execute(query if id is None else query.where(DbRegistration.id == id))
