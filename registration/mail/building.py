"""From a claimed row to the bytes that are sent: built once, and the same for every try."""

from datetime import datetime
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from typing import cast

from registration.language.translator import get_translator
from registration.mail.facts import Enclosure, MailFacts
from registration.mail.gathering import gather
from registration.mail.mark import draw_mark
from registration.mail.messages import MARK_ID, write_message
from registration.mail.outbox import ClaimedMail
from registration.mail.room import MailRoom


class _Policy(EmailPolicy):
    """As the standard library's, but for the folding of subjects and of one address."""

    def fold_binary(self, name: str, value: str) -> bytes:
        # Python 3.11 loses the space between two words that it encodes one by one ("JoséÁngel").
        if name.lower() == "list-unsubscribe":
            # An address in one piece: a mail program looks for it right after the colon.
            return f"{name}: {value}{self.linesep}".encode("ascii")
        if name.lower() != "subject" or value.isascii():
            return super().fold_binary(name, value)
        folded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


# Seven bits and short lines, whatever the texts hold: some servers on the way still refuse others
# ("500 Line too long" for a paragraph of 1,200 characters).
_POLICY = _Policy(linesep="\r\n", cte_type="7bit")


class BadAddress(Exception):
    """No mail can be written to this address: it is none, or its local part is not ASCII."""


def build(room: MailRoom, mail: ClaimedMail, *, now: datetime) -> bytes:
    """Return the whole message. now: aware; its date. Raises what `gather` and `assemble` raise."""
    return assemble(room, mail, gather(room, mail), now=now)


def assemble(room: MailRoom, mail: ClaimedMail, facts: MailFacts, *, now: datetime) -> bytes:
    """Return the message of these facts: lines ending in CR LF, seven bits, none over 998.

    Raises BadAddress where the recipient's address is none.
    """
    words = get_translator(mail.language)
    said = write_message(mail.occasion, facts, words)
    message = EmailMessage(policy=_POLICY)
    _write_headers(message, room, mail, facts, now=now)
    message["Subject"] = _literal(said.subject)
    message.set_content(said.text, cte="quoted-printable")
    message.add_alternative(said.html, subtype="html", cte="quoted-printable")
    _add_mark(message)
    for file in facts.enclosures:
        _attach(message, file)
    # Last: what begins with Content- would wander into the parts above.
    message["Content-Language"] = mail.language
    return message.as_bytes()


def message_id_of(room: MailRoom, mail: ClaimedMail) -> str:
    """Return the mail's Message-ID: made of its row's own name, so no try can have another one."""
    return f"<{mail.id}@{_domain(room.host)}>"


def ascii_address(address: str) -> str:
    """Return the address in the form in which every server takes it. Raises BadAddress."""
    if "=?" in address:
        raise BadAddress("An address in encoded text is none.")
    try:
        local, at, domain = address.rpartition("@")
        domain = domain.encode("idna").decode() if not domain.isascii() else domain
        parsed = Address(addr_spec=f"{local}{at}{domain}")
    except (ValueError, IndexError, HeaderParseError) as error:
        raise BadAddress("This is no e-mail address.") from error
    if not parsed.username or not parsed.domain or not parsed.addr_spec.isascii():
        raise BadAddress("No mail can be sent to this address.")
    return parsed.addr_spec


def sender_address(room: MailRoom) -> str:
    """Return the bare address of MAIL_FROM, for the envelope."""
    return ascii_address(parseaddr(room.sender)[1])


def _literal(text: str) -> str:
    """Return words for a header, to be read as they stand. The library takes "=?utf-8?q?=0d=0a?="
    for encoded text and writes what it means: a line end, and after it whatever header or body
    somebody typed for a name."""
    return text.replace("=?", "= ?")


def _write_headers(
    message: EmailMessage, room: MailRoom, mail: ClaimedMail, facts: MailFacts, *, now: datetime
) -> None:
    name = parseaddr(room.sender)[0]
    if facts.meeting is not None:
        name = facts.meeting.office[mail.language]
        message["Reply-To"] = ascii_address(facts.meeting.contact)
    message["From"] = Address(display_name=_literal(name), addr_spec=sender_address(room))
    message["To"] = ascii_address(mail.recipient)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id_of(room, mail)
    if facts.leave_link is not None:
        # RFC 8058: the mail program's own button posts there, without a page of ours.
        message["List-Unsubscribe"] = f"<{facts.leave_link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # RFC 3834, and the same for Exchange, which does not read it: no out-of-office answers, please.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"


def _add_mark(message: EmailMessage) -> None:
    _text, page = cast("list[MIMEPart]", message.get_payload())
    page.add_related(
        draw_mark(),
        maintype="image",
        subtype="png",
        cid=f"<{MARK_ID}>",
        disposition="inline",
        filename="mark.png",
    )


def _attach(message: EmailMessage, file: Enclosure) -> None:
    maintype, _, subtype = file.media_type.partition("/")
    message.add_attachment(file.data, maintype=maintype, subtype=subtype, filename=file.name)
    if file.media_type == "text/calendar":
        part = cast("list[MIMEPart]", message.get_payload())[-1]
        part.set_param("charset", "utf-8")
        part.set_param("method", "PUBLISH")


def _domain(host: str) -> str:
    """An address in numbers stands in brackets (RFC 5322, 3.4.1)."""
    try:
        number = ip_address(host)
    except ValueError:
        return host
    return f"[{number}]" if number.version == 4 else f"[IPv6:{number}]"
