"""Certificates of attendance: a page for each, in the participant's language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.language.texts import fill
from registration.language.translator import get_translator
from registration.letters.attendance_page import paint_certificate
from registration.letters.document import draw_sheets
from registration.letters.finishing import Facts
from registration.letters.sheet import Sheet
from registration.letters.tagging import Element
from registration.letters.wording import Arcade, as_typed


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate in words. number: the reference and "C", no counter."""

    language: Language
    organisation: str
    office: str
    title: str
    opening: str
    name: str
    capacity: tuple[str, ...]
    took_part: str
    meeting: str
    when_and_where: str
    place_and_date: str
    signatory: str
    signatory_office: str
    number: str
    contact: str
    arcade: Arcade
    not_valid: str | None
    not_valid_note: str | None


def compose_certificate(meeting: Meeting, registration: Registration) -> Certificate:
    """Return the certificate in the participant's language, dated on the meeting's last day."""
    words = get_translator(registration.particulars.language)
    language = words.language
    delegation = meeting.get_delegation(registration.delegation_key)
    person = registration.particulars
    capacity = (as_typed(person.position), as_typed(person.institution))
    signatory = meeting.letter.signatory
    return Certificate(
        language=language,
        organisation=meeting.organisation[language],
        office=meeting.office[language],
        title=words.pgettext("certificate", "Certificate of attendance"),
        opening=words.pgettext("certificate", "This is to certify that"),
        name=as_typed(f"{person.treatment} {registration.full_name}"),
        capacity=tuple(
            dict.fromkeys(each for each in (*capacity, delegation.official_name[language]) if each)
        ),
        took_part=words.pgettext("certificate", "took part in the meeting"),
        meeting=meeting.title[language],
        when_and_where=words.pgettext(
            "certificate",
            "held in %(city)s, %(days)s.",
            city=meeting.city[language],
            days=words.days(meeting.first_day, meeting.last_day),
        ),
        place_and_date=words.pgettext(
            "letter",
            "%(city)s, %(day)s",
            city=meeting.city[language],
            day=words.day(meeting.last_day),
        ),
        signatory=fill(signatory.name, meeting, words),
        signatory_office=fill(signatory.office, meeting, words),
        number=f"{registration.reference}/C",
        contact=meeting.contact,
        arcade=_arcade(meeting, registration),
        not_valid=words.pgettext("letter", "Not valid") if meeting.rehearsal else None,
        not_valid_note=(
            words.pgettext("letter", "Rehearsal: not valid") if meeting.rehearsal else None
        ),
    )


def draw_certificates(
    meeting: Meeting,
    people: Iterable[Registration],
    *,
    drawn: Callable[[int], None] = lambda _: None,
) -> bytes:
    """Return the certificates as a tagged PDF; the file's language is that of the first of them.

    drawn: told after each page how many there are.
    """
    everybody = list(people)
    first = everybody[0].particulars.language if everybody else meeting.languages[0]
    words = get_translator(first)
    title = words.pgettext("certificate", "Certificate of attendance")
    facts = Facts(
        title=f"{title}: {meeting.short_title[first]}",
        author=meeting.organisation[first],
        language=first,
        dated=meeting.last_day,
        seal=words.pgettext("letter", "Electronic signature of the Secretariat"),
    )

    def paint(sheet: Sheet, root: Element) -> None:
        for index, each in enumerate(everybody):
            if index:
                sheet.next_page()
            certificate = compose_certificate(meeting, each)
            paint_certificate(
                sheet, certificate, Element("Art", root, language=certificate.language)
            )
            drawn(index + 1)

    return draw_sheets(facts, paint)


def _arcade(meeting: Meeting, registration: Registration) -> Arcade:
    keys = [each.key for each in meeting.delegations]
    seat = registration.seat_number
    own = (
        None
        if seat is None or registration.delegation_key not in keys
        else (keys.index(registration.delegation_key), seat - 1)
    )
    return Arcade(seats=tuple(each.seats for each in meeting.delegations), own=own)
