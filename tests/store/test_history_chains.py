"""A history that was tampered with is found out, whatever was done; an erased one is whole."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from registration.domain.events import By, Event
from registration.domain.registrations import Registration
from registration.domain.states import Actor
from registration.registrar import accounts
from registration.store import reading
from registration.store.chains import hash_of_line
from registration.store.reading.audit import count_lines, list_flaws
from registration.store.reading.flaws import Flaw, FlawedLine
from registration.store.tables.history import DbHistoryLine
from tests.offices import OPEN_DAY, REVIEWER, Guide, make_office


@pytest.fixture
def workshop_url(workshop_sqlite_url: str) -> str:
    """One engine is enough for what is reckoned in Python; the last test asks the other."""
    return workshop_sqlite_url


@pytest.fixture
def entry(guide: Guide) -> Registration:
    """An entry whose chain has three lines: registered, confirmed, approved."""
    return guide.approve(guide.submit())


def test_untouched_history_has_no_flaw(guide: Guide, entry: Registration) -> None:
    guide.wait(microseconds=1)
    guide.submit("pa")

    assert _find_flaws(guide) == []
    with guide.office.database.reading() as session:
        assert count_lines(session) == 5


@pytest.mark.parametrize(
    "change",
    [
        "event = 'declined'",
        "actor = 'delegate'",
        "staff_id = 2",
        "at_utc = '2022-02-14 15:12:01'",
        """facts = '{"move": "approve", "from": "reserve", "to": "invited"}'""",
        "details_digest = NULL",
        "details_digest = previous_hash",
    ],
)
def test_changed_line_is_found(guide: Guide, entry: Registration, change: str) -> None:
    _execute(guide, f"UPDATE history_line SET {change} WHERE number = 3")

    flaws = _find_flaws(guide)

    assert FlawedLine(_chain(entry), 3, Flaw.CHANGED) in flaws


def test_changed_line_hashed_anew_is_found_at_the_next(guide: Guide, entry: Registration) -> None:
    """Whoever can write the row can hash it, too, but not the line that follows on it."""
    with guide.office.database.writing() as session:
        line = session.query(DbHistoryLine).filter_by(chain=_chain(entry), number=2).one()
        line.actor = "secretariat"
        line.hash = hash_of_line(vars(line))

    assert _find_flaws(guide) == [FlawedLine(_chain(entry), 3, Flaw.UNCHAINED)]


def test_line_removed_in_the_middle_is_found(guide: Guide, entry: Registration) -> None:
    _remove_line(guide, 2)

    assert _find_flaws(guide) == [
        FlawedLine(_chain(entry), 3, Flaw.GAP),
        FlawedLine(_chain(entry), 3, Flaw.UNCHAINED),
    ]


def test_line_removed_in_the_middle_and_numbered_anew_is_found(
    guide: Guide, entry: Registration
) -> None:
    _remove_line(guide, 2)
    _execute(guide, "UPDATE history_line SET number = 2 WHERE number = 3")

    flaws = {flaw.flaw for flaw in _find_flaws(guide)}

    assert flaws == {Flaw.UNCHAINED, Flaw.CHANGED, Flaw.CUT_OFF}


def test_line_cut_off_at_the_end_is_found(guide: Guide, entry: Registration) -> None:
    _remove_line(guide, 3)

    assert _find_flaws(guide) == [
        FlawedLine(_chain(entry), 2, Flaw.CUT_OFF),
        FlawedLine(_chain(entry), 2, Flaw.STATE_DIFFERS),
        FlawedLine(_chain(entry), 0, Flaw.LETTER_UNTOLD),
    ]


def test_line_cut_off_with_the_end_of_the_chain_is_found_by_the_state(
    guide: Guide, entry: Registration
) -> None:
    _remove_line(guide, 3)
    _execute(
        guide,
        "UPDATE history_chain SET number = 2,"
        " hash = (SELECT hash FROM history_line WHERE number = 2)",
    )

    assert _find_flaws(guide) == [
        FlawedLine(_chain(entry), 2, Flaw.STATE_DIFFERS),
        FlawedLine(_chain(entry), 0, Flaw.LETTER_UNTOLD),
    ]


def test_whole_chain_removed_is_found(guide: Guide, entry: Registration) -> None:
    for table in ("mail", "history_detail", "history_line", "history_chain"):
        _execute(guide, f"DELETE FROM {table}")

    assert _find_flaws(guide) == [
        FlawedLine(_chain(entry), 0, Flaw.STATE_DIFFERS),
        FlawedLine(_chain(entry), 0, Flaw.LETTER_UNTOLD),
    ]


def test_line_moved_to_another_chain_is_found(guide: Guide, entry: Registration) -> None:
    other = guide.submit("pa")
    _execute(
        guide,
        f"UPDATE history_line SET chain = '{_chain(other)}' WHERE number = 3",
    )

    assert {
        FlawedLine(_chain(entry), 2, Flaw.CUT_OFF),
        FlawedLine(_chain(other), 3, Flaw.CHANGED),
        FlawedLine(_chain(other), 3, Flaw.UNCHAINED),
    } <= set(_find_flaws(guide))


@pytest.mark.parametrize(
    ("change", "number", "flaw"),
    [
        ("previous_hash = hash", 2, Flaw.UNCHAINED),
        ("hash = previous_hash", 2, Flaw.CHANGED),
        ("number = 9", 9, Flaw.GAP),
    ],
)
def test_changed_link_of_the_chain_is_found(
    guide: Guide, entry: Registration, change: str, number: int, flaw: Flaw
) -> None:
    _execute(guide, f"UPDATE history_line SET {change} WHERE number = 2")

    assert FlawedLine(_chain(entry), number, flaw) in _find_flaws(guide)


def test_every_column_of_a_line_is_held() -> None:
    """The id is what a line's details and mails point to; they are held by digest and by key."""
    held = {"chain", "number", "at_utc", "event", "actor", "staff_id", "facts", "details_digest"}
    held |= {"previous_hash", "hash"}

    assert {each.name for each in DbHistoryLine.__table__.columns} == held | {"id"}


def test_line_inserted_in_the_middle_is_found(guide: Guide, entry: Registration) -> None:
    """Numbered and hashed with care: the line that followed does not follow on it."""
    with guide.office.database.writing() as session:
        lines = session.query(DbHistoryLine).filter_by(chain=_chain(entry))
        second, third = lines.filter_by(number=2).one(), lines.filter_by(number=3).one()
        third.number = 4
        third.hash = hash_of_line(vars(third))
        session.flush()
        forged = {
            "chain": second.chain,
            "number": 3,
            "at_utc": second.at_utc,
            "event": "noted",
            "actor": "secretariat",
            "staff_id": 1,
            "facts": {},
            "details_digest": None,
            "previous_hash": second.hash,
        }
        session.add(DbHistoryLine(id=uuid4(), hash=hash_of_line(forged), **forged))

    assert set(_find_flaws(guide)) == {
        FlawedLine(_chain(entry), 4, Flaw.UNCHAINED),
        FlawedLine(_chain(entry), 4, Flaw.CUT_OFF),
    }


def test_inserted_line_is_found(guide: Guide, entry: Registration) -> None:
    """Forged with care: it follows on the last line and its own hash is right."""
    with guide.office.database.writing() as session:
        last = session.query(DbHistoryLine).filter_by(chain=_chain(entry), number=3).one()
        forged = {
            "chain": last.chain,
            "number": 4,
            "at_utc": last.at_utc,
            "event": "noted",
            "actor": "secretariat",
            "staff_id": 1,
            "facts": {},
            "details_digest": None,
            "previous_hash": last.hash,
        }
        session.add(DbHistoryLine(id=uuid4(), hash=hash_of_line(forged), **forged))

    assert _find_flaws(guide) == [FlawedLine(_chain(entry), 4, Flaw.CUT_OFF)]


def test_state_that_no_line_tells_of_is_found(guide: Guide, entry: Registration) -> None:
    _execute(guide, "UPDATE registration SET state = 'accepted'")

    assert _find_flaws(guide) == [FlawedLine(_chain(entry), 3, Flaw.STATE_DIFFERS)]


def test_changed_details_are_found(guide: Guide, entry: Registration) -> None:
    _execute(guide, """UPDATE history_detail SET details = '{"staff": "Somebody Else"}'""")

    assert _find_flaws(guide) == [FlawedLine(_chain(entry), 3, Flaw.DETAILS_CHANGED)]


def test_erased_details_are_no_flaw(guide: Guide, entry: Registration) -> None:
    _execute(guide, "DELETE FROM history_detail")

    assert _find_flaws(guide) == []
    with guide.office.database.reading() as session:
        lines = reading.list_history(session, _chain(entry))
    assert [line.details for line in lines] == [{}, {}, {}]


def test_lines_hold_nothing_personal_outside_the_details(guide: Guide, entry: Registration) -> None:
    with guide.office.database.reading() as session:
        rows = session.execute(text("SELECT facts FROM history_line")).scalars().all()
        digests = session.execute(text("SELECT details_digest FROM history_line")).scalars().all()

    assert not any("Luisa" in str(row) or "Persona" in str(row) for row in rows)
    assert sum(digest is not None for digest in digests) == 1


def test_same_details_have_another_digest_each_time(guide: Guide) -> None:
    """Without the salt a digest of a name could be looked up."""
    for minutes in (1, 2):
        at = OPEN_DAY + timedelta(minutes=minutes)
        accounts.record(guide.office, REVIEWER, Event.SIGNED_IN, at=at)

    with guide.office.database.reading() as session:
        digests = session.execute(text("SELECT details_digest FROM history_line")).scalars().all()
    assert len(set(digests)) == len(digests) == 2


def test_chains_of_accounts_are_held_too(guide: Guide) -> None:
    by = By(actor=Actor.SECRETARIAT, staff_id=5)
    accounts.record(guide.office, by, Event.SIGNED_IN, at=OPEN_DAY)
    _execute(guide, "UPDATE history_line SET event = 'signed_out'")

    assert _find_flaws(guide) == [FlawedLine("staff:5", 1, Flaw.CHANGED)]


def test_lines_read_from_postgresql_are_the_lines_that_were_hashed(
    workshop_postgresql_url: str,
) -> None:
    """Moments, JSON and bytes come back from another engine as they went in."""
    office = make_office(workshop_postgresql_url)
    guide = Guide(office, now=OPEN_DAY + timedelta(microseconds=1))
    entry = guide.approve(guide.submit())
    assert _find_flaws(guide) == []

    _execute(guide, "UPDATE history_line SET staff_id = 2 WHERE number = 3")

    assert _find_flaws(guide) == [FlawedLine(_chain(entry), 3, Flaw.CHANGED)]
    office.database.dispose()


def _find_flaws(guide: Guide) -> list[FlawedLine]:
    with guide.office.database.reading() as session:
        return list_flaws(session)


def _remove_line(guide: Guide, number: int) -> None:
    lines = f"(SELECT id FROM history_line WHERE number = {number})"
    _execute(guide, f"DELETE FROM mail WHERE cause_id IN {lines}")
    _execute(guide, f"DELETE FROM history_detail WHERE line_id IN {lines}")
    _execute(guide, f"DELETE FROM history_line WHERE number = {number}")


def _execute(guide: Guide, sql: str) -> None:
    with guide.office.database.writing() as session:
        # Raw: a colon in JSON is no parameter.
        session.connection().exec_driver_sql(sql)


def _chain(entry: Registration) -> str:
    return reading.chain_of_registration(entry.id)
