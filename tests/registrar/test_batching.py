"""Batches on both engines: asked for once, done once, whoever dies on the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from registration.domain.batches import Batch, BatchItem, BatchKind, BatchStatus, ItemStatus
from registration.domain.desk_refusals import MeetingNotOver, NobodyChosen
from registration.domain.events import Event
from registration.domain.papers import HistoryLine
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import batching, deciding, doing
from registration.registrar.arriving import record_arrival
from registration.registrar.batching import Hands, work_on_due
from registration.registrar.doing import do_part
from registration.registrar.office import Moved, Office
from registration.registrar.opening import open_collection
from registration.registrar.withdrawing import withdraw
from registration.store import reading
from registration.store.tables.batches import DbBatch
from registration.vault.storage import StorageFailed
from tests.builders import RCM
from tests.letters.reading import Paper
from tests.offices import OTHER_REVIEWER, REVIEWER, Guide

AFTER_THE_MEETING = datetime(2022, 4, 5, 12, tzinfo=UTC)


class Killed(BaseException):
    """What ends a worker in the middle: nothing of ours catches it."""


def test_all_that_were_chosen_are_approved_and_told(office: Office, guide: Guide) -> None:
    entries = [guide.submit(key) for key in ("cr", "pa", "gt")]
    batch = ask(office, guide, entries)

    work(office, guide)

    after = find(office, batch.id)
    assert (after.status, after.total, after.done, after.refused) == (BatchStatus.DONE, 3, 3, 0)
    for each in entries:
        assert guide.get(each.id).state is State.INVITED
        assert ("invited", each.particulars.email) in guide.list_mails(each.id)
    (line,) = list_meeting_lines(office)
    assert (line.event, line.staff_name) == (Event.BATCH_ASKED, REVIEWER.name)
    assert line.facts["entries"] == "3"


def test_entry_that_changed_on_the_way_is_refused_and_the_batch_goes_on(
    office: Office, guide: Guide
) -> None:
    first, second = guide.submit("cr"), guide.submit("pa")
    batch = ask(office, guide, [first, second])
    moved = deciding.return_(
        office,
        first.id,
        version=first.version,
        by=OTHER_REVIEWER,
        reason="Falta el cargo.",
        arrived_at=guide.now,
    )
    assert isinstance(moved, Moved)

    work(office, guide)

    assert [(each.status, each.refusal) for each in list_items(office, batch)] == [
        (ItemStatus.REFUSED, "CameSecond"),
        (ItemStatus.DONE, None),
    ]
    assert guide.get(first.id).state is State.RETURNED
    assert find(office, batch.id).status is BatchStatus.DONE


def test_same_form_sent_twice_is_one_batch(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    id = uuid4()
    with ThreadPoolExecutor(4) as pool:
        asked = list(pool.map(lambda _: ask(office, guide, [entry], id=id), range(4)))

    assert {each.id for each in asked} == {id}
    assert len(list_meeting_lines(office)) == 1


def test_nobody_chosen_is_no_batch(office: Office, guide: Guide) -> None:
    asked = batching.ask(
        office,
        id=uuid4(),
        meeting_id=RCM,
        kind=BatchKind.APPROVE,
        by=REVIEWER,
        arrived_at=guide.now,
    )

    assert asked == NobodyChosen()
    assert list_meeting_lines(office) == []


@pytest.mark.parametrize("fatal", [1, 2, 3])
def test_killed_batch_goes_on_where_it_stood_and_nothing_is_done_twice(
    office: Office, guide: Guide, fatal: int
) -> None:
    """The worker dies just before the commit of one approval: nothing of that one is written."""
    entries = [guide.submit(key) for key in ("cr", "pa", "gt")]
    batch = ask(office, guide, entries)
    commits = count_approvals(office, fatal)
    with pytest.raises(Killed):
        work(office, guide)
    event.remove(office.database.writer, "before_cursor_execute", commits)
    held = find(office, batch.id)
    assert (held.status, held.done) == (BatchStatus.DUE, fatal - 1)
    assert not work(office, guide)  # the lease of the dead one still runs

    guide.wait(minutes=3)
    work(office, guide)

    assert find(office, batch.id).done == 3
    for each in entries:
        assert guide.list_events(each.id).count("approved") == 1
        assert [occasion for occasion, _ in guide.list_mails(each.id)].count("invited") == 1


def test_batch_taken_over_by_another_worker_is_left_alone(office: Office, guide: Guide) -> None:
    """A worker that slept past its lease writes nothing more, not even the approval in its hand."""
    entries = [guide.submit("cr"), guide.submit("pa")]
    batch = ask(office, guide, entries)

    def sleep_and_lose(hands: Hands) -> None:
        guide.wait(minutes=5)
        work_on_due(office, lambda: guide.now, do_part)
        for each in entries:
            assert guide.get(each.id).state is State.INVITED
        do_part(hands)

    assert not work_on_due(office, lambda: guide.now, sleep_and_lose)

    assert find(office, batch.id).done == 2
    assert all(guide.list_events(each.id).count("approved") == 1 for each in entries)


def test_approval_is_rolled_back_when_the_lease_is_lost_at_its_end(
    office: Office, guide: Guide
) -> None:
    entry = guide.submit("cr")
    batch = ask(office, guide, [entry])

    def lose(hands: Hands) -> None:
        with office.database.writing() as session:
            session.get_one(DbBatch, batch.id).lease_token = uuid4()
        do_part(hands)

    assert not work_on_due(office, lambda: guide.now, lose)

    assert guide.get(entry.id).state is State.SUBMITTED
    assert find(office, batch.id).done == 0


def test_two_workers_at_once_share_the_batches_and_do_nothing_twice(
    office: Office, guide: Guide
) -> None:
    entries = [guide.submit(key) for key in ("cr", "pa", "gt", "hn", "mx", "ni")]
    batches = [ask(office, guide, entries[:3]), ask(office, guide, entries[3:])]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: work(office, guide), range(8)))

    assert [find(office, each.id).done for each in batches] == [3, 3]
    assert all(guide.list_events(each.id).count("approved") == 1 for each in entries)


def test_turn_ends_and_the_rest_is_done_in_the_next(office: Office, guide: Guide) -> None:
    """Mails wait for no more than a turn: the clock here moves a second with each look."""
    entries = [guide.submit(key) for key in ("cr", "pa", "gt", "hn", "mx", "ni")]
    batch = ask(office, guide, entries)

    def clock() -> datetime:
        guide.wait(seconds=1)
        return guide.now

    turns = 1
    while work_on_due(office, clock, do_part):
        assert find(office, batch.id).done < len(entries)
        turns += 1

    assert turns > 2
    assert find(office, batch.id).done == len(entries)


def test_storage_that_does_not_answer_leaves_the_entry_for_later(
    office: Office, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = guide.submit("cr")
    batch = ask(office, guide, [entry])

    def fail(*_arguments: object, **_options: object) -> None:
        raise StorageFailed("no answer")

    monkeypatch.setattr(office.vault, "put", fail)
    with pytest.raises(StorageFailed):
        work(office, guide)
    monkeypatch.undo()
    guide.wait(minutes=3)
    work(office, guide)

    assert find(office, batch.id).done == 1


def test_one_entry_with_a_fault_of_ours_does_not_stop_the_others(
    office: Office, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = guide.submit("cr"), guide.submit("pa")
    batch = ask(office, guide, [first, second])
    approve = deciding.approve

    def break_first(office: Office, id: UUID, **options: object) -> object:
        if id == first.id:
            raise ZeroDivisionError
        return approve(office, id, **options)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(doing.deciding, "approve", break_first)
    work(office, guide)

    assert [each.refusal for each in list_items(office, batch)] == ["Fault", None]
    assert guide.get(first.id).state is State.SUBMITTED


def test_badges_are_one_locked_file_for_everybody_who_takes_part(
    office: Office, guide: Guide
) -> None:
    invited = [guide.approve(guide.submit(key)) for key in ("pa", "cr")]
    guide.submit("gt")
    batch = ask_for(office, guide, BatchKind.BADGES, whose="approved", language="both")

    work(office, guide)

    after = find(office, batch.id)
    assert (after.status, after.total, after.done) == (BatchStatus.DONE, 2, 2)
    text = " ".join(read_paper(office, after).list_paragraphs())
    assert all(each.full_name in text for each in invited)
    assert text.index(invited[1].full_name) < text.index(invited[0].full_name)  # as in the file


def test_person_who_withdrew_since_is_left_out_and_the_batch_says_so(
    office: Office, guide: Guide
) -> None:
    stays, leaves = (guide.approve(guide.submit(key)) for key in ("cr", "pa"))
    batch = ask_for(office, guide, BatchKind.BADGES, whose="approved", language="es")
    withdraw(
        office,
        leaves.id,
        version=leaves.version,
        by=REVIEWER,
        arrived_at=guide.now,
        reason="Cambio",
    )

    work(office, guide)

    assert [each.refusal for each in list_items(office, batch)] == [None, "NotExpected"]
    text = " ".join(read_paper(office, find(office, batch.id)).list_paragraphs())
    assert stays.full_name in text
    assert leaves.full_name not in text


def test_paper_that_was_begun_is_drawn_once_more_and_kept_once(
    office: Office, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.approve(guide.submit("cr"))
    batch = ask_for(office, guide, BatchKind.BADGES, whose="approved", language="es")

    def die(*_arguments: object, **_options: object) -> None:
        raise Killed

    monkeypatch.setattr(office.vault, "put", die)
    with pytest.raises(Killed):
        work(office, guide)
    monkeypatch.undo()
    guide.wait(minutes=3)
    work(office, guide)

    assert find(office, batch.id).done == 1
    assert read_paper(office, find(office, batch.id)).list_paragraphs()


def test_paper_that_cannot_be_drawn_fails_and_is_not_tried_without_end(
    office: Office, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.approve(guide.submit("cr"))
    batch = ask_for(office, guide, BatchKind.BADGES, whose="approved", language="es")

    def break_down(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("registration.registrar.collecting.draw_badges", break_down)
    work(office, guide)

    assert find(office, batch.id).status is BatchStatus.FAILED
    assert not work(office, guide)


def test_certificates_are_for_those_who_came_and_sealed(office: Office, guide: Guide) -> None:
    came, stayed_away = (guide.approve(guide.submit(key)) for key in ("cr", "pa"))
    record_arrival(office, came.id, by=REVIEWER, arrived_at=guide.now)
    guide.now = AFTER_THE_MEETING
    batch = ask_for(office, guide, BatchKind.CERTIFICATES, whose="arrived")

    work(office, guide)

    after = find(office, batch.id)
    paper = read_paper(office, after)
    text = " ".join(paper.list_paragraphs())
    assert came.full_name in text
    assert stayed_away.full_name not in text
    assert bytes(paper.pdf.Root.AcroForm.Fields[0].V.Contents).strip(b"\0")


def test_certificates_are_not_made_before_the_meeting_is_over(office: Office, guide: Guide) -> None:
    came = guide.approve(guide.submit("cr"))
    record_arrival(office, came.id, by=REVIEWER, arrived_at=guide.now)

    asked = batching.ask(
        office,
        id=uuid4(),
        meeting_id=RCM,
        kind=BatchKind.CERTIFICATES,
        details={"whose": "arrived"},
        by=REVIEWER,
        arrived_at=guide.now,
    )

    assert asked == MeetingNotOver()


@pytest.mark.parametrize(("asked", "plates"), [("seated", 1), ("all", 13)])
def test_nameplates_are_for_delegations_with_somebody_seated_or_for_all(
    office: Office, guide: Guide, asked: str, plates: int
) -> None:
    guide.submit("cr")
    batch = ask_for(office, guide, BatchKind.NAMEPLATES, delegations=asked, language="both")

    work(office, guide)

    assert len(read_paper(office, find(office, batch.id)).pdf.pages) == plates


def ask(
    office: Office, guide: Guide, entries: list[Registration], *, id: UUID | None = None
) -> Batch:
    asked = batching.ask(
        office,
        id=id or uuid4(),
        meeting_id=RCM,
        kind=BatchKind.APPROVE,
        chosen=[(each.id, each.version) for each in entries],
        by=REVIEWER,
        arrived_at=guide.now,
    )
    assert isinstance(asked, Batch)
    return asked


def ask_for(office: Office, guide: Guide, kind: BatchKind, **details: str) -> Batch:
    asked = batching.ask(
        office,
        id=uuid4(),
        meeting_id=RCM,
        kind=kind,
        details=details,
        by=REVIEWER,
        arrived_at=guide.now,
    )
    assert isinstance(asked, Batch)
    return asked


def work(office: Office, guide: Guide) -> bool:
    return work_on_due(office, lambda: guide.now, do_part)


def find(office: Office, id: UUID) -> Batch:
    with office.database.reading() as session:
        found = reading.find_batch(session, id)
    assert found is not None
    return found


def list_items(office: Office, batch: Batch) -> list[BatchItem]:
    with office.database.reading() as session:
        return reading.list_items(session, batch.id, limit=100)


def list_meeting_lines(office: Office) -> list[HistoryLine]:
    with office.database.reading() as session:
        return reading.list_history(session, reading.chain_of_meeting(RCM))


def read_paper(office: Office, batch: Batch) -> Paper:
    opened = open_collection(office, batch, by=REVIEWER, arrived_at=batch.asked_at)
    return Paper(opened.data)


def count_approvals(office: Office, fatal: int) -> Callable[..., None]:
    """Let the writer die at its so-manyth mark of an entry, inside the transaction."""
    seen = 0

    def die(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal seen
        if statement.startswith("UPDATE batch_item"):
            seen += 1
            if seen == fatal:
                raise Killed

    event.listen(office.database.writer, "before_cursor_execute", die)
    return die
