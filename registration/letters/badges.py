"""Badges: four cards on a page, to be cut out; each with the code that the door scans."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting
from registration.domain.registrations import Registration
from registration.language.translator import get_translator
from registration.letters.badge_card import PLACES, paint_card
from registration.letters.document import draw_sheets
from registration.letters.finishing import Facts
from registration.letters.sheet import Sheet
from registration.letters.tagging import Element
from registration.letters.wording import as_typed


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text in its language."""

    language: Language
    text: str


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A badge in words. meeting, days, delegation: in each language of the badge.

    seats: how many arches stand for the delegation, own: which of them (from 0) is the person's, or
    None. address: what the code leads to; code_alt: what it is, for those who hear the paper.
    not_valid: what a rehearsal's badge says, else None.
    """

    reference: str
    organisation: str
    meeting: tuple[Said, ...]
    days: tuple[Said, ...]
    treatment: str
    name: str
    position: str
    institution: str
    delegation: tuple[Said, ...]
    seats: int
    own: int | None
    address: str
    code_alt: str
    not_valid: str | None


def compose_badge(
    meeting: Meeting, registration: Registration, address: str, languages: Sequence[Language]
) -> Badge:
    """Return the registration's badge. address: of the door's page for this person."""
    delegation = meeting.get_delegation(registration.delegation_key)
    words = get_translator(languages[0])
    person, seat = registration.particulars, registration.seat_number
    return Badge(
        reference=registration.reference,
        organisation=meeting.organisation[languages[0]],
        meeting=_said({each: meeting.short_title[each] for each in languages}),
        days=_said(
            {
                each: get_translator(each).days(meeting.first_day, meeting.last_day)
                for each in languages
            }
        ),
        treatment=as_typed(person.treatment),
        name=as_typed(registration.full_name),
        position=as_typed(person.position),
        institution=as_typed(person.institution),
        delegation=_said({each: _name(delegation, each) for each in languages}),
        seats=delegation.seats,
        own=None if seat is None else seat - 1,
        address=address,
        code_alt=words.pgettext("badge", "Code for the door"),
        not_valid=words.pgettext("letter", "Rehearsal: not valid") if meeting.rehearsal else None,
    )


def draw_badges(
    meeting: Meeting,
    badges: Iterable[Badge],
    languages: Sequence[Language],
    dated: date,
    *,
    drawn: Callable[[int], None] = lambda _: None,
) -> bytes:
    """Return the badges as a tagged PDF. drawn: told after each card how many there are."""
    words = get_translator(languages[0])
    facts = Facts(
        title=words.pgettext(
            "badge", "Badges: %(meeting)s", meeting=meeting.short_title[languages[0]]
        ),
        author=meeting.organisation[languages[0]],
        language=languages[0],
        dated=dated,
    )

    def paint(sheet: Sheet, root: Element) -> None:
        for index, badge in enumerate(badges):
            place = index % len(PLACES)
            if index and place == 0:
                sheet.next_page()
            paint_card(sheet, badge, PLACES[place], Element("Art", root))
            drawn(index + 1)

    return draw_sheets(facts, paint)


def _said(texts: dict[Language, str]) -> tuple[Said, ...]:
    """Return each text once: names of countries and days are sometimes alike in two languages."""
    by_text: dict[str, Language] = {}
    for language, text in texts.items():
        by_text.setdefault(text, language)
    return tuple(Said(language=language, text=text) for text, language in by_text.items())


def _name(delegation: Delegation, language: Language) -> str:
    return delegation.name[language]
