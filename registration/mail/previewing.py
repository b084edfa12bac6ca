"""A mail as somebody will read it, shown at the desk before it is sent.

The private link in it opens nothing: whoever writes to a person does not become that person.
"""

from base64 import b64encode
from dataclasses import dataclass

from registration.domain.events import Occasion
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.messages import Message as Written
from registration.domain.registrations import Registration
from registration.language.translator import get_translator
from registration.links.addresses import Addresses
from registration.mail.facts import MailFacts, may_carry_link
from registration.mail.gathering import confirm_until
from registration.mail.mark import draw_mark
from registration.mail.messages import MARK_ID, write_message
from registration.mail.notes import asks_link, compose_note

#: What stands for the token of a private link in a preview.
SAMPLE = "................................"


@dataclass(frozen=True)
class Preview:
    """A mail in words. html: a whole page, its picture within it."""

    language: Language
    recipient: str
    subject: str
    text: str
    html: str


def preview_mail(
    occasion: Occasion,
    meeting: Meeting,
    registration: Registration,
    addresses: Addresses,
    *,
    message: Written | None = None,
) -> Preview:
    """Return the mail to the registration's own address, in its language.

    message: the desk's own words, of Occasion.MESSAGE. Raises KeyError where it is not written in
    that language.
    """
    person = registration.particulars
    words = get_translator(person.language)
    has_link = may_carry_link(occasion, person.email, registration)
    link = addresses.private(SAMPLE) if has_link else None
    note = None
    if message is not None:
        note = compose_note(message, meeting, registration, words, link=link)
        link = link if asks_link(message, words) else None
    facts = MailFacts(
        meeting=meeting,
        registration=registration,
        link=link,
        note=note,
        confirm_until=confirm_until(meeting, registration),
        pages=tuple((code, addresses.meeting(code, meeting.id)) for code in meeting.languages),
    )
    said = write_message(occasion, facts, words)
    picture = f"data:image/png;base64,{b64encode(draw_mark()).decode()}"
    html = said.html.replace(f"cid:{MARK_ID}", picture)
    return Preview(person.language, person.email, said.subject, said.text, html)
