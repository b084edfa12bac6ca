"""What personal data the meeting still holds and until when, and what was erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Response, abort, render_template

from registration.domain.meeting import Meeting
from registration.domain.retention import Erasure, Kind, Scope, erased_on
from registration.language.retention import kind_words, reason_words
from registration.registrar.opening import read_erasure_record
from registration.secretariat import blueprint
from registration.store.database import db
from registration.store.reading import holdings
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.templates import current_words
from registration.web.words import gettext


@dataclass(frozen=True)
class Holding:
    """One kind of data. until: the day on which it is erased."""

    what: str
    number: int
    until: date


@dataclass(frozen=True)
class PastErasure:
    """One erasure in words. number: of things erased. has_record: whether it is finished."""

    id: UUID
    at: datetime
    what: str
    reason: str
    number: int
    has_record: bool


@blueprint.get("/<meeting>/retention")
def retention() -> str:
    """Show what is held and what was erased."""
    meeting, session = get_current_meeting(), db.session()
    return render_template(
        "secretariat/retention.html",
        held=_list_held(meeting),
        # What is erased one by one is told as a sum, once it is finished too.
        erasures=[
            _tell(each)
            for each in holdings.list_erasures(session, meeting.id)
            if each.scope is not Scope.UNNEEDED
        ],
        unneeded=holdings.count_unneeded(session, meeting.id),
    )


@blueprint.get("/<meeting>/retention/<uuid:erasure_id>.pdf")
def erasure_record(erasure_id: UUID) -> Response:
    """Answer with the sealed record of an erasure. It names nobody, so that no line is written."""
    found = holdings.find_erasure(db.session(), erasure_id)
    if found is None or found.record is None or found.meeting_id != get_current_meeting().id:
        abort(404)
    answer = Response(
        read_erasure_record(current_office(), found.record).data, mimetype="application/pdf"
    )
    answer.headers["Content-Disposition"] = f'inline; filename="erasure-{found.id.hex[:8]}.pdf"'
    return answer


def _list_held(meeting: Meeting) -> Sequence[Holding]:
    words = current_words()
    counts = holdings.count_held(db.session(), meeting.id)
    return [
        Holding(kind_words(kind, words), counts[kind], erased_on(kind, meeting))
        for kind in Kind
        if counts[kind]
    ]


def _tell(erasure: Erasure) -> PastErasure:
    return PastErasure(
        id=erasure.id,
        at=erasure.erased_at,
        what=_what(erasure),
        reason=reason_words(erasure.reason, current_words()),
        number=sum(erasure.erased.values()),
        has_record=erasure.record is not None,
    )


def _what(erasure: Erasure) -> str:
    match erasure.scope:
        case Scope.PASSPORTS:
            return gettext("The copies of passports")
        case Scope.MEETING:
            return gettext("All personal data of the meeting")
        case Scope.ENTRY:
            return gettext("Registration %(reference)s", reference=_reference(erasure))
        case Scope.SUBMISSION:
            return gettext("Sent to a call: %(reference)s", reference=_reference(erasure))
        case Scope.UNNEEDED:
            return reason_words(erasure.reason, current_words())


def _reference(erasure: Erasure) -> str | None:
    return holdings.find_erased_reference(db.session(), erasure)
