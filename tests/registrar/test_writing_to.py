"""Messages to a selection on both engines: each mail once, whoever dies on the way."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from registration.domain.batches import Batch, BatchStatus
from registration.domain.desk_refusals import MessageSent, NobodyChosen
from registration.domain.events import Event
from registration.domain.messages import Message
from registration.domain.registrations import Registration
from registration.registrar import writing_to
from registration.registrar.batching import work_on_due
from registration.registrar.doing import do_part
from registration.registrar.office import Office
from registration.store import reading
from registration.store.reading.messages import find_message
from registration.store.tables.mail import DbMail
from tests.builders import RCM
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import withdraw
from tests.registrar.test_batching import Killed, count_approvals, find, list_items

SUBJECTS = {"en": "On {meeting}", "es": "Sobre {meeting}"}
BODIES = {"en": "Dear {name}", "es": "Estimada persona: {name}\n\n{link}"}


def test_each_recipient_gets_the_mail_with_its_line_of_history(
    office: Office, guide: Guide
) -> None:
    entries = [guide.submit(key) for key in ("cr", "pa")]
    batch = send(office, guide, write(office, guide, entries))

    work(office, guide)

    after = find(office, batch.id)
    assert (after.status, after.done, after.refused) == (BatchStatus.DONE, 2, 0)
    for each in entries:
        assert guide.list_mails(each.id).count(("message", each.particulars.email)) == 1
        assert guide.list_events(each.id)[-1] == Event.WRITTEN_TO
        assert guide.get(each.id).version == each.version
    with office.database.reading() as session:
        (line,) = reading.list_history(session, reading.chain_of_meeting(RCM))
    assert (line.event, line.facts["message"]) == (Event.BATCH_ASKED, str(batch.id))


def test_who_cannot_get_it_is_refused_and_the_others_do(office: Office, guide: Guide) -> None:
    gone, there = guide.submit("cr"), guide.submit("pa")
    withdraw(guide, gone)
    batch = send(office, guide, write(office, guide, [gone, there]))

    work(office, guide)

    assert [each.refusal for each in list_items(office, batch)] == ["LinkOfNobody", None]
    assert "message" not in [occasion for occasion, _ in guide.list_mails(gone.id)]
    assert Event.WRITTEN_TO not in guide.list_events(gone.id)


def test_message_sent_twice_is_one_batch_and_its_words_stand(office: Office, guide: Guide) -> None:
    entry = guide.submit("cr")
    message = write(office, guide, [entry])
    with ThreadPoolExecutor(4) as pool:
        asked = list(pool.map(lambda _: send(office, guide, message), range(4)))
    work(office, guide)

    changed = writing_to.save_words(
        office, message.id, subjects={"es": "Otra"}, bodies={"es": "Otra"}, at=guide.now
    )

    assert {each.id for each in asked} == {message.id}
    assert changed == MessageSent()
    with office.database.reading() as session:
        kept = find_message(session, message.id)
        mails = session.scalars(select(DbMail).where(DbMail.words_id == message.id)).all()
    assert kept is not None
    assert kept.subjects == SUBJECTS
    assert len(mails) == 1


@pytest.mark.parametrize("fatal", [1, 2, 3])
def test_killed_worker_repeats_no_mail_and_leaves_none_out(
    office: Office, guide: Guide, fatal: int
) -> None:
    entries = [guide.submit(key) for key in ("cr", "pa", "gt")]
    batch = send(office, guide, write(office, guide, entries))
    kill = count_approvals(office, fatal)
    with pytest.raises(Killed):
        work(office, guide)
    event.remove(office.database.writer, "before_cursor_execute", kill)

    guide.wait(minutes=3)
    work(office, guide)

    assert find(office, batch.id).done == 3
    for each in entries:
        assert guide.list_mails(each.id).count(("message", each.particulars.email)) == 1
        assert guide.list_events(each.id).count(Event.WRITTEN_TO) == 1


def test_message_to_nobody_is_not_begun(office: Office, guide: Guide) -> None:
    begun = writing_to.begin(
        office, id=uuid4(), meeting_id=RCM, chosen=[], by=REVIEWER, at=guide.now
    )

    assert begun == NobodyChosen()


def write(office: Office, guide: Guide, entries: list[Registration]) -> Message:
    begun = writing_to.begin(
        office,
        id=uuid4(),
        meeting_id=RCM,
        chosen=[(each.id, each.version) for each in entries],
        by=REVIEWER,
        at=guide.now,
    )
    assert isinstance(begun, Message)
    saved = writing_to.save_words(office, begun.id, subjects=SUBJECTS, bodies=BODIES, at=guide.now)
    assert saved is None
    with office.database.reading() as session:
        message = find_message(session, begun.id)
    assert message is not None
    return message


def send(office: Office, guide: Guide, message: Message) -> Batch:
    asked = writing_to.send(office, message, by=REVIEWER, arrived_at=guide.now)
    assert isinstance(asked, Batch)
    return asked


def work(office: Office, guide: Guide) -> bool:
    return work_on_due(office, lambda: guide.now, do_part)
