"""The record of an acceptance: what is kept of it, on one page, for the delegate and the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from registration.domain.acceptances import AcceptanceEvidence, ConfirmedHow
from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting
from registration.domain.registrations import Registration
from registration.domain.states import Actor
from registration.language.translator import Translator
from registration.letters.document import draw_document, lay_out
from registration.letters.finishing import Facts
from registration.letters.heads import compose_record_foot
from registration.letters.record_page import list_record_blocks
from registration.letters.tagging import Element
from registration.letters.wording import Foot, Letterhead, as_typed, compose_letterhead

# How small the type of a record may be set, as parts of its usual size: the smallest is 5 points.
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)


@dataclass(frozen=True)
class FactGroup:
    """A table of the record: its heading, and label and value of each row."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record in words. signature: the drawing as PNG, or None; it stands in the group of who
    accepted, the second."""

    language: Language
    title: str
    dated: date
    head: Letterhead
    sentence: str
    groups: tuple[FactGroup, ...]
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
        groups=tuple(_list_groups(meeting, registration, acceptance, words)),
        terms_heading=words.pgettext("record", "Terms accepted"),
        terms=acceptance.terms,
        signature_heading=words.pgettext("record", "Drawn signature"),
        signature=acceptance.signature_png,
        nature_heading=words.pgettext("record", "What this record is"),
        nature=words.pgettext(
            "record",
            "This is a simple electronic signature with tamper-evident evidence: each line of the"
            " registration's history carries the digest of the line before it; the line of this"
            " acceptance binds this record and the exact letter that was accepted, by its SHA-256."
            " The Secretariat's electronic seal on this file shows any later change of it.",
        ),
        foot=compose_record_foot(meeting, words),
    )


def draw_record(record: Record) -> bytes:
    """Return the record as a tagged PDF of one page. Same record, same bytes; safe in threads.

    What is long - names of many parts, a browser's own words - is set smaller, as far as it can be
    read; only what does not fit even so goes on to a second page.
    """
    facts = Facts(
        title=record.title,
        author=record.head.organisation,
        language=record.language,
        dated=record.dated,
        seal=record.head.seal,
    )
    scale = next((each for each in _SCALES if _is_one_page(record, each)), _SCALES[-1])
    return draw_document(
        record.head, record.foot, facts, lambda body: list(list_record_blocks(record, body, scale))
    )


def _is_one_page(record: Record, scale: float) -> bool:
    blocks = list(list_record_blocks(record, Element("Sect"), scale))
    return len(lay_out(blocks, record.foot)) == 1


def _sentence(
    meeting: Meeting, registration: Registration, acceptance: AcceptanceEvidence, words: Translator
) -> str:
    values = {
        "name": as_typed(registration.full_name),
        "number": acceptance.letter_number,
        "meeting": meeting.short_title[words.language],
        "days": words.days(meeting.first_day, meeting.last_day),
    }
    if acceptance.at_the_door:
        return words.pgettext(
            "record",
            "%(name)s accepted invitation letter %(number)s to the %(meeting)s (%(days)s), and"
            " signed at the door of the meeting before its staff.",
            **values,
        )
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


def _list_groups(
    meeting: Meeting, registration: Registration, acceptance: AcceptanceEvidence, words: Translator
) -> Iterator[FactGroup]:
    delegation = meeting.get_delegation(registration.delegation_key)
    yield FactGroup(
        words.pgettext("record", "What was accepted"),
        tuple(_list_letter_facts(meeting, acceptance, words)),
    )
    yield FactGroup(
        words.pgettext("record", "Who accepted"),
        tuple(_list_person_facts(delegation, registration, acceptance, words)),
    )
    yield FactGroup(
        words.pgettext("record", "When, and from where"),
        tuple(_list_moment_facts(meeting, acceptance, words)),
    )
    yield FactGroup(
        words.pgettext("record", "How the address was confirmed"),
        (
            (words.pgettext("record", "E-mail address"), as_typed(acceptance.email)),
            (words.pgettext("record", "Confirmed"), _confirmed(meeting, acceptance, words)),
        ),
    )


def _list_letter_facts(
    meeting: Meeting, acceptance: AcceptanceEvidence, words: Translator
) -> Iterator[tuple[str, str]]:
    issued = words.moment(acceptance.letter_issued_at, meeting.zone)
    language = words.language_name(acceptance.language)
    yield words.pgettext("record", "Letter"), acceptance.letter_number
    yield words.pgettext("record", "Issued"), f"{issued} ({meeting.zone_name[words.language]})"
    yield words.pgettext("record", "Language"), language[:1].upper() + language[1:]
    yield words.pgettext("record", "SHA-256 of the letter"), acceptance.letter_sha256


def _list_person_facts(
    delegation: Delegation,
    registration: Registration,
    acceptance: AcceptanceEvidence,
    words: Translator,
) -> Iterator[tuple[str, str]]:
    yield words.pgettext("record", "Delegation"), delegation.official_name[words.language]
    yield words.pgettext("record", "Name in the letter"), as_typed(registration.full_name)
    yield words.pgettext("record", "Name typed"), as_typed(acceptance.typed_name)
    yield words.pgettext("record", "Accepted by"), _who(acceptance, words)
    yield words.pgettext("record", "Signed letter"), _signed_letter(acceptance, words)


def _list_moment_facts(
    meeting: Meeting, acceptance: AcceptanceEvidence, words: Translator
) -> Iterator[tuple[str, str]]:
    local = words.moment(acceptance.accepted_at, meeting.zone)
    yield (
        words.pgettext("record", "Time of the meeting's city"),
        f"{local} ({meeting.zone_name[words.language]})",
    )
    yield words.pgettext("record", "Universal time (UTC)"), _utc(acceptance.accepted_at)
    yield words.pgettext("record", "Network address"), as_typed(acceptance.address)
    yield words.pgettext("record", "Browser"), as_typed(acceptance.browser)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _confirmed(meeting: Meeting, acceptance: AcceptanceEvidence, words: Translator) -> str:
    confirmation = acceptance.confirmation
    how = {
        ConfirmedHow.LINK: words.pgettext("record", "By the link that was mailed to it"),
        ConfirmedHow.SECRETARIAT: words.pgettext(
            "record", "Entered by the Secretariat on the person's behalf"
        ),
        ConfirmedHow.COMPLETED: words.pgettext(
            "record", "Nominated by the delegation, and completed through the link mailed to it"
        ),
        ConfirmedHow.NEW_ADDRESS: words.pgettext(
            "record", "Changed by the delegate, and confirmed by a link of its own mailed to it"
        ),
        ConfirmedHow.AMENDED: words.pgettext("record", "Changed by the Secretariat"),
        ConfirmedHow.UNKNOWN: words.pgettext("record", "The history does not tell how"),
    }[confirmation.how]
    if confirmation.at is None:
        return how
    return words.pgettext(
        "record",
        "%(how)s, on %(moment)s (%(zone)s; %(utc)s)",
        how=how,
        moment=words.moment(confirmation.at, meeting.zone),
        zone=meeting.zone_name[words.language],
        utc=_utc(confirmation.at),
    )


def _who(acceptance: AcceptanceEvidence, words: Translator) -> str:
    if acceptance.at_the_door:
        return words.pgettext(
            "record",
            "The delegate in person, at the door, before %(name)s",
            name=as_typed(acceptance.entered_by or ""),
        )
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
