"""A meeting of our own and people of it, with the data that mails show."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from registration.domain.calls import Answering, AnswerKind, Call, Question, Section
from registration.domain.events import READY_TEXTS, Occasion
from registration.domain.ids import (
    DelegationId,
    DelegationKey,
    MeetingId,
    Reference,
    RegistrationId,
)
from registration.domain.journeys import Leg, Stay, Ticket
from registration.domain.letter_texts import LetterTexts, Signatory
from registration.domain.meeting import Courtesy, Delegation, DelegationKind, Meeting, Promotion
from registration.domain.meeting_text import Text
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import State
from registration.domain.submissions import Sender, Stand, Submission
from registration.mail.facts import Enclosure, MailFacts, Note, ReadyText

REGISTRATION_ID = RegistrationId(UUID("6f1b3a52-6f3b-4f0e-9a53-6a2f7f0c1d11"))
LINK = "https://register.example.org/l/rT5nQ8vK2mX7wZ4pL9sD3fG6hJ1kB0cY"
REASON = "The second page of the passport cannot be read.\nSend a picture of it as well."


def text(english: str, spanish: str) -> Text:
    return Text({"en": english, "es": spanish})


def make_meeting(**changes: Any) -> Meeting:
    values: dict[str, Any] = {
        "id": MeetingId("workshop-2022"),
        "prefix": "WKS",
        "languages": ("en", "es"),
        "zone": ZoneInfo("America/Mexico_City"),
        "zone_name": text("Mexico City time", "hora de la Ciudad de México"),
        "first_day": date(2022, 3, 31),
        "last_day": date(2022, 4, 1),
        "deadline": datetime(2022, 3, 2, 6, tzinfo=UTC),
        "changes_until": datetime(2022, 3, 31, 6, tzinfo=UTC),
        "rolled_weeks": 0,
        "organisation": text("Regional Conference", "Conferencia Regional"),
        "organisation_short": text("RC", "CR"),
        "office": text("RC Executive Secretariat", "Secretaría Ejecutiva de la CR"),
        "title": text("Workshop of the Regional Conference", "Taller de la Conferencia Regional"),
        "short_title": text("Workshop 2022", "Taller de 2022"),
        "purpose": (),
        "product": text("", ""),
        "participation_level": text("", ""),
        "sovereignty_note": text("", ""),
        "venue": text("Ministry of the Interior", "Secretaría de Gobernación"),
        "city": text("Mexico City", "Ciudad de México"),
        "contact": "secretariat@example.org",
        "promotion": Promotion.BY_HAND,
        "delegations": (_costa_rica(),),
        "categories": (
            Delegation(
                key=DelegationKey("speakers"),
                kind=DelegationKind.CATEGORY,
                name=text("Speakers", "Oradoras y oradores"),
                official_name=text("Speakers", "Oradoras y oradores"),
                abbreviation=None,
                country=None,
                seats=0,
                asks_passport=False,
                asks_letter=False,
                asks_acceptance=False,
            ),
        ),
        "courtesies": _courtesies(),
        "courtesies_note": text("", ""),
        "not_paid": (),
        "agenda": (),
        "terms": (),
        "letter": _letter(),
        "privacy": (),
        "treatments": (),
        "assumptions": (),
    }
    return Meeting(**(values | changes))


def make_registration(**changes: Any) -> Registration:
    """changes: of the registration, or of its particulars (surnames, email ...)."""
    told: dict[str, Any] = {
        "treatment": "",
        "given_names": "Ana Lucía",
        "surnames": "Morales Vargas",
        "institution": "Cancillería",
        "position": "Consejera",
        "email": "ana@example.org",
        "copy_to": "assistant@example.org",
        "language": "es",
    }
    told |= {key: changes.pop(key) for key in list(changes) if key in told}
    values: dict[str, Any] = {
        "id": REGISTRATION_ID,
        "meeting_id": MeetingId("workshop-2022"),
        "delegation_id": DelegationId(1),
        "delegation_key": DelegationKey("cr"),
        "reference": Reference("WKS-7K2M4QXZ"),
        "state": State.INVITED,
        "version": 3,
        "particulars": Particulars(**told),
        "seat_number": 1,
        "seat_label": None,
        "passport": None,
        "reason": None,
        "new_email": None,
        "link_generation": 1,
        "on_behalf": False,
        "wants_reserve": False,
        "created_at": datetime(2022, 2, 1, 12, tzinfo=UTC),
        "confirmed_at": datetime(2022, 2, 1, 13, tzinfo=UTC),
        "changed_at": datetime(2022, 2, 3, 12, tzinfo=UTC),
        "reserved_at": None,
        "reminded_at": None,
    }
    return Registration(**(values | changes))


def make_facts(occasion: Occasion, **changes: Any) -> MailFacts:
    """Everything that a mail on this occasion can have, all of it present."""
    if occasion in READY_TEXTS:
        return MailFacts(ready=ReadyText("Your code", "Your code is 123456.\n\nIt serves once."))
    if occasion.startswith("submission_") or occasion is Occasion.STAFF_SUBMISSION:
        return make_facts_of_submission(occasion, **changes)
    is_staff, is_copy = occasion.startswith("staff_"), occasion.startswith("copy_")
    values: dict[str, Any] = {
        "meeting": make_meeting(),
        "registration": make_registration(),
        "link": None if is_staff or is_copy else LINK,
        "desk_link": "https://register.example.org/desk" if is_staff else None,
        "letter_number": "WKS-7K2M4QXZ/1",
        "delegation": _costa_rica(),
        "focal_name": "Marta Solís",
        "deadline": datetime(2022, 3, 9, 6, tzinfo=UTC),
        "state": State.INVITED,
        "reason": REASON,
        "confirm_until": datetime(2022, 2, 3, 12, tzinfo=UTC),
        "note": Note("Your room", ("Dear Ana Lucía Morales Vargas,", "The room is ready."))
        if occasion is Occasion.MESSAGE
        else None,
        "pages": (
            ("en", "https://register.example.org/en/workshop-2022/"),
            ("es", "https://register.example.org/es/workshop-2022/"),
        ),
        "ticket": make_ticket(),
        "stay": make_stay(),
        "enclosures": (Enclosure("WKS-7K2M4QXZ-1.pdf", "application/pdf", b"%PDF-1.7 a letter"),),
    }
    return MailFacts(**(values | changes))


def make_facts_of_submission(occasion: Occasion, **changes: Any) -> MailFacts:
    """Everything that a mail about what was sent to a call can have, all of it present."""
    is_staff = occasion.startswith("staff_")
    values: dict[str, Any] = {
        "meeting": make_meeting(),
        "call": make_call(),
        "submission": make_submission(),
        "link": None if is_staff else LINK,
        "desk_link": "https://register.example.org/desk" if is_staff else None,
        "reason": REASON,
        "confirm_until": datetime(2022, 2, 3, 12, tzinfo=UTC),
        "pages": (("en", "https://register.example.org/en/workshop-2022/"),),
    }
    return MailFacts(**(values | changes))


def make_call(**changes: Any) -> Call:
    question = Question(key="why", kind=AnswerKind.TEXT, text=text("Why?", "¿Por qué?"))
    values: dict[str, Any] = {
        "key": "rapporteur",
        "title": text("Stakeholder rapporteur", "Relatoría de las partes interesadas"),
        "summary": text("Who reports.", "Quien informa."),
        "answering": Answering.PERSON,
        "sections": (Section(key="all", title=None, questions=(question,)),),
        "closes": datetime(2022, 2, 20, 6, tzinfo=UTC),
        "decided_on": date(2022, 2, 25),
        "afterwards": (text("The office writes to you.", "La oficina le escribe."),),
        "choose": 1,
    }
    return Call(**(values | changes))


def make_submission(**changes: Any) -> Submission:
    created = datetime(2022, 2, 1, 12, tzinfo=UTC)
    values: dict[str, Any] = {
        "id": UUID(int=7),
        "meeting_id": MeetingId("workshop-2022"),
        "call": "rapporteur",
        "delegation_id": None,
        "delegation_key": None,
        "region": "",
        "reference": "WKS-5S3N8ZPT",
        "stand": Stand.SUBMITTED,
        "version": 2,
        "sender": Sender(
            name="Ana Lucía Morales Vargas",
            institution="Cancillería",
            position="Consejera",
            email="ana@example.org",
            language="es",
        ),
        "link_generation": 1,
        "reason": None,
        "created_at": created,
        "changed_at": created,
        "confirmed_at": created,
        "submitted_at": created,
        "decided_at": None,
        "published_at": None,
        "erased_at": None,
    }
    return Submission(**(values | changes))


def make_ticket() -> Ticket:
    """Return a ticket of one flight, whose cost no traveller is told."""
    leg = Leg(
        flight="AV 690",
        origin="San José",
        to="Bogotá",
        departs=datetime.fromisoformat("2022-03-30T07:15"),
        arrives=datetime.fromisoformat("2022-03-30T10:50"),
    )
    return Ticket(number="139-24", legs=(leg,), cost="612.50", full_name="Ana Lucía Morales Vargas")


def make_stay() -> Stay:
    return Stay(
        hotel="Hotel Imperial",
        address="Reforma 64",
        room="",
        arrives=date(2022, 3, 30),
        leaves=date(2022, 4, 1),
    )


def list_cases() -> list[tuple[Occasion, str]]:
    return [(occasion, language) for occasion in Occasion for language in ("en", "es")]


def _costa_rica() -> Delegation:
    return Delegation(
        key=DelegationKey("cr"),
        kind=DelegationKind.MEMBER_COUNTRY,
        name=text("Costa Rica", "Costa Rica"),
        official_name=text("Costa Rica", "Costa Rica"),
        abbreviation=None,
        country="CR",
        seats=2,
        courtesies=("flight",),
    )


def _courtesies() -> tuple[Courtesy, ...]:
    flight = Courtesy(
        key="flight",
        name=text("Air ticket", "Boleto aéreo"),
        detail=text("Round trip", "Ida y vuelta"),
        payer=text("International Organization", "Organización Internacional"),
        payer_short=text("IO", "OI"),
        icon="plane",
    )
    venue = Courtesy(
        key="venue",
        name=text("Rooms", "Salas"),
        detail=text("The rooms", "Las salas"),
        payer=text("Ministry of the Interior", "Secretaría de Gobernación"),
        payer_short=text("MI", "SG"),
        icon="building",
        everybody=True,
    )
    return (flight, venue)


def _letter() -> LetterTexts:
    nothing = text("", "")
    return LetterTexts(
        salutation=nothing,
        opening=(),
        courtesies_intro=nothing,
        not_paid_heading=nothing,
        closing=(),
        farewell=nothing,
        signatory=Signatory(name=nothing, office=nothing),
    )
