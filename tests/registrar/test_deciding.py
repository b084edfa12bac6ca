"""The Secretariat's decision: a letter, or a reason in words."""

import hashlib
from dataclasses import replace

import pytest

from registration.domain.papers import FileRole, LetterStatus
from registration.domain.refusals import (
    CameSecond,
    NotPermitted,
    ReasonMissing,
    UnknownRegistration,
)
from registration.domain.registrations import Registration
from registration.domain.states import Actor, MoveName, State
from registration.registrar import deciding
from registration.registrar.receiving import unlock_file
from registration.store import reading
from registration.vault.boxes import BoxWillNotOpen
from tests.builders import make_registration
from tests.offices import FOCAL_POINT, OTHER_REVIEWER, REVIEWER, Guide, load_meeting
from tests.registrar.moving import (
    correct,
    decide,
    find_letter,
    list_blobs,
    list_new_mails,
    moved,
    withdraw,
)

REASON = "La fotografía del pasaporte no se lee."


def test_approval_issues_a_letter_bound_to_its_entry_and_mails_it(guide: Guide) -> None:
    entry = guide.approve(guide.submit())

    letter = find_letter(guide, entry)
    assert (entry.state, entry.seat_number) == (State.INVITED, 1)
    assert letter.number == f"{entry.reference}/1"
    assert (letter.issue, letter.status) == (1, LetterStatus.VALID)
    assert (letter.language, letter.full_name) == ("es", entry.full_name)
    with guide.office.database.reading() as session:
        file = reading.get_file(session, letter.file_id)
        mails = reading.list_mails(session, entry.id)
    data = unlock_file(guide.office, file)
    assert data.startswith(b"%PDF")
    assert hashlib.sha256(data).hexdigest() == letter.sha256
    assert (file.role, file.entry_id) == (FileRole.LETTER, entry.id)
    assert "invited" in [mail.occasion for mail in mails]
    elsewhere = replace(file, entry_id=guide.submit("pa").id)
    with pytest.raises(BoxWillNotOpen):
        unlock_file(guide.office, elsewhere)


def test_return_is_taken_back_and_the_delegate_is_told(guide: Guide) -> None:
    entry = guide.submit()
    returned = moved(decide(guide, entry, "return_", REASON))
    before = guide.list_mails(entry.id)

    back = moved(_take_back(guide, returned))

    assert (back.state, back.reason, back.seat_number) == (State.SUBMITTED, None, 1)
    assert list_new_mails(guide, entry, before) == [
        ("correction_not_needed", entry.particulars.email)
    ]
    assert guide.list_events(entry.id)[-1] == "return_taken_back"


def test_return_that_the_delegate_answered_is_not_taken_back(guide: Guide) -> None:
    returned = moved(decide(guide, guide.submit(), "return_", REASON))
    moved(correct(guide, returned, position="Directora"))

    answer = _take_back(guide, returned)

    assert isinstance(answer, CameSecond)
    assert (answer.move, answer.actor) == (MoveName.CORRECT, Actor.DELEGATE)
    assert guide.get(returned.id).particulars.position == "Directora"


def test_second_approval_learns_who_was_first_and_leaves_nothing_behind(guide: Guide) -> None:
    entry = guide.submit()
    guide.approve(entry)
    blobs, mails = list_blobs(guide), guide.list_mails(entry.id)

    answer = deciding.approve(
        guide.office, entry.id, version=entry.version, by=OTHER_REVIEWER, arrived_at=guide.now
    )

    assert isinstance(answer, CameSecond)
    assert (answer.who, answer.actor) == ("Luisa Pérez", Actor.SECRETARIAT)
    assert list_blobs(guide) == blobs
    assert guide.list_mails(entry.id) == mails


def test_approval_that_loses_at_the_last_moment_destroys_its_letter(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry is withdrawn while the letter is drawn: real drawing, with a pause in it."""
    entry = guide.submit()
    draw = deciding.lettering.draw
    blobs = list_blobs(guide)

    def draw_slowly(*args: object, **words: object) -> object:
        withdraw(guide, entry)
        return draw(*args, **words)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(deciding.lettering, "draw", draw_slowly)

    answer = deciding.approve(
        guide.office, entry.id, version=entry.version, by=REVIEWER, arrived_at=guide.now
    )

    assert isinstance(answer, CameSecond)
    assert list_blobs(guide) == blobs
    assert guide.get(entry.id).state is State.WITHDRAWN


def test_delegate_learns_no_name_of_the_staff(guide: Guide) -> None:
    entry = guide.submit()
    moved(decide(guide, entry, "return_", REASON))

    answer = deciding.approve(
        guide.office, entry.id, version=entry.version, by=FOCAL_POINT, arrived_at=guide.now
    )

    assert isinstance(answer, CameSecond)
    assert answer.who is None


@pytest.mark.parametrize("decision", ["return_", "decline"])
def test_decision_needs_a_reason_that_the_mail_carries(guide: Guide, decision: str) -> None:
    entry = guide.submit()
    for nothing in ("", " \n"):
        assert decide(guide, entry, decision, nothing) == ReasonMissing()
    before = guide.list_mails(entry.id)

    after = moved(decide(guide, entry, decision, REASON))

    occasion = "returned" if decision == "return_" else "declined"
    assert after.reason == REASON
    assert list_new_mails(guide, entry, before) == [(occasion, entry.particulars.email)]
    with guide.office.database.reading() as session:
        facts = session.connection().exec_driver_sql(
            f"SELECT facts FROM mail WHERE occasion = '{occasion}'"
        )
        line = reading.find_last_move(session, reading.chain_of_registration(entry.id))
        assert "pasaporte no se lee" in str(facts.scalar())
    assert line is not None
    assert line.details["reason"] == REASON


def test_returned_entry_keeps_its_seat_and_a_declined_one_frees_it(guide: Guide) -> None:
    one, other = guide.submit(), guide.submit()

    returned = moved(decide(guide, one, "return_", REASON))
    declined = moved(decide(guide, other, "decline", REASON))

    assert (returned.state, returned.seat_number) == (State.RETURNED, 1)
    assert (declined.state, declined.seat_number) == (State.DECLINED, None)
    assert guide.submit().seat_number == 2


def test_freed_seat_goes_to_who_waits_longest_where_the_meeting_says_so(guide: Guide) -> None:
    load_meeting(guide.office, promote="auto")
    _, other = guide.submit(), guide.submit()
    waiting = []
    for _ in range(2):
        guide.wait(minutes=1)
        waiting.append(guide.submit(join_reserve=True))

    decide(guide, other, "decline", REASON)

    first, second = (guide.get(each.id) for each in waiting)
    assert (first.state, first.seat_number) == (State.SUBMITTED, 2)
    assert second.state is State.RESERVE
    assert guide.list_mails(first.id)[-1][0] == "promoted"
    assert guide.list_events(first.id)[-1] == "promoted"


def test_freed_seat_stays_free_where_the_secretariat_promotes(guide: Guide) -> None:
    _, other = guide.submit(), guide.submit()
    waiting = guide.submit(join_reserve=True)

    decide(guide, other, "decline", REASON)

    assert guide.get(waiting.id).state is State.RESERVE


def test_nobody_else_decides_and_nothing_else_is_decided(guide: Guide) -> None:
    entry = guide.submit()
    by_delegate = deciding.approve(
        guide.office, entry.id, version=entry.version, by=FOCAL_POINT, arrived_at=guide.now
    )
    assert isinstance(by_delegate, NotPermitted)
    guide.approve(entry)
    assert isinstance(decide(guide, entry, "decline", REASON), NotPermitted)
    nobody = deciding.approve(
        guide.office, make_registration().id, version=1, by=REVIEWER, arrived_at=guide.now
    )
    assert nobody == UnknownRegistration()


def _take_back(guide: Guide, entry: Registration) -> object:
    return deciding.take_back(
        guide.office, entry.id, version=entry.version, by=REVIEWER, arrived_at=guide.now
    )
