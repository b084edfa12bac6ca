"""Certificates by mail: to those who came, once, after the meeting, whoever dies on the way."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import select

from registration.domain.batches import Batch, BatchKind, ItemStatus
from registration.domain.desk_refusals import MeetingNotOver
from registration.domain.door_refusals import CertificateSent, NeverCame
from registration.domain.events import Occasion
from registration.domain.papers import FileRole
from registration.domain.registrations import Registration
from registration.registrar import batching
from registration.registrar.arriving import record_arrival, undo_arrival
from registration.registrar.batching import work_on_due
from registration.registrar.certifying import make_certificate, send_certificate
from registration.registrar.doing import do_part
from registration.registrar.office import Moved, Office
from registration.registrar.receiving import unlock_file
from registration.store import reading
from registration.store.tables.mail import DbMail
from tests.builders import RCM
from tests.offices import REVIEWER, Guide
from tests.registrar.moving import list_blobs

AFTER = datetime(2022, 4, 5, 12, tzinfo=UTC)


def test_all_who_came_get_their_certificate_once(office: Office, guide: Guide) -> None:
    came = [bring(office, guide, key) for key in ("cr", "pa")]
    guide.approve(guide.submit("gt"))
    guide.now = AFTER

    first = mail_all(office, guide)
    second = mail_all(office, guide)

    assert list_results(office, first) == [(ItemStatus.DONE, None)] * 2
    assert list_results(office, second) == [(ItemStatus.REFUSED, "CertificateSent")] * 2
    for each in came:
        mails = guide.list_mails(each.id)
        assert mails.count((Occasion.CERTIFICATE, each.particulars.email)) == 1


def test_certificate_that_was_mailed_is_the_one_on_the_persons_page(
    office: Office, guide: Guide
) -> None:
    entry = bring(office, guide, "cr")
    guide.now = AFTER

    assert isinstance(send(office, guide, entry), Moved)

    with office.database.reading() as session:
        file = reading.find_kept_file(session, entry.id, FileRole.CERTIFICATE)
        query = select(DbMail.facts).where(DbMail.occasion == Occasion.CERTIFICATE)
        facts = session.scalars(query).one()
    assert file is not None
    assert facts == {"file": str(file.id)}
    kept = unlock_file(office, file)
    assert kept == make_certificate(office, guide.meeting, entry, now=AFTER)


def test_no_certificate_for_who_did_not_come_nor_before_the_end(
    office: Office, guide: Guide
) -> None:
    came, absent = bring(office, guide, "cr"), guide.approve(guide.submit("pa"))
    before = list_blobs(guide)

    assert send(office, guide, came) == MeetingNotOver()
    assert ask(office, guide) == MeetingNotOver()
    guide.now = AFTER
    assert send(office, guide, absent) == NeverCame()

    assert list_blobs(guide) == before


def test_second_certificate_is_refused_and_leaves_nothing_behind(
    office: Office, guide: Guide
) -> None:
    entry = bring(office, guide, "cr")
    guide.now = AFTER
    send(office, guide, entry)
    before = list_blobs(guide)

    assert send(office, guide, entry) == CertificateSent()

    assert list_blobs(guide) == before
    assert guide.list_events(entry.id).count("certificate_sent") == 1


def test_arrival_taken_back_after_the_batch_was_asked_for_is_refused(
    office: Office, guide: Guide
) -> None:
    entry = bring(office, guide, "cr")
    guide.now = AFTER
    batch = ask(office, guide)
    undo_arrival(office, entry.id, by=REVIEWER, reason="Otra persona.", at=guide.now)

    work(office, guide)

    assert isinstance(batch, Batch)
    assert list_results(office, batch) == [(ItemStatus.REFUSED, "NeverCame")]


def bring(office: Office, guide: Guide, delegation: str) -> Registration:
    entry = guide.approve(guide.submit(delegation))
    record_arrival(office, entry.id, by=REVIEWER, arrived_at=guide.now)
    return entry


def send(office: Office, guide: Guide, entry: Registration) -> object:
    return send_certificate(office, entry.id, by=REVIEWER, arrived_at=guide.now)


def ask(office: Office, guide: Guide) -> object:
    return batching.ask(
        office,
        id=uuid4(),
        meeting_id=RCM,
        kind=BatchKind.MAIL_CERTIFICATES,
        by=REVIEWER,
        arrived_at=guide.now,
        details={"whose": "arrived"},
    )


def work(office: Office, guide: Guide) -> None:
    while work_on_due(office, lambda: guide.now, do_part):
        pass


def mail_all(office: Office, guide: Guide) -> Batch:
    batch = ask(office, guide)
    assert isinstance(batch, Batch)
    work(office, guide)
    return batch


def list_results(office: Office, batch: Batch) -> list[tuple[ItemStatus, str | None]]:
    with office.database.reading() as session:
        items = reading.list_items(session, batch.id, statuses=list(ItemStatus), limit=10)
    return [(each.status, each.refusal) for each in items]
