"""The ends of the chains, signed once a day: what the chains alone cannot tell is found."""

import threading
from datetime import timedelta

import pytest

from registration.domain.events import Event
from registration.domain.registrations import Registration
from registration.registrar import accounts, auditing
from registration.registrar.office import Office
from registration.registrar.sealing_history import SealedHistory, seal_daily, seal_history
from registration.store import reading
from registration.store.chains import BEGINNING, hash_of_line, hash_of_seal
from registration.store.reading import seals
from registration.store.reading.flaws import Flaw, FlawedLine, FlawedSeal, SealFlaw
from registration.store.tables.history import DbHistoryChain, DbHistoryLine, DbHistorySeal
from tests.offices import OPEN_DAY, OTHER_REVIEWER, REVIEWER, Guide
from tests.registrar.moving import accept, amend, moved
from tests.seals import make_seal


@pytest.fixture
def entry(guide: Guide) -> Registration:
    """An approved entry, its chain of three lines sealed."""
    entry = guide.approve(guide.submit())
    seal(guide)
    return entry


def test_sealed_history_has_no_flaw(guide: Guide, entry: Registration) -> None:
    guide.wait(days=1)
    moved(accept(guide, entry))
    guide.wait(days=1)

    second = seal(guide)

    assert (second.number, second.chains) == (2, 1)
    assert _find(guide) == []


def test_line_holds_the_ends_that_changed_since(guide: Guide, entry: Registration) -> None:
    other = guide.submit("pa")
    seal(guide)

    heads = [each.heads for each in _list_seals(guide)]

    assert [list(each) for each in heads] == [[_chain(entry)], [_chain(other)]]
    assert heads[0][_chain(entry)][0] == 3


def test_day_without_a_change_is_sealed_too(guide: Guide, entry: Registration) -> None:
    """So that a line removed at the end is missed, whatever happened on its day."""
    assert seal(guide).chains == 0


def test_history_is_sealed_once_a_day_after_midnight_utc(guide: Guide) -> None:
    midnight = OPEN_DAY.replace(hour=0, minute=0)
    first = seal_daily(guide.office, now=midnight + timedelta(hours=23, minutes=59))

    again = [seal_daily(guide.office, now=midnight + timedelta(hours=h)) for h in (23, 23.99)]
    second = seal_daily(guide.office, now=midnight + timedelta(days=1))

    assert again == [None, None]
    assert first is not None
    assert second is not None
    assert (first.number, second.number) == (1, 2)


def test_last_line_removed_with_the_end_of_its_chain_is_found(
    guide: Guide, entry: Registration
) -> None:
    """The state was set back too: the chain alone is whole."""
    _cut_last_line(guide, entry)

    assert _find(guide) == [FlawedLine(_chain(entry), 3, Flaw.SEALED_OTHERWISE)]


def test_whole_chain_removed_with_its_entry_is_found(guide: Guide, entry: Registration) -> None:
    for sql in (
        "DELETE FROM mail",
        "DELETE FROM history_detail",
        "DELETE FROM history_line",
        "DELETE FROM history_chain",
        "DELETE FROM letter",
        "DELETE FROM registration",
    ):
        _execute(guide, sql)

    assert _find(guide) == [FlawedLine(_chain(entry), 3, Flaw.SEALED_OTHERWISE)]


def test_chain_written_anew_with_all_its_hashes_is_found(guide: Guide, entry: Registration) -> None:
    """Somebody else is said to have confirmed; every hash was reckoned again, the end's too."""
    with guide.office.database.writing() as session:
        lines = session.query(DbHistoryLine).filter_by(chain=_chain(entry))
        previous = BEGINNING
        for line in lines.order_by(DbHistoryLine.number):
            line.actor = "secretariat" if line.number == 2 else line.actor
            line.previous_hash = previous
            line.hash = previous = hash_of_line(vars(line))
        session.query(DbHistoryChain).filter_by(name=_chain(entry)).one().hash = previous

    assert _find(guide) == [FlawedLine(_chain(entry), 3, Flaw.SEALED_OTHERWISE)]


def test_line_dated_back_is_found(guide: Guide, entry: Registration) -> None:
    """Appended with care after the day was sealed, as if it had been there before."""
    guide.wait(days=2)
    seal(guide)
    accounts.record(guide.office, OTHER_REVIEWER, Event.SIGNED_IN, at=OPEN_DAY)

    assert _find(guide) == [FlawedLine("staff:2", 1, Flaw.DATED_BACK)]


def test_request_that_took_long_is_not_dated_back(guide: Guide, entry: Registration) -> None:
    guide.wait(hours=5)
    seal(guide)

    accounts.record(guide.office, REVIEWER, Event.SIGNED_IN, at=OPEN_DAY)

    assert _find(guide) == []


@pytest.mark.parametrize(
    ("change", "flaws"),
    [
        ("at_utc = '2022-02-15 00:00:00'", {SealFlaw.CHANGED}),
        ("heads = '{}'", {SealFlaw.CHANGED}),
        ("heads = '[1]'", {SealFlaw.CHANGED}),
        ("previous_hash = hash", {SealFlaw.CHANGED, SealFlaw.UNCHAINED}),
        ("hash = previous_hash", {SealFlaw.CHANGED, SealFlaw.NOT_SIGNED}),
        ("certificate = hash", {SealFlaw.CHANGED, SealFlaw.OTHER_CERTIFICATE}),
        ("signature = hash", {SealFlaw.NOT_SIGNED}),
        ("number = 2", {SealFlaw.CHANGED, SealFlaw.GAP}),
    ],
)
def test_changed_sealed_line_is_found(
    guide: Guide, entry: Registration, change: str, flaws: set[SealFlaw]
) -> None:
    _execute(guide, f"UPDATE history_seal SET {change}")

    assert {each.flaw for each in auditing.list_broken_seals(guide.office)} == flaws


def test_every_column_of_a_sealed_line_is_held() -> None:
    held = {"at_utc", "heads", "previous_hash", "hash", "certificate", "signature", "number"}

    assert {each.name for each in DbHistorySeal.__table__.columns} == held


def test_sealed_line_removed_in_the_middle_is_found(guide: Guide, entry: Registration) -> None:
    for _ in range(2):
        guide.wait(days=1)
        seal(guide)
    _execute(guide, "DELETE FROM history_seal WHERE number = 2")

    assert auditing.list_broken_seals(guide.office) == [
        FlawedSeal(3, SealFlaw.GAP),
        FlawedSeal(3, SealFlaw.UNCHAINED),
    ]


def test_line_sealed_by_somebody_else_proves_nothing(guide: Guide, entry: Registration) -> None:
    """Whoever writes the tables can make a key, too, but not the site's."""
    own, forger = _cut_last_line(guide, entry), make_seal("Somebody else")
    with guide.office.database.writing() as session:
        line = session.query(DbHistorySeal).one()
        line.heads = {_chain(entry): own}
        line.certificate = forger.certificate
        line.hash = hash_of_seal(vars(line))
        line.signature = forger.sign(line.hash)

    assert _find(guide) == []
    broken = auditing.list_broken_seals(guide.office)
    assert broken == [FlawedSeal(1, SealFlaw.OTHER_CERTIFICATE)]
    with_forgers = auditing.list_broken_seals(guide.office, [forger.certificate])
    assert with_forgers == []


def test_sites_certificate_on_a_forgers_signature_is_found(
    guide: Guide, entry: Registration
) -> None:
    with guide.office.database.writing() as session:
        line = session.query(DbHistorySeal).one()
        line.heads = {}
        line.hash = hash_of_seal(vars(line))
        line.signature = make_seal("Somebody else").sign(line.hash)

    assert auditing.list_broken_seals(guide.office) == [FlawedSeal(1, SealFlaw.NOT_SIGNED)]


def test_erased_facts_leave_the_sealed_lines_whole(guide: Guide, entry: Registration) -> None:
    _execute(guide, "DELETE FROM history_detail")

    assert _find(guide) == []
    assert auditing.list_broken_seals(guide.office) == []


def test_sealed_line_holds_nothing_personal(guide: Guide, entry: Registration) -> None:
    (line,) = _list_seals(guide)

    assert "Persona" not in str(line.heads)
    assert "Luisa" not in str(line.heads)


def test_history_is_sealed_while_others_write(guide: Guide, office: Office) -> None:
    """Eight entries move while two processes seal again and again: no writer is refused, no line
    is sealed that is not there, and no number is given twice."""
    entries = [guide.submit(each) for each in ("cr", "cr", "pa", "pa", "gt", "gt", "mx", "mx")]
    made: list[SealedHistory | None] = []
    faults: list[BaseException] = []
    start = threading.Barrier(6)

    def write(own: list[Registration]) -> None:
        start.wait()
        for each in own:
            invited = guide.approve(each)
            moved(amend(guide, invited, surnames="Solano"))
            moved(accept(guide, invited))

    def keep_sealing() -> None:
        start.wait()
        made.extend(seal_history(office, now=guide.now) for _ in range(12))

    def carefully(work: object, *given: object) -> None:
        try:
            work(*given)  # type: ignore[operator]  # one of the two above
        except BaseException as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=carefully, args=(write, entries[at::4])) for at in range(4)]
    threads += [threading.Thread(target=carefully, args=(keep_sealing,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    numbers = sorted(each.number for each in made if each is not None)
    assert numbers == list(range(1, len(numbers) + 1))
    last = seal(guide)
    assert last.number == len(numbers) + 1
    assert _find(guide) == []
    assert auditing.list_broken_seals(office) == []
    with office.database.reading() as session:
        assert seals.list_sealed_ends(session) == seals.list_ends(session)


def seal(guide: Guide) -> SealedHistory:
    made = seal_history(guide.office, now=guide.now)
    assert made is not None
    return made


def _find(guide: Guide) -> list[FlawedLine]:
    return auditing.list_flaws(guide.office)


def _list_seals(guide: Guide) -> list[DbHistorySeal]:
    with guide.office.database.reading() as session:
        return session.query(DbHistorySeal).order_by(DbHistorySeal.number).all()


def _cut_last_line(guide: Guide, entry: Registration) -> list[object]:
    """Take the approval out of the chain, with its letter and its mails, so that the chain alone
    looks whole; return the new end."""
    line = f"(SELECT id FROM history_line WHERE chain = '{_chain(entry)}' AND number = 3)"
    for sql in (
        f"DELETE FROM mail WHERE cause_id IN {line}",
        f"DELETE FROM history_detail WHERE line_id IN {line}",
        f"DELETE FROM history_line WHERE id IN {line}",
        "DELETE FROM letter",
        "UPDATE registration SET state = 'submitted'",
    ):
        _execute(guide, sql)
    with guide.office.database.writing() as session:
        last = session.query(DbHistoryLine).filter_by(chain=_chain(entry), number=2).one()
        end = session.query(DbHistoryChain).filter_by(name=_chain(entry)).one()
        end.number, end.hash = last.number, last.hash
        return [last.number, last.hash.hex()]


def _execute(guide: Guide, sql: str) -> None:
    with guide.office.database.writing() as session:
        session.connection().exec_driver_sql(sql)


def _chain(entry: Registration) -> str:
    return reading.chain_of_registration(entry.id)
