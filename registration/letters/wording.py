"""What an invitation letter says, in one language. How it looks is `paper`'s.

What this meeting says comes from its file, what every meeting says from the catalogs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from registration.domain.ids import Language
from registration.domain.journeys import TravelData
from registration.domain.meeting import Addressee, Delegation, Meeting
from registration.domain.meeting_text import Text
from registration.domain.names import clean_line
from registration.domain.registrations import Registration
from registration.language.texts import fill
from registration.language.translator import Translator
from registration.letters.agenda import Agenda, compose_agenda
from registration.letters.conditions import Conditions, compose_conditions
from registration.letters.courtesies import Courtesies, compose_courtesies
from registration.letters.spacing import tie


@dataclass(frozen=True, kw_only=True)
class Arcade:
    """The arches above the letter: how many seats each delegation has, in the file's order.

    own: the delegation (from 0) and the seat (from 0) of the guest, or None without a seat.
    """

    seats: tuple[int, ...]
    own: tuple[int, int] | None


@dataclass(frozen=True, kw_only=True)
class Foot:
    """What stands below each page. page_of: a pattern with %(page)d and %(pages)d.

    address: of the verification page, or None where the paper has none. code_alt: what the drawn
    code is, for those who hear the letter.
    """

    heading: str
    advice: str
    address: str | None
    code_alt: str
    contact: str
    page_of: str


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What stands above the first page, and, in short, above the others.

    number: "RCM-7K2M4QXZ/1". not_valid: what a rehearsal's letter says across each page, else None;
    not_valid_note: the same as a line of text. seal: what the place of the seal is called for those
    who hear the paper.
    """

    organisation: str
    office: str
    kind: str
    number: str
    # No words: a delegate who moved to the delegation's other seat needs no other letter.
    arcade: Arcade = field(compare=False)
    not_valid: str | None
    not_valid_note: str | None
    seal: str


@dataclass(frozen=True, kw_only=True)
class Signature:
    """The end of the letter: it is never parted from the last paragraph.

    how: in what way the office has signed.
    """

    farewell: str
    how: str
    name: str
    office: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter in words. emphasised: what is set stronger wherever paragraphs contain it.

    title: of the document, for the window of a reader. issued_on: in the meeting's zone.
    addressee: the first line is set stronger.
    """

    language: Language
    title: str
    issued_on: date
    head: Letterhead
    place_and_date: str
    addressee: tuple[str, ...]
    salutation: str
    paragraphs: tuple[str, ...]
    courtesies: Courtesies
    closing: tuple[str, ...]
    signature: Signature
    conditions: Conditions
    agenda: Agenda
    foot: Foot
    emphasised: tuple[str, ...]


def as_typed(text: str) -> str:
    """Return what a person typed as letters show it: NFC, one line, no control or direction marks.

    This is the one door for such text. Nothing is escaped behind it because nothing is read as
    markup: `breaking` knows words and spaces only, and a "<b>" is printed as three characters.
    """
    return clean_line(text)


def compose_letter(
    meeting: Meeting,
    registration: Registration,
    *,
    number: str,
    issued_on: date,
    verification_address: str,
    words: Translator,
    travel: TravelData | None = None,
) -> Letter:
    """Return the letter of the registration in the language of `words`.

    number: "<reference>/<issue>". issued_on: the day in the meeting's zone.
    verification_address: the whole address of this letter's verification page.
    travel: what the person told of the passport, where it is known: the letter then names it.
    """
    delegation = meeting.get_delegation(registration.delegation_key)
    name = as_typed(registration.full_name)

    def said(text: Text) -> str:
        filled = fill(text, meeting, words, delegation=delegation, name=name)
        return tie(filled)

    def all_said(texts: Sequence[Text]) -> tuple[str, ...]:
        return tuple(said(text) for text in texts)

    kind = words.pgettext("letter", "Invitation letter")
    conditions = compose_conditions(meeting, words, said)
    return Letter(
        language=words.language,
        title=f"{kind} {number}",
        issued_on=issued_on,
        head=compose_letterhead(meeting, registration, kind=kind, number=number, words=words),
        place_and_date=words.pgettext(
            "letter",
            "%(city)s, %(day)s",
            city=meeting.city[words.language],
            day=words.day(issued_on),
        ),
        addressee=_addressee(delegation, registration, words),
        salutation=said(meeting.letter.salutation),
        paragraphs=(*all_said(meeting.letter.opening), *_to_the_consulate(name, travel, words)),
        courtesies=compose_courtesies(meeting, delegation, said, words),
        closing=all_said(meeting.letter.closing),
        signature=_signature(meeting, said, words),
        conditions=conditions,
        agenda=compose_agenda(meeting, words, alone=conditions.is_empty),
        foot=compose_foot(meeting, verification_address, words),
        emphasised=_emphasised(meeting, words),
    )


def compose_letterhead(
    meeting: Meeting, registration: Registration, *, kind: str, number: str, words: Translator
) -> Letterhead:
    """Return the head of a paper about the registration. kind: what paper it is."""
    return Letterhead(
        organisation=meeting.organisation[words.language],
        office=meeting.office[words.language],
        kind=kind,
        number=number,
        arcade=_arcade(meeting, registration),
        not_valid=words.pgettext("letter", "Not valid") if meeting.rehearsal else None,
        not_valid_note=(
            words.pgettext("letter", "Rehearsal: not valid") if meeting.rehearsal else None
        ),
        seal=words.pgettext("letter", "Electronic signature of the Secretariat"),
    )


def compose_foot(meeting: Meeting, verification_address: str, words: Translator) -> Foot:
    """Return the foot of a paper that the verification page can confirm."""
    return Foot(
        heading=words.pgettext("letter", "Verify this letter"),
        code_alt=words.pgettext("letter", "Code with the address of the verification page"),
        advice=words.pgettext("letter", "Scan the code or open this address:"),
        address=verification_address,
        contact=meeting.contact,
        page_of=words.pgettext("letter", "Page %(page)d of %(pages)d"),
    )


def _to_the_consulate(name: str, travel: TravelData | None, words: Translator) -> tuple[str, ...]:
    """Return the paragraph that a consulate reads, if the passport is known."""
    if travel is None:
        return ()
    said = words.pgettext(
        "letter",
        "To the consular authorities: %(name)s travels with passport number %(number)s "
        "(nationality: %(country)s). We should be grateful for every facility in issuing a visa.",
        name=name,
        number=travel.number,
        country=words.country(travel.nationality),
    )
    return (tie(said),)


def _emphasised(meeting: Meeting, words: Translator) -> tuple[str, ...]:
    """Return what a reader looks for: which meeting, on what days, until when to answer."""
    marked = (
        meeting.title[words.language],
        meeting.short_title[words.language],
        words.days(meeting.first_day, meeting.last_day),
        words.last_minute(meeting.changes_until, meeting.zone),
    )
    # As the paragraphs have it, else it would not be found in them.
    return tuple(tie(each) for each in marked)


def _arcade(meeting: Meeting, registration: Registration) -> Arcade:
    keys = [each.key for each in meeting.delegations]
    seat = registration.seat_number
    own = (
        None
        if seat is None or registration.delegation_key not in keys
        else (keys.index(registration.delegation_key), seat - 1)
    )
    return Arcade(seats=tuple(each.seats for each in meeting.delegations), own=own)


def _signature(meeting: Meeting, said: Callable[[Text], str], words: Translator) -> Signature:
    return Signature(
        farewell=said(meeting.letter.farewell),
        how=words.pgettext("letter", "Signed electronically"),
        name=said(meeting.letter.signatory.name),
        office=said(meeting.letter.signatory.office),
    )


def _addressee(
    delegation: Delegation, registration: Registration, words: Translator
) -> tuple[str, ...]:
    """Return the lines of the address; lines of which nothing was typed are left out."""
    typed = registration.particulars
    # The form of address and the name that follows it stay on one line.
    person = "\u00a0".join(filter(None, (as_typed(typed.treatment), as_typed(typed.full_name))))
    position, institution = as_typed(typed.position), as_typed(typed.institution)
    country = delegation.official_name[words.language]
    if delegation.addressee is Addressee.INSTITUTION:
        attention = words.pgettext("letter", "Attention: %(person)s", person=person)
        lines = [institution or country, attention, position]
    else:
        lines = [person, position, institution]
    lines += [_seat_label(delegation, registration, words), country]
    return tuple(line for index, line in enumerate(lines) if line and line not in lines[:index])


def _seat_label(delegation: Delegation, registration: Registration, words: Translator) -> str:
    names = {label.key: label.name[words.language] for label in delegation.labels}
    return names.get(registration.seat_label or "", "")
