from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any
from uuid import UUID

import pytest

from registration.domain.events import Occasion
from registration.mail.building import BadAddress, ascii_address, assemble
from registration.mail.facts import Enclosure, MailFacts
from registration.mail.outbox import ClaimedMail
from registration.mail.room import MailRoom
from tests.mail.builders import list_cases, make_facts, make_meeting, make_registration
from tests.mail.rows import make_room

NOW = datetime(2022, 2, 1, 12, tzinfo=UTC)
MAIL_ID = UUID("0d8f2a4e-5e0f-4d3b-8b61-1f2a3c4d5e6f")


@pytest.fixture(scope="module")
def room() -> MailRoom:
    return make_room("sqlite://")


@pytest.mark.parametrize(("occasion", "language"), list_cases())
def test_message_is_seven_bit_with_short_lines_and_without_defects(
    room: MailRoom, occasion: Occasion, language: str
) -> None:
    data = assemble(room, claimed(occasion, language=language), make_facts(occasion), now=NOW)

    assert max(data) < 128
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    for part in parse(data).walk():
        assert part.defects == []
        assert all(header.defects == () for header in part.values())


def test_headers_say_from_whom_to_whom_and_that_no_answer_is_wanted(room: MailRoom) -> None:
    mail = parse(assemble(room, claimed(), make_facts(Occasion.INVITED), now=NOW))

    assert mail["From"] == "Secretaría Ejecutiva de la CR <registration@example.org>"
    assert mail["To"] == "ana@example.org"
    assert mail["Reply-To"] == "secretariat@example.org"
    assert mail["Subject"] == "Su carta de invitación: Ana Lucía Morales Vargas"
    assert mail["Message-ID"] == f"<{MAIL_ID}@register.example.org>"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "es"


@pytest.mark.parametrize(
    "surnames",
    ["Ángel Núñez Peña", "Ñandutí Íñiguez " * 6, "Nguyễn Łukasz", "O'Brien " * 20, "דוד"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_subject_keeps_every_space_of_a_name(room: MailRoom, language: str, surnames: str) -> None:
    surnames = surnames.strip()
    person = make_registration(given_names="José", surnames=surnames, language=language)

    for occasion in (Occasion.CONFIRM_ADDRESS, Occasion.STAFF_NEW_ENTRY, Occasion.DECLINED):
        facts = make_facts(occasion, registration=person)
        mail = parse(assemble(room, claimed(occasion, language=language), facts, now=NOW))

        assert mail["Subject"].endswith(f": José {surnames}")


def test_text_html_mark_and_files_are_where_readers_look_for_them(room: MailRoom) -> None:
    files = (
        Enclosure("Carta-WKS-1.pdf", "application/pdf", b"%PDF-1.7" + bytes(range(256))),
        Enclosure("calendario.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    )
    facts = make_facts(Occasion.ACCEPTED, enclosures=files)

    mail = parse(assemble(room, claimed(Occasion.ACCEPTED), facts, now=NOW))

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
        "text/calendar",
    ]
    letter, calendar = mail.iter_attachments()
    assert letter.get_filename() == "Carta-WKS-1.pdf"
    assert letter.get_payload(decode=True) == files[0].data
    assert calendar.get_payload(decode=True) == files[1].data
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("PUBLISH", "utf-8")
    picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
    html = mail.get_body(("html",))
    assert html is not None
    # Readable in the source, too: base64 for plain words makes filters suspicious.
    assert html["Content-Transfer-Encoding"] == "quoted-printable"
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html.get_content()


@pytest.mark.parametrize(
    "surnames",
    [
        "Mora\r\nBcc: all@example.org",
        "Mora\nSubject: other",
        "=?utf-8?q?Bcc=3A_all=40example=2Eorg?=",
        "=?utf-8?q?Mora=0d=0aBcc:_all@example.org?=",
        "=?utf-8?q?Mora=0d=0a=0d=0aA_body_of_my_own?=",
        "=?utf-8?b?TW9yYQpCY2M6IGFsbEBleGFtcGxlLm9yZw==?=",
        "=?utf-8?q?Mora=0a?= =?utf-8?q?Bcc:_all@example.org?=",
        '"a" <b@example.org>',
        "\u202eevitcetorp",
        "Ñ" * 2000,
        "x" * 2000,
    ],
)
@pytest.mark.parametrize(
    ("language", "given_names", "subject"),
    [
        ("es", "Ana Lucía", "Recibimos su inscripción: Ana Lucía "),
        # Nothing in this one is encoded, and so the library reads what seems to be.
        ("en", "Ana", "We have your registration: Ana "),
    ],
)
def test_no_name_adds_or_changes_a_header(
    room: MailRoom, surnames: str, language: str, given_names: str, subject: str
) -> None:
    person = make_registration(surnames=surnames, given_names=given_names)
    facts = make_facts(Occasion.RECEIVED, registration=person)
    mine = claimed(Occasion.RECEIVED, language=language)

    data = assemble(room, mine, facts, now=NOW)

    plain = parse(assemble(room, mine, make_facts(Occasion.RECEIVED), now=NOW))
    mail = parse(data)
    assert mail.keys() == plain.keys()
    assert mail["To"] == "ana@example.org"
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    assert mail["Subject"].strip().startswith(subject)
    assert "\n" not in mail["Subject"]
    assert "\u202e" not in mail["Subject"]


def test_paragraph_of_1200_characters_goes_out_in_short_lines(room: MailRoom) -> None:
    reason = "ñ" * 1200 + "\n.\nFrom here on"
    facts = make_facts(Occasion.RETURNED, reason=reason)

    data = assemble(room, claimed(Occasion.RETURNED), facts, now=NOW)

    text = parse(data).get_body(("plain",))
    assert text is not None
    assert f"> {'ñ' * 1200}" in text.get_content().splitlines()
    assert max(len(line) for line in data.split(b"\r\n")) <= 78


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ana@example.org", "ana@example.org"),
        ("ana@ñandú.example", "ana@xn--and-6ma2c.example"),
        ('"ana lucía"@example.org', None),
        ("josé@example.org", None),
        ("ana@example.org\r\nBcc: x@example.org", None),
        ("ana@example.org, x@example.org", None),
        ("Ana <ana@example.org>", None),
        ("=?utf-8?q?ana?=@example.org", None),
        ("=?x?q?ana?=@example.org", None),
        ("ana", None),
        ("@example.org", None),
        ("ana@", None),
        ("", None),
    ],
)
def test_only_one_ascii_address_can_be_written_to(address: str, expected: str | None) -> None:
    if expected is not None:
        assert ascii_address(address) == expected
        return
    with pytest.raises(BadAddress):
        ascii_address(address)


def test_host_in_numbers_stands_in_brackets(room: MailRoom) -> None:
    local = replace(room, addresses=type(room.addresses)("http://127.0.0.1:8000"))

    mail = parse(assemble(local, claimed(), make_facts(Occasion.INVITED), now=NOW))

    assert mail["Message-ID"] == f"<{MAIL_ID}@[127.0.0.1]>"


def test_ready_text_is_sent_by_the_site_itself(room: MailRoom) -> None:
    facts: MailFacts = make_facts(Occasion.STAFF_ACCOUNT)

    mail = parse(assemble(room, claimed(Occasion.STAFF_ACCOUNT), facts, now=NOW))

    assert mail["From"] == "Registration <registration@example.org>"
    assert mail["Reply-To"] is None
    assert mail["Subject"] == "Your code"


def test_office_with_special_characters_in_its_name_can_write(room: MailRoom) -> None:
    from tests.mail.builders import text

    meeting = make_meeting(office=text('Office "A", B <c>', 'Oficina "A", B <c>'))

    mail = parse(assemble(room, claimed(), make_facts(Occasion.INVITED, meeting=meeting), now=NOW))

    (sender,) = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (
        'Oficina "A", B <c>',
        "registration@example.org",
    )


def test_office_whose_name_seems_to_be_encoded_adds_no_header(room: MailRoom) -> None:
    from tests.mail.builders import text

    office = "=?utf-8?q?Oficina=0d=0aBcc:_all@example.org?="
    facts = make_facts(Occasion.INVITED, meeting=make_meeting(office=text(office, office)))

    mail = parse(assemble(room, claimed(), facts, now=NOW))

    plain = parse(assemble(room, claimed(), make_facts(Occasion.INVITED), now=NOW))
    assert mail.keys() == plain.keys()
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == "registration@example.org"


def claimed(occasion: Occasion = Occasion.INVITED, **changes: Any) -> ClaimedMail:
    values: dict[str, Any] = {
        "id": MAIL_ID,
        "cause_id": UUID(int=1),
        "occasion": occasion,
        "recipient": "ana@example.org",
        "language": "es",
        "registration_id": None,
        "delegation_id": None,
        "submission_id": None,
        "letter_id": None,
        "acceptance_id": None,
        "words_id": None,
        "facts": {},
        "facts_wrapped_key": None,
        "attempts": 0,
        "made_at": NOW,
        "message_id": None,
        "locked": None,
        "lease_token": UUID(int=2),
    }
    return ClaimedMail(**(values | changes))


def parse(data: bytes) -> EmailMessage:
    mail = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(mail, EmailMessage)
    return mail
