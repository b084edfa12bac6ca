"""The record of an acceptance: what is kept of it, on one page, for the delegate and the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date

from registration.domain.acceptances import AcceptanceEvidence
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.states import Actor
from registration.language.translator import Translator
from registration.letters.document import draw_document
from registration.letters.finishing import Facts
from registration.letters.record_page import list_record_blocks
from registration.letters.wording import Foot, Letterhead, as_typed, compose_letterhead


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record in words. facts: (label, value) in order. signature: the drawing as PNG, or None."""

    language: Language
    title: str
    dated: date
    head: Letterhead
    sentence: str
    facts: tuple[tuple[str, str], ...]
    terms_heading: str
    terms: tuple[str, ...]
    signature_heading: str
    signature: bytes | None
    nature_heading: str
    nature: str
    foot: Foot


def compose_record(
    meeting: Meeting,
    registration: Registration,
    acceptance: AcceptanceEvidence,
    words: Translator,
) -> Record:
    """Return the record of the acceptance in the language of `words`."""
    kind = words.pgettext("record", "Record of acceptance")
    number = acceptance.letter_number
    return Record(
        language=words.language,
        title=f"{kind} {number}",
        dated=acceptance.accepted_at.astimezone(meeting.zone).date(),
        head=compose_letterhead(meeting, registration, kind=kind, number=number, words=words),
        sentence=_sentence(meeting, registration, acceptance, words),
        facts=tuple(_list_facts(meeting, registration, acceptance, words)),
        terms_heading=words.pgettext("record", "Terms accepted"),
        terms=acceptance.terms,
        signature_heading=words.pgettext("record", "Drawn signature"),
        signature=acceptance.signature_png,
        nature_heading=words.pgettext("record", "What this record is"),
        nature=words.pgettext(
            "record",
            "This is a simple electronic signature with tamper-evident evidence: each line of the"
            " registration's history carries the digest of the line before it, and the SHA-256"
            " above is that of the exact letter that was accepted.",
        ),
        foot=_compose_foot(meeting, words),
    )


def draw_record(record: Record) -> bytes:
    """Return the record as a tagged PDF. Same record, same bytes; safe in threads."""
    facts = Facts(
        title=record.title,
        author=record.head.organisation,
        language=record.language,
        dated=record.dated,
        seal=record.head.seal,
    )
    return draw_document(
        record.head, record.foot, facts, lambda body: list(list_record_blocks(record, body))
    )


def _sentence(
    meeting: Meeting, registration: Registration, acceptance: AcceptanceEvidence, words: Translator
) -> str:
    values = {
        "name": as_typed(registration.full_name),
        "number": acceptance.letter_number,
        "meeting": meeting.short_title[words.language],
        "days": words.days(meeting.first_day, meeting.last_day),
    }
    if acceptance.by is Actor.SECRETARIAT:
        return words.pgettext(
            "record",
            "The acceptance by %(name)s of invitation letter %(number)s to the %(meeting)s"
            " (%(days)s), signed on paper, was entered by the Secretariat.",
            **values,
        )
    return words.pgettext(
        "record",
        "%(name)s accepted invitation letter %(number)s to the %(meeting)s (%(days)s).",
        **values,
    )


def _list_facts(
    meeting: Meeting, registration: Registration, acceptance: AcceptanceEvidence, words: Translator
) -> Iterator[tuple[str, str]]:
    delegation = meeting.get_delegation(registration.delegation_key)
    utc = acceptance.accepted_at.astimezone(UTC)
    local = words.moment(acceptance.accepted_at, meeting.zone)
    yield words.pgettext("record", "Delegation"), delegation.official_name[words.language]
    yield words.pgettext("record", "Name in the letter"), as_typed(registration.full_name)
    yield words.pgettext("record", "Name typed"), as_typed(acceptance.typed_name)
    yield words.pgettext("record", "Accepted by"), _who(acceptance, words)
    yield (
        words.pgettext("record", "Time of the meeting's city"),
        f"{local} ({meeting.zone_name[words.language]})",
    )
    yield words.pgettext("record", "Universal time (UTC)"), f"{utc:%Y-%m-%d %H:%M:%S} UTC"
    yield words.pgettext("record", "SHA-256 of the letter"), acceptance.letter_sha256
    yield words.pgettext("record", "Network address"), as_typed(acceptance.address)
    yield words.pgettext("record", "Browser"), as_typed(acceptance.browser)
    yield words.pgettext("record", "Signed letter"), _signed_letter(acceptance, words)


def _who(acceptance: AcceptanceEvidence, words: Translator) -> str:
    if acceptance.by is Actor.SECRETARIAT:
        return words.pgettext(
            "record",
            "The Secretariat (%(name)s), with the letter signed on paper",
            name=as_typed(acceptance.entered_by or ""),
        )
    return words.pgettext("record", "The delegate, through the private link")


def _signed_letter(acceptance: AcceptanceEvidence, words: Translator) -> str:
    if acceptance.signed_letter:
        return words.pgettext("record", "A copy of the letter signed on paper is kept")
    return words.pgettext("record", "None was sent")


def _compose_foot(meeting: Meeting, words: Translator) -> Foot:
    return Foot(
        heading=meeting.office[words.language],
        advice=words.pgettext(
            "record", "With questions about this record, write to the address shown."
        ),
        address=None,
        code_alt="",
        contact=meeting.contact,
        page_of=words.pgettext("letter", "Page %(page)d of %(pages)d"),
    )
