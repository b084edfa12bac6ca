"""The mails of an entry as they arrive, from the registrar's rows to the mail server."""

from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from uuid import UUID, uuid4

import pytest

from registration.domain.events import DELEGATE, By
from registration.domain.registrations import Registration
from registration.domain.states import Actor
from registration.links.tokens import digest
from registration.mail.delivering import deliver_due
from registration.mail.post import Post
from registration.mail.room import MailRoom
from registration.meetings.reading import get_meeting
from registration.registrar import accepting, correcting, deciding, withdrawing
from registration.registrar.office import Moved, Office
from registration.registrar.sending_again import send_again
from registration.store import reading
from tests.builders import make_particulars
from tests.mail.post_office import PostOffice, open_post_office
from tests.offices import REVIEWER, Guide, make_office

ANA, ASSISTANT, CONTACT = "ana@example.org", "assistant@example.org", "CRMST@iom.int"
BASE = "https://registration.example.org"


@pytest.fixture
def office(workshop_sqlite_url: str) -> Iterator[Office]:
    office = make_office(workshop_sqlite_url)
    yield office
    office.database.dispose()


@pytest.fixture
def guide(office: Office) -> Guide:
    return Guide(office)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as post_office:
        yield post_office


def test_invitation_brings_the_letter_and_the_link_to_the_delegate_alone(
    guide: Guide, post_office: PostOffice
) -> None:
    entry = submit(guide, copy_to=ASSISTANT)
    deliver(guide, post_office)

    guide.approve(entry)
    mails = deliver(guide, post_office)

    assert sorted(mails) == [ANA, ASSISTANT]
    link = private_link(guide, entry)
    assert link in text_of(mails[ANA])
    assert link not in raw(mails[ASSISTANT]) + text_of(mails[ASSISTANT])
    assert "/l/" not in text_of(mails[ASSISTANT])
    (letter,) = mails[ANA].iter_attachments()
    assert letter.get_filename() == f"Carta-{entry.reference}-1.pdf"
    assert letter.get_content()[:5] == b"%PDF-"
    assert list(mails[ASSISTANT].iter_attachments()) == []


def test_nothing_but_the_mail_to_confirm_is_sent_before_the_address_is_confirmed(
    guide: Guide, post_office: PostOffice
) -> None:
    application = guide.apply(particulars=make_particulars(email=ANA, copy_to=ASSISTANT))
    guide.register(application)

    mails = deliver(guide, post_office)

    entry = guide.get(application.entry)
    assert sorted(mails) == [ANA]
    assert private_link(guide, entry) in text_of(mails[ANA])
    assert entry.reference not in text_of(mails[ANA])
    assert "hasta el miércoles 16 de febrero de 2022 a las 09:11" in text_of(mails[ANA]).replace(
        "\u00a0", " "
    )


def test_confirmation_brings_the_record_and_the_days(guide: Guide, post_office: PostOffice) -> None:
    entry = guide.approve(submit(guide, language="en"))
    deliver(guide, post_office)

    accept(guide, entry)
    mails = deliver(guide, post_office)

    assert sorted(mails) == [CONTACT, ANA]
    record, days = mails[ANA].iter_attachments()
    assert record.get_filename() == f"Acceptance-{entry.reference}.pdf"
    assert record.get_content()[:5] == b"%PDF-"
    assert days.get_filename() == "calendar.ics"
    assert days.get_content().count("BEGIN:VEVENT") == 2
    assert "Air ticket" in text_of(mails[ANA])


def test_mail_to_the_secretariat_leads_to_the_desk_and_bears_no_private_link(
    guide: Guide, post_office: PostOffice
) -> None:
    entry = submit(guide)

    mail = deliver(guide, post_office)[CONTACT]

    assert mail["Subject"].endswith(f": {entry.full_name}")
    assert f"{BASE}/en/secretariat/entry/{entry.reference}/" in text_of(mail)
    assert private_link(guide, entry) not in text_of(mail)
    assert "pasaporte.jpg" not in raw(mail)


def test_mail_that_waited_while_the_address_changed_takes_no_link_to_the_old_one(
    guide: Guide, post_office: PostOffice
) -> None:
    entry = guide.approve(submit(guide))
    guide.wait(seconds=1)
    correcting.amend(
        guide.office,
        entry.id,
        replace(entry.particulars, email="other@example.org"),
        version=entry.version,
        by=REVIEWER,
        reason="The address was wrong.",
        arrived_at=guide.now,
    )

    mails = deliver(guide, post_office)

    assert "/l/" not in text_of(mails[ANA])
    assert private_link(guide, guide.get(entry.id)) in text_of(mails["other@example.org"])


def test_reason_of_a_return_is_read_by_the_delegate(guide: Guide, post_office: PostOffice) -> None:
    entry = submit(guide)
    deciding.return_(
        guide.office,
        entry.id,
        version=entry.version,
        by=REVIEWER,
        reason="La fotografía está <borrosa>.",
        arrived_at=guide.now,
    )

    mail = deliver(guide, post_office)[ANA]

    assert "> La fotografía está <borrosa>." in text_of(mail)
    assert REVIEWER.name is not None
    assert REVIEWER.name not in text_of(mail)


def test_withdrawn_entry_is_told_that_its_letter_is_void(
    guide: Guide, post_office: PostOffice
) -> None:
    entry = guide.approve(submit(guide))
    deliver(guide, post_office)
    withdrawing.withdraw(
        guide.office, entry.id, version=entry.version, by=DELEGATE, arrived_at=guide.now
    )

    mails = deliver(guide, post_office)

    assert f"La carta de invitación {entry.reference}/1 ya no es válida." in text_of(mails[ANA])
    assert "/l/" not in text_of(mails[ANA])


def test_mail_sent_again_is_a_new_message_to_the_address_that_now_stands(
    guide: Guide, post_office: PostOffice
) -> None:
    entry = guide.approve(submit(guide))
    first = deliver(guide, post_office)[ANA]
    entry = guide.get(entry.id)
    correcting.amend(
        guide.office,
        entry.id,
        replace(entry.particulars, email="other@example.org"),
        version=entry.version,
        by=REVIEWER,
        reason="The address was wrong.",
        arrived_at=guide.now,
    )
    deliver(guide, post_office)

    by = By(actor=Actor.SECRETARIAT, name="Luisa")
    assert send_again(guide.office, find_mail(guide, entry, "invited"), by=by, at=guide.now)
    again = deliver(guide, post_office)["other@example.org"]

    assert again["Message-ID"] != first["Message-ID"]
    assert again["Subject"] == first["Subject"]
    assert [each.get_filename() for each in again.iter_attachments()] == [
        f"Carta-{entry.reference}-1.pdf"
    ]
    assert guide.list_events(entry.id)[-1] == "mail_sent_again"


def test_unknown_mail_is_not_sent_again(guide: Guide) -> None:
    assert not send_again(guide.office, uuid4(), by=REVIEWER, at=guide.now)


def test_mail_room_makes_the_link_that_the_site_opens(guide: Guide) -> None:
    entry = submit(guide)

    token = private_link(guide, entry).rpartition("/")[2]

    with guide.office.database.reading() as session:
        found = reading.find_by_link(session, digest(token))
    assert found is not None
    assert found.id == entry.id


def submit(guide: Guide, *, copy_to: str | None = None, language: str = "es") -> Registration:
    told = make_particulars(email=ANA, copy_to=copy_to, language=language)
    entry = guide.submit(particulars=told)
    guide.wait(seconds=1)
    return entry


def accept(guide: Guide, entry: Registration) -> None:
    with guide.office.database.reading() as session:
        letter = reading.find_newest_letter(session, entry.id)
    assert letter is not None
    signing = accepting.Signing(
        letter_id=letter.id,
        typed_name=entry.full_name,
        is_accepted=True,
        address="192.0.2.7",
        browser="a browser",
    )
    moved = accepting.accept(
        guide.office, entry.id, signing, version=entry.version, by=DELEGATE, arrived_at=guide.now
    )
    assert isinstance(moved, Moved), moved


def deliver(guide: Guide, post_office: PostOffice) -> dict[str, EmailMessage]:
    """Deliver what is due; return the mails of this round by recipient, the newest of each."""
    post_office.sent.clear()
    guide.wait(seconds=1)
    room = MailRoom(
        database=guide.office.database,
        vault=guide.office.vault,
        tokens=guide.office.tokens,
        addresses=guide.office.addresses,
        get_meeting=get_meeting,
        sender="registration@example.org",
    )
    post = Post(server="127.0.0.1", port=post_office.port, use_tls=False, timeout=10)
    deliver_due(room, post, lambda: guide.now)
    parser = BytesParser(policy=policy.default)
    mails = {}
    for recipient, data in post_office.sent:
        mail = parser.parsebytes(data)
        assert isinstance(mail, EmailMessage)
        mails[recipient] = mail
    return mails


def private_link(guide: Guide, entry: Registration) -> str:
    office = guide.office
    return office.addresses.private(office.tokens.of_registration(entry.id, entry.link_generation))


def find_mail(guide: Guide, entry: Registration, occasion: str) -> UUID:
    with guide.office.database.reading() as session:
        mails = reading.list_mails(session, entry.id)
    return next(each.id for each in mails if each.occasion == occasion)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def raw(mail: EmailMessage) -> str:
    return mail.as_bytes().decode()
