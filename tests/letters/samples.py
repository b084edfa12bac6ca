"""Letters and records for tests: of the shipped meeting, as its file says it."""

import io
from datetime import UTC, date, datetime
from uuid import UUID

from PIL import Image, ImageDraw

from registration.domain.acceptances import AcceptanceEvidence, Confirmation, ConfirmedHow
from registration.domain.ids import Language, RegistrationId
from registration.domain.journeys import TravelData
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.domain.retention import (
    OF_PASSPORTS,
    Erasure,
    Kind,
    Reason,
    Remaining,
    Scope,
)
from registration.domain.states import Actor
from registration.language.texts import fill
from registration.language.translator import get_translator
from registration.letters.erasure import ErasureRecord, compose_erasure_record
from registration.letters.record import Record, compose_record
from registration.letters.wording import Letter, compose_letter
from tests.builders import make_meeting, make_registration

ADDRESS = "https://inscripcion.example.org/es/verify/7KQF-M2XD-94TN"

CONFIRMED_BY_LINK = Confirmation(ConfirmedHow.LINK, datetime(2022, 2, 14, 15, 12, tzinfo=UTC))


def make_letter(
    registration: Registration | None = None,
    *,
    meeting: Meeting | None = None,
    language: Language = "es",
    address: str = ADDRESS,
    travel: TravelData | None = None,
) -> Letter:
    return compose_letter(
        meeting or make_meeting(),
        registration or make_registration(),
        number="RCM-7K2M4QXZ/1",
        issued_on=date(2022, 2, 17),
        verification_address=address,
        words=get_translator(language),
        travel=travel,
    )


def make_evidence(
    *,
    language: Language = "es",
    typed_name: str = "Ana Lucia Morales Vargas",
    browser: str = "Mozilla/5.0 (X11; Linux x86_64; rv:97.0) Gecko/20100101 Firefox/97.0",
    signature_png: bytes | None = None,
    by: Actor = Actor.DELEGATE,
    entered_by: str | None = None,
    confirmation: Confirmation = CONFIRMED_BY_LINK,
) -> AcceptanceEvidence:
    meeting, words = make_meeting(), get_translator(language)
    return AcceptanceEvidence(
        letter_number="RCM-7K2M4QXZ/1",
        letter_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        letter_issued_at=datetime(2022, 2, 17, 15, 0, tzinfo=UTC),
        email="ana.morales@rree.example.cr",
        confirmation=confirmation,
        language=language,
        terms=tuple(fill(each, meeting, words) for each in meeting.terms),
        typed_name=typed_name,
        accepted_at=datetime(2022, 2, 18, 16, 5, 9, tzinfo=UTC),
        address="2001:db8::370:7334",
        browser=browser,
        signature_png=signature_png,
        signed_letter=by is Actor.SECRETARIAT,
        by=by,
        entered_by=entered_by,
    )


def make_record(evidence: AcceptanceEvidence, registration: Registration | None = None) -> Record:
    return compose_record(
        make_meeting(),
        registration or make_registration(),
        evidence,
        get_translator(evidence.language),
    )


_KINDS = {
    Scope.PASSPORTS: OF_PASSPORTS,
    Scope.SUBMISSION: frozenset({Kind.SUBMISSION, Kind.MAIL, Kind.HISTORY}),
}


def make_erasure_record(meeting: Meeting, scope: Scope = Scope.MEETING) -> ErasureRecord:
    """Return the record of an erasure in each language of the meeting."""
    is_of_one = scope in {Scope.ENTRY, Scope.SUBMISSION}
    kinds = _KINDS.get(scope, frozenset(Kind))
    erasure = Erasure(
        id=UUID(int=0x511EAC3A << 96),
        meeting_id=meeting.id,
        registration_id=RegistrationId(UUID(int=1)) if scope is Scope.ENTRY else None,
        submission_id=UUID(int=1) if scope is Scope.SUBMISSION else None,
        scope=scope,
        reason=Reason.REQUEST if is_of_one else Reason.DATE,
        asked_by=3 if is_of_one else None,
        erased={kind: 26 for kind in Kind if kind in kinds},
        remains=dict.fromkeys(Remaining, 26),
        erased_at=datetime(2022, 6, 30, 5, 2, tzinfo=UTC),
        record=None,
    )
    reference = "RCM-7K2M4QXZ" if is_of_one else None
    return compose_erasure_record(
        meeting, erasure, reference, [get_translator(each) for each in meeting.languages]
    )


def draw_signature(size: tuple[int, int] = (840, 300)) -> bytes:
    """Return a drawing as a browser's canvas sends it: PNG, its ground transparent."""
    picture = Image.new("RGBA", size, (255, 255, 255, 0))
    ImageDraw.Draw(picture).line([(60, 200), (240, 90), (400, 210), (700, 120)], "#2B3080", 6)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
