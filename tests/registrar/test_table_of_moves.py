"""The whole table of moves against the database: whatever people try, in whatever order, the
registrar does what the table says and the seats hold."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from registration.domain.events import DELEGATE, Occasion
from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole
from registration.domain.refusals import (
    ChangesClosed,
    DelegationFull,
    LinkExpired,
    NotPermitted,
    RegistrationClosed,
    UnknownRegistration,
)
from registration.domain.states import FINAL, LIVE, SEATED, State, after_amend, is_permitted
from registration.domain.states import MoveName as Move
from registration.registrar import (
    accepting,
    confirming,
    correcting,
    deciding,
    entering,
    replacing,
    reserving,
    sweeping,
    withdrawing,
)
from registration.registrar.office import CheckYourEmail, Moved
from registration.registrar.receiving import ReceivedFile, receive_file
from registration.store import reading
from tests.engines import PostgreSQL
from tests.offices import FOCAL_POINT, OPEN_DAY, REVIEWER, Guide, load_workshop, make_office
from tests.schema import Schemas

CAP = 2
DELEGATIONS = ("cr", "pa")
REASON = "Because of the passport"


class TableOfMoves(RuleBasedStateMachine):
    """The model is the table alone: a state, a seat and a place in the queue for each entry."""

    url = ""
    made: ClassVar[Counter[Move]] = Counter()
    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.office = make_office(self.url)
        self.guide = Guide(self.office)
        self.state: dict[RegistrationId, State] = {}
        self.place: dict[RegistrationId, str] = {}
        self.created: dict[RegistrationId, Any] = {}

    def teardown(self) -> None:
        self.office.database.dispose()

    # What the model knows

    def taken(self, delegation: str) -> int:
        return sum(self.place[id] == delegation and self.state[id] in SEATED for id in self.state)

    def waits(self, delegation: str) -> bool:
        return any(
            self.place[id] == delegation and state is State.RESERVE
            for id, state in self.state.items()
        )

    @property
    def is_late(self) -> bool:
        return self.guide.now >= self.guide.meeting.deadline

    @property
    def is_closed(self) -> bool:
        return self.guide.now >= self.guide.meeting.changes_until

    def expect(self, id: RegistrationId, move: Move, by: Any, result: object, to: State) -> bool:
        """Hold the result against the table; return whether the move was to be made."""
        state = self.state[id]
        if not is_permitted(move, source=state, actor=by.actor):
            assert result == NotPermitted(move=move, state=state)
            return False
        if isinstance(result, ChangesClosed):
            assert by.actor.value != "secretariat"
            assert self.is_closed
            return False
        assert isinstance(result, Moved), result
        assert result.registration.state is to
        self.state[id] = to
        self.made[move] += 1
        return True

    def version(self, id: RegistrationId) -> int:
        return self.guide.get(id).version

    # What people do

    @initialize(target=entries)
    def somebody_is_there(self) -> RegistrationId:
        return self._register("cr", join_reserve=False)  # type: ignore[return-value]  # it is open

    @rule(target=entries, delegation=st.sampled_from(DELEGATIONS), join_reserve=st.booleans())
    def register(self, delegation: str, join_reserve: bool) -> Any:
        return self._register(delegation, join_reserve) or next(iter(self.state))

    def _register(self, delegation: str, join_reserve: bool) -> RegistrationId | None:
        application = self.guide.apply(delegation, join_reserve=join_reserve)
        answer = self.guide.register(application)
        if self.is_late:
            assert answer == RegistrationClosed(self.guide.meeting.deadline)
            return None
        if not join_reserve and (self.taken(delegation) == CAP or self.waits(delegation)):
            assert answer == DelegationFull(seats=CAP, may_wait=True)
            return None
        assert answer == CheckYourEmail()
        self.state[application.entry] = State.UNCONFIRMED
        self.made[Move.JOIN_RESERVE if join_reserve else Move.REGISTER] += 1
        self.place[application.entry] = delegation
        self.created[application.entry] = self.guide.now
        return application.entry

    @rule(
        target=entries,
        delegation=st.sampled_from(DELEGATIONS),
        at_desk=st.booleans(),
    )
    def enter_or_nominate(self, delegation: str, at_desk: bool) -> Any:
        application = self.guide.apply(delegation)
        now = self.guide.now
        if at_desk:
            answer = entering.enter(
                self.office, application, by=REVIEWER, reason=REASON, arrived_at=now
            )
        else:
            answer = entering.nominate(self.office, application, by=FOCAL_POINT, arrived_at=now)
        if self.is_late and not at_desk:
            assert answer == RegistrationClosed(self.guide.meeting.deadline)
            return next(iter(self.state))
        if self.taken(delegation) == CAP:
            assert answer == DelegationFull(seats=CAP, may_wait=True)
            return next(iter(self.state))
        assert isinstance(answer, Moved)
        self.state[application.entry] = State.SUBMITTED if at_desk else State.NOMINATED
        self.made[Move.ENTER if at_desk else Move.NOMINATE] += 1
        self.place[application.entry] = delegation
        self.created[application.entry] = now
        return application.entry

    @rule(id=entries)
    def confirm(self, id: RegistrationId) -> None:
        before, delegation = self.state[id], self.place[id]
        was_confirmed = self.guide.get(id).confirmed_at is not None
        late = self.guide.now >= self.created[id] + timedelta(hours=48)

        result = self.guide.confirm(id)

        if before is not State.UNCONFIRMED:
            is_answered_alike = was_confirmed and before not in FINAL
            assert isinstance(result, Moved) is is_answered_alike
            return
        if late:
            assert result == LinkExpired()
            self.state[id] = State.LAPSED
        elif self.is_closed:
            assert isinstance(result, ChangesClosed)
        else:
            must_wait = self.waits(delegation) or self.taken(delegation) == CAP
            to = State.RESERVE if must_wait else State.SUBMITTED
            assert isinstance(result, Moved)
            assert result.registration.state is to
            self.state[id] = to
            self.made[Move.CONFIRM] += 1

    @rule(hours=st.sampled_from([1, 30, 24 * 8, 24 * 17]))
    def time_passes(self, hours: int) -> None:
        self.guide.wait(hours=hours)
        self.guide.now = min(self.guide.now, OPEN_DAY + timedelta(days=60))
        sweeping.lapse_due(self.office, now=self.guide.now)
        for id, state in self.state.items():
            if state is State.UNCONFIRMED and self.guide.now >= self.created[id] + timedelta(
                hours=48
            ):
                self.state[id] = State.LAPSED
                self.made[Move.LAPSE] += 1

    @rule(id=entries)
    def complete(self, id: RegistrationId) -> None:
        entry = self.guide.get(id)
        result = correcting.complete(
            self.office, id, entry.particulars, version=entry.version, arrived_at=self.guide.now
        )
        self.expect(id, Move.COMPLETE, DELEGATE, result, State.SUBMITTED)

    @rule(id=entries)
    def approve(self, id: RegistrationId) -> None:
        result = deciding.approve(
            self.office, id, version=self.version(id), by=REVIEWER, arrived_at=self.guide.now
        )
        self.expect(id, Move.APPROVE, REVIEWER, result, State.INVITED)

    @rule(id=entries, decline=st.booleans())
    def return_or_decline(self, id: RegistrationId, decline: bool) -> None:
        decide = deciding.decline if decline else deciding.return_
        result = decide(
            self.office,
            id,
            version=self.version(id),
            by=REVIEWER,
            reason=REASON,
            arrived_at=self.guide.now,
        )
        move = Move.DECLINE if decline else Move.RETURN
        to = State.DECLINED if decline else State.RETURNED
        self.expect(id, move, REVIEWER, result, to)

    @rule(id=entries)
    def take_back(self, id: RegistrationId) -> None:
        result = deciding.take_back(
            self.office, id, version=self.version(id), by=REVIEWER, arrived_at=self.guide.now
        )
        self.expect(id, Move.TAKE_BACK, REVIEWER, result, State.SUBMITTED)

    @rule(id=entries)
    def correct(self, id: RegistrationId) -> None:
        entry = self.guide.get(id)
        result = correcting.correct(
            self.office, id, entry.particulars, version=entry.version, arrived_at=self.guide.now
        )
        to = State.RESERVE if entry.state is State.RESERVE else State.SUBMITTED
        self.expect(id, Move.CORRECT, DELEGATE, result, to)

    @rule(id=entries, changes_letter=st.booleans())
    def amend(self, id: RegistrationId, changes_letter: bool) -> None:
        from dataclasses import replace

        entry = self.guide.get(id)
        wanted = entry.particulars
        if changes_letter:
            wanted = replace(wanted, position=f"{wanted.position} I")
        result = correcting.amend(
            self.office,
            id,
            wanted,
            version=entry.version,
            by=REVIEWER,
            reason=REASON,
            arrived_at=self.guide.now,
        )
        has_letter = entry.state in {State.INVITED, State.ACCEPTED}
        to = after_amend(entry.state, reissued=changes_letter and has_letter)
        self.expect(id, Move.AMEND, REVIEWER, result, to)

    @rule(id=entries, at_desk=st.booleans())
    def accept(self, id: RegistrationId, at_desk: bool) -> None:
        with self.office.database.reading() as session:
            letter = reading.find_newest_letter(session, id)
        if letter is None:
            return
        by = REVIEWER if at_desk else DELEGATE
        before = self.state[id]
        if at_desk:
            self._send_scan(id)
        signing = accepting.Signing(
            letter_id=letter.id,
            typed_name=letter.full_name.upper(),
            is_accepted=True,
            address="192.0.2.7",
            browser="A browser",
        )
        result = accepting.accept(
            self.office,
            id,
            signing,
            version=self.version(id),
            by=by,
            arrived_at=self.guide.now,
            reason=REASON,
        )
        if before is State.ACCEPTED:
            assert isinstance(result, Moved)
            return
        self.expect(id, Move.ACCEPT, by, result, State.ACCEPTED)

    def _send_scan(self, id: RegistrationId) -> None:
        scan = ReceivedFile(name="carta.pdf", media_type="application/pdf", pages=1, data=b"scan")
        receive_file(self.office, id, FileRole.SIGNED_LETTER, scan, arrived_at=self.guide.now)

    @rule(id=entries)
    def promote(self, id: RegistrationId) -> None:
        result = reserving.promote(
            self.office, id, version=self.version(id), by=REVIEWER, arrived_at=self.guide.now
        )
        if self.state[id] is State.RESERVE and self.taken(self.place[id]) == CAP:
            assert result == DelegationFull(seats=CAP, may_wait=True)
            return
        self.expect(id, Move.PROMOTE, REVIEWER, result, State.SUBMITTED)

    @rule(target=entries, id=entries, at_desk=st.booleans())
    def replace(self, id: RegistrationId, at_desk: bool) -> Any:
        newcomer = self.guide.apply(self.place[id])
        by = REVIEWER if at_desk else FOCAL_POINT
        result = replacing.replace(
            self.office,
            id,
            newcomer,
            version=self.version(id),
            by=by,
            reason=REASON,
            arrived_at=self.guide.now,
        )
        to = State.SUBMITTED if at_desk else State.NOMINATED
        is_made = self.expect_replaced(id, by, result, to)
        if not is_made:
            return id
        self.place[newcomer.entry] = self.place[id]
        self.created[newcomer.entry] = self.guide.now
        self.state[newcomer.entry] = to
        return newcomer.entry

    def expect_replaced(self, id: RegistrationId, by: Any, result: object, to: State) -> bool:
        """As `expect`, where the registration that comes back is the newcomer's."""
        if not is_permitted(Move.REPLACE, source=self.state[id], actor=by.actor):
            assert result == NotPermitted(move=Move.REPLACE, state=self.state[id])
            return False
        if isinstance(result, ChangesClosed):
            assert by is FOCAL_POINT
            assert self.is_closed
            return False
        assert isinstance(result, Moved)
        assert result.registration.state is to
        self.state[id] = State.WITHDRAWN
        self.made[Move.REPLACE] += 1
        return True

    @rule(id=entries, other=entries)
    def swap(self, id: RegistrationId, other: RegistrationId) -> None:
        one, two = self.guide.get(id), self.guide.get(other)
        result = replacing.swap(
            self.office,
            id,
            other,
            version=one.version,
            other_version=two.version,
            by=REVIEWER,
            reason=REASON,
            arrived_at=self.guide.now,
        )
        may = one.state in SEATED and two.state in SEATED and id != other
        if may and one.delegation_id == two.delegation_id:
            assert isinstance(result, Moved)
            assert self.guide.get(id).seat_number == two.seat_number
            assert self.guide.get(other).seat_number == one.seat_number
            self.made[Move.SWAP] += 1
        else:
            assert isinstance(result, NotPermitted)

    @rule(id=entries, by=st.sampled_from([DELEGATE, FOCAL_POINT, REVIEWER]))
    def withdraw(self, id: RegistrationId, by: Any) -> None:
        before = self.state[id]
        result = withdrawing.withdraw(
            self.office,
            id,
            version=self.version(id),
            by=by,
            reason=REASON,
            arrived_at=self.guide.now,
        )
        if before is State.WITHDRAWN:
            assert isinstance(result, Moved | NotPermitted)
            return
        self.expect(id, Move.WITHDRAW, by, result, State.WITHDRAWN)

    @rule()
    def unknown_entry(self) -> None:
        from uuid import UUID

        result = confirming.confirm(
            self.office, RegistrationId(UUID(int=0)), version=1, arrived_at=self.guide.now
        )
        assert result == UnknownRegistration()

    # What always holds

    @invariant()
    def the_database_is_what_the_table_made_of_it(self) -> None:
        with self.office.database.reading() as session:
            rows = reading.list_registrations(session, self.guide.meeting.id)
        assert {row.id: row.state for row in rows} == self.state

    @invariant()
    def no_delegation_is_over_its_seats(self) -> None:
        with self.office.database.reading() as session:
            rows = reading.list_registrations(session, self.guide.meeting.id)
        held = [(row.delegation_id, row.seat_number) for row in rows if row.state in SEATED]
        assert len(held) == len(set(held))
        assert all(count <= CAP for count in Counter(place for place, _ in held).values())
        assert all((row.seat_number is None) is (row.state not in SEATED) for row in rows)
        assert {State.UNCONFIRMED, State.RESERVE} == LIVE - SEATED

    @invariant()
    def every_letter_was_mailed_once(self) -> None:
        with self.office.database.reading() as session:
            for id in self.state:
                letters = reading.list_letters(session, id)
                mails = [mail.occasion for mail in reading.list_mails(session, id)]
                sent = [
                    each for each in mails if each in {Occasion.INVITED, Occasion.LETTER_REISSUED}
                ]
                assert len(sent) == len(letters)


def _try(url_of: Any, examples: int, monkeypatch: pytest.MonkeyPatch) -> Counter[Move]:
    """Return how often each move was made: a machine that tries nothing proves nothing."""
    monkeypatch.setattr(TableOfMoves, "made", Counter())

    class OnThisEngine(TableOfMoves):
        def __init__(self) -> None:
            monkeypatch.setattr(TableOfMoves, "url", url_of())
            super().__init__()

    run_state_machine_as_test(
        OnThisEngine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return TableOfMoves.made


def test_every_move_on_sqlite(schemas: Schemas, monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory() as folder:
        count = iter(range(1_000_000))
        _try(
            lambda: schemas.new_sqlite(Path(folder) / f"{next(count)}.sqlite", load_workshop),
            25,
            monkeypatch,
        )


def test_every_move_on_postgresql(
    postgresql: PostgreSQL, schemas: Schemas, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _try(lambda: schemas.new_postgresql(postgresql, load_workshop), 8, monkeypatch)

    assert made[Move.CONFIRM] > 0
