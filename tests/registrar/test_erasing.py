"""Erasing: what is gone, what stays, and that nothing is left half done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from registration.domain.events import DELEGATE
from registration.domain.ids import DelegationKey, RegistrationId
from registration.domain.openings import Why
from registration.domain.papers import FileRole
from registration.domain.refusals import DataErased, StillLive, UnknownRegistration
from registration.domain.registrations import Registration
from registration.domain.retention import Erasure, Kind, Reason, Remaining, Scope
from registration.domain.states import State
from registration.registrar import (
    delegations,
    erasing,
    erasing_one,
    opening,
    proving,
    receiving,
    sweeping,
)
from registration.registrar.erasing_one import DataGone
from registration.registrar.rotating import count_wrapped_keys
from registration.registrar.texting import change_texts
from registration.store import reading
from registration.store.personal import EMPTIED, MADE_UNIQUE
from registration.store.reading import FocalPoint, audit, holdings
from registration.store.reading.messages import find_message
from registration.store.soundness import list_faults
from registration.store.tables import Base
from registration.store.tables.registrations import DbRegistration
from registration.vault.erasures import list_noted
from registration.vault.storage import StorageFailed
from tests.builders import RCM
from tests.letters.reading import Paper
from tests.letters.samples import draw_signature
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import accept, amend, list_blobs, moved, send_scan, withdraw
from tests.registrar.test_writing_to import write

PANAMA = DelegationKey("pa")
#: 30 and 90 days after the meeting.
PASSPORTS, ALL = datetime(2022, 5, 2, 12, tzinfo=UTC), datetime(2022, 7, 1, 12, tzinfo=UTC)


def test_meeting_is_erased_on_its_date_and_nothing_personal_stays(guide: Guide) -> None:
    entries = [_accept_with_everything(guide), guide.submit("pa"), _withdrawn(guide)]

    assert erasing.run_due(guide.office, now=ALL) == 1

    with guide.office.database.reading() as session:
        held = holdings.count_held(session, RCM)
        assert held == dict.fromkeys(Kind, 0)
        assert audit.list_flaws(session) == []
    for entry in entries:
        after = guide.get(entry.id)
        assert (after.state, after.seat_number) == (entry.state, entry.seat_number)
        assert (after.full_name, after.erased_at) == (entry.reference, ALL)
        assert guide.list_mails(entry.id) == []
    assert list_blobs(guide) == _blobs_of_records(guide)
    _assert_columns_are_empty(guide)
    assert sum(each.unknown for each in count_wrapped_keys(guide.office)) == 0


def test_words_of_the_desk_and_focal_points_go_with_the_meeting(guide: Guide) -> None:
    message = write(guide.office, guide, [guide.submit()])
    _name_and_word(guide)

    erasing.run_due(guide.office, now=ALL)

    _assert_columns_are_empty(guide)
    with guide.office.database.reading() as session:
        assert find_message(session, message.id) is not None


def test_meeting_that_nobody_came_to_is_erased_once(guide: Guide) -> None:
    _name_and_word(guide)
    delegations.send_link(guide.office, RCM, PANAMA, by=REVIEWER, at=guide.now)

    assert erasing.run_due(guide.office, now=PASSPORTS) == 0
    assert erasing.run_due(guide.office, now=ALL) == 1
    assert erasing.run_due(guide.office, now=ALL + timedelta(hours=1)) == 0

    _assert_columns_are_empty(guide)
    with guide.office.database.reading() as session:
        assert not holdings.names_anybody(session, RCM)
        assert holdings.count_held(session, RCM) == dict.fromkeys(Kind, 0)


def test_record_tells_what_was_erased_and_what_remains(guide: Guide) -> None:
    entry = _accept_with_everything(guide)
    before = len(guide.list_events(entry.id))

    erasing.run_due(guide.office, now=ALL)

    (erasure,) = _list_erasures(guide)
    assert (erasure.scope, erasure.reason, erasure.asked_by) == (Scope.MEETING, Reason.DATE, None)
    assert erasure.erased == {
        Kind.PASSPORT: 1,
        Kind.PERSON: 1,
        Kind.LETTER: 1,
        Kind.ACCEPTANCE: 1,
        Kind.SIGNATURE: 1,
        Kind.SIGNED_LETTER: 1,
        Kind.RECORD: 1,
        Kind.MAIL: 9,
        Kind.HISTORY: 2,
    }
    assert erasure.remains == {
        Remaining.REGISTRATION: 1,
        Remaining.LETTER: 1,
        Remaining.ACCEPTANCE: 1,
        Remaining.HISTORY: before + 1,
    }
    paper = _read_record(guide, erasure)
    assert len(paper.pdf.pages) == len(guide.meeting.languages)
    for text in ("All personal data", "then the 5 encrypted files", "Se eliminaron todos"):
        assert any(text in each for each in paper.list_paragraphs()), text


def test_passports_go_first_and_the_rest_stays_until_its_date(guide: Guide) -> None:
    entry = _accept_with_everything(guide)
    passport = guide.get(entry.id).passport
    assert passport is not None

    assert erasing.run_due(guide.office, now=PASSPORTS) == 1

    after = guide.get(entry.id)
    assert (after.passport, after.particulars, after.erased_at) == (None, entry.particulars, None)
    with guide.office.database.reading() as session:
        held = holdings.count_held(session, RCM)
    assert held[Kind.PASSPORT] == 0
    assert all(held[kind] for kind in (Kind.LETTER, Kind.RECORD, Kind.MAIL, Kind.HISTORY))
    with pytest.raises(LookupError):
        opening.open_file(
            guide.office,
            passport,
            of=entry.id,
            by=REVIEWER,
            why=Why.REVIEW,
            arrived_at=PASSPORTS,
        )
    assert erasing.run_due(guide.office, now=PASSPORTS) == 0
    assert erasing.run_due(guide.office, now=ALL) == 1
    assert [each.scope for each in _list_erasures(guide)] == [Scope.MEETING, Scope.PASSPORTS]


def test_nothing_is_erased_before_its_date(guide: Guide) -> None:
    entry = _accept_with_everything(guide)
    blobs = list_blobs(guide)

    assert erasing.run_due(guide.office, now=datetime(2022, 4, 30, 12, tzinfo=UTC)) == 0

    assert list_blobs(guide) == blobs
    assert guide.get(entry.id).particulars == entry.particulars
    assert _list_erasures(guide) == []


def test_one_person_is_erased_and_the_others_are_untouched(guide: Guide) -> None:
    gone, other = _withdrawn(guide), _accept_with_everything(guide)
    mails = guide.list_mails(other.id)

    answer = _erase(guide, gone)

    assert isinstance(answer, DataGone)
    assert guide.get(gone.id).full_name == gone.reference
    assert guide.get(other.id) == other
    assert guide.list_mails(other.id) == mails
    assert (
        receiving.unlock_file(guide.office, _passport_of(guide, other)) == b"a passport's picture"
    )
    assert guide.list_events(gone.id)[-1] == "erased"
    with guide.office.database.reading() as session:
        assert audit.list_flaws(session) == []


def test_record_of_one_person_names_the_entry_and_nobody(guide: Guide) -> None:
    gone = _withdrawn(guide)
    _erase(guide, gone)

    assert erasing.finish_begun(guide.office) == 1

    (erasure,) = _list_erasures(guide)
    told = " ".join(_read_record(guide, erasure).list_paragraphs())
    assert gone.reference in told
    assert "account 1" in told
    person = gone.particulars
    for name in (person.given_names, person.surnames, person.email, REVIEWER.name, "Enfermedad"):
        assert name is not None
        assert name not in told


def test_who_takes_part_is_not_erased_until_the_meeting_is_over(guide: Guide) -> None:
    entry = guide.approve(guide.submit())
    assert _erase(guide, entry) == StillLive()
    assert guide.get(entry.id) == entry

    guide.now = datetime(2022, 4, 3, 12, tzinfo=UTC)

    assert isinstance(_erase(guide, entry), DataGone)
    after = guide.get(entry.id)
    assert (after.state, after.seat_number) == (State.INVITED, entry.seat_number)


def test_second_erasure_and_every_move_after_it_are_refused(guide: Guide) -> None:
    entry = guide.submit()
    guide.now = datetime(2022, 4, 3, 12, tzinfo=UTC)
    _erase(guide, entry)

    assert _erase(guide, entry) == DataErased()
    assert withdraw(guide, entry, by=REVIEWER, reason="x") == DataErased()
    assert amend(guide, entry, "x", given_names="Otra", email="otra@example.org") == DataErased()
    assert guide.get(entry.id).particulars.given_names == ""
    missing = erasing_one.erase_entry(
        guide.office,
        RegistrationId(UUID(int=7)),
        reason=Reason.REQUEST,
        by=REVIEWER,
        at=guide.now,
    )
    assert missing == UnknownRegistration()


def test_erased_person_may_register_again(guide: Guide) -> None:
    first, second = _withdrawn(guide), _withdrawn(guide)
    for each in (first, second):
        _erase(guide, each)

    again = guide.submit(particulars=first.particulars)

    assert again.full_name == first.particulars.full_name


def test_two_live_entries_erased_at_once_break_no_index(guide: Guide) -> None:
    guide.submit(), guide.submit()

    erasing.run_due(guide.office, now=ALL)

    with guide.office.database.engine.connect() as connection:
        assert list_faults(connection) == []


def test_file_that_waited_under_the_entry_goes_too(guide: Guide) -> None:
    gone = _withdrawn(guide)
    guide.send_passport(gone.id, b"another passport")

    _erase(guide, gone)

    assert receiving.find_received(guide.office, gone.id, FileRole.PASSPORT) is None
    assert list_blobs(guide) == set()
    assert sweeping.sweep_orphans(guide.office, now=datetime.now(UTC) + timedelta(days=1)) == 0


class _Killed(BaseException):
    """The end of the process."""


@pytest.mark.parametrize("step", ["destroy_blobs", "scrub", "_record", "lock_file"])
def test_killed_at_any_step_is_finished_by_the_next_round(
    guide: Guide, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = _accept_with_everything(guide)
    with monkeypatch.context() as patch:
        patch.setattr(proving, step, _kill)
        with pytest.raises(_Killed):
            erasing.run_due(guide.office, now=ALL)
    assert guide.get(entry.id).full_name == entry.reference

    assert erasing.run_due(guide.office, now=ALL + timedelta(minutes=5)) == 1

    (erasure,) = _list_erasures(guide)
    assert erasure.record is not None
    assert erasure.erased[Kind.PASSPORT] == 1
    assert erasure.erased_at == ALL
    assert list_blobs(guide) == _blobs_of_records(guide)
    assert erasing.run_due(guide.office, now=ALL + timedelta(days=1)) == 0


def test_killed_between_two_entries_counts_each_of_them_once(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [guide.submit(), guide.submit(), guide.submit("pa")]
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_erase_for_date", _kill_at_second(erasing._erase_for_date))
        with pytest.raises(_Killed):
            erasing.run_due(guide.office, now=ALL)
    left = [each for each in entries if guide.get(each.id).erased_at is None]
    assert len(left) == 2

    erasing.run_due(guide.office, now=ALL)

    (erasure,) = _list_erasures(guide)
    assert (erasure.erased[Kind.PERSON], erasure.erased[Kind.PASSPORT]) == (3, 3)


def test_no_record_is_made_while_a_blob_is_still_there(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A storage that says it destroyed what it did not: the record would be a lie."""
    _accept_with_everything(guide)
    with monkeypatch.context() as patch:
        patch.setattr(guide.office.vault.storage, "delete", lambda name: None)
        assert erasing.run_due(guide.office, now=ALL) == 0
    (erasure,) = _list_erasures(guide)
    assert erasure.record is None

    assert erasing.run_due(guide.office, now=ALL) == 1


def test_storage_out_of_reach_leaves_no_key_and_is_tried_again(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = _withdrawn(guide)
    with monkeypatch.context() as patch:
        patch.setattr(guide.office.vault.storage, "delete", _fail)
        with pytest.raises(StorageFailed):
            _erase(guide, gone)
    with guide.office.database.reading() as session:
        assert holdings.count_held(session, RCM, gone.id)[Kind.PASSPORT] == 0

    assert erasing.finish_begun(guide.office) == 1

    assert list_blobs(guide) == _blobs_of_records(guide)


def test_who_comes_back_with_a_backup_is_erased_again(guide: Guide) -> None:
    gone = _withdrawn(guide)
    _erase(guide, gone)
    assert list_noted(guide.office.vault) == {gone.id}
    _restore(guide, gone)

    assert erasing.run_due(guide.office, now=guide.now) == 2

    assert guide.get(gone.id).erased_at == guide.now
    assert {each.reason for each in _list_erasures(guide)} == {Reason.REQUEST, Reason.RESTORED}


def test_what_comes_after_the_date_is_erased_too(guide: Guide) -> None:
    entry = _accept_with_everything(guide)
    erasing.run_due(guide.office, now=PASSPORTS)
    guide.send_passport(entry.id, b"a passport, late")

    assert erasing.run_due(guide.office, now=PASSPORTS + timedelta(hours=1)) == 1

    with guide.office.database.reading() as session:
        assert holdings.count_held(session, RCM)[Kind.PASSPORT] == 0


def _accept_with_everything(guide: Guide) -> Registration:
    """Return an accepted entry with a passport, a drawn signature and a signed scan."""
    entry = guide.approve(guide.submit(particulars=guide.make_person(copy_to="a@example.org")))
    send_scan(guide, entry)
    moved(accept(guide, entry, by=DELEGATE, signature_png=draw_signature()))
    return guide.get(entry.id)


def _name_and_word(guide: Guide) -> None:
    """Put somebody on record who speaks for a delegation without entries, and word a text."""
    person = FocalPoint(name="Marta Ruiz", email="marta@example.org", language="es")
    delegations.name_focal_point(guide.office, RCM, PANAMA, person, by=REVIEWER, at=guide.now)
    change_texts(
        guide.office,
        RCM,
        {("letter.opening.0", "es"): "Palabras del escritorio."},
        by=REVIEWER,
        at=guide.now,
    )


def _withdrawn(guide: Guide) -> Registration:
    return moved(withdraw(guide, guide.submit(), reason="Enfermedad"))


def _erase(guide: Guide, entry: Registration) -> object:
    return erasing_one.erase_entry(
        guide.office, entry.id, reason=Reason.REQUEST, by=REVIEWER, at=guide.now
    )


def _list_erasures(guide: Guide) -> list[Erasure]:
    with guide.office.database.reading() as session:
        return holdings.list_erasures(session, RCM)


def _read_record(guide: Guide, erasure: Erasure) -> Paper:
    assert erasure.record is not None
    return Paper(opening.read_erasure_record(guide.office, erasure.record).data)


def _blobs_of_records(guide: Guide) -> set[str]:
    with guide.office.database.reading() as session:
        return {
            reading.get_file(session, each.record).blob
            for each in holdings.list_erasures(session, RCM)
            if each.record is not None
        }


def _passport_of(guide: Guide, entry: Registration) -> Any:
    assert entry.passport is not None
    with guide.office.database.reading() as session:
        return reading.get_file(session, entry.passport)


def _assert_columns_are_empty(guide: Guide) -> None:
    """Look at the rows themselves, by the list of columns."""
    with guide.office.database.engine.connect() as connection:
        for table, values in EMPTIED.items():
            columns = Base.metadata.tables[table].columns
            query = select(*(columns[name] for name in values))
            if table == "locked_file":
                query = query.where(columns["role"] != FileRole.ERASURE_RECORD)
            for row in connection.execute(query).mappings():
                assert dict(row) == dict(values), table
        for table, names in MADE_UNIQUE.items():
            columns = Base.metadata.tables[table].columns
            for name in names:
                for id, value in connection.execute(select(columns["id"], columns[name])):
                    assert value == f"erased {id}"


def _restore(guide: Guide, entry: Registration) -> None:
    """Bring the person back, as an older copy of the database would."""
    with guide.office.database.writing() as session:
        person = entry.particulars
        session.execute(
            update(DbRegistration)
            .where(DbRegistration.id == entry.id)
            .values(given_names=person.given_names, email=person.email, erased_at_utc=None)
        )


def _kill(*_: object, **__: object) -> None:
    raise _Killed


def _kill_at_second(work: Callable[..., None]) -> Callable[..., None]:
    calls = iter([work])

    def do(*arguments: object) -> None:
        next(calls, _kill)(*arguments)

    return do


def _fail(name: str) -> None:
    raise StorageFailed(name)
