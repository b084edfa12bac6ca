"""The parts of a meeting at the desk: how many attend each, who, and what one person attends."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from registration.domain.days import list_segments
from registration.domain.exports import ExportKind
from registration.domain.program import Segment
from registration.domain.refusals import ReasonMissing, Refusal
from registration.domain.registrations import Registration
from registration.domain.segments import Numbers, may_choose
from registration.registrar.choosing import choose_segments
from registration.registrar.office import Moved
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.exporting import answer_export
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import ReasonForm
from registration.store.database import db
from registration.store.reading.segments import count_choices, list_choices
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.segments import list_offered, make_field, offer_segments
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.words import gettext


@dataclass(frozen=True)
class SegmentShown:
    """A segment with its numbers. share: attending of capacity, 0 to 100; None without limit."""

    segment: Segment
    numbers: Numbers

    @property
    def share(self) -> int | None:
        if self.segment.capacity is None:
            return None
        return min(100, round(100 * self.numbers.attending / self.segment.capacity))


class AttendingForm(FlaskForm):
    """What a person attends. It is no move of the entry, so it carries no version."""

    segments = make_field(at_desk=True)
    reason = ReasonForm.reason


@blueprint.get("/<meeting>/segments/")
def segments() -> str:
    """Show how many attend each segment; 404 for a meeting without any."""
    meeting = get_current_meeting()
    if not meeting.segments:
        abort(404)
    numbers = count_choices(db.session(), meeting.id)
    shown = [
        SegmentShown(each, numbers.get(each.key, Numbers())) for each in list_segments(meeting)
    ]
    return render_template("secretariat/segments.html", shown=shown)


@blueprint.post("/<meeting>/segments/<key>/export")
def export_segment(key: str) -> ResponseReturnValue:
    """Answer with those who attend the segment as a file, in the page's language."""
    if get_current_meeting().find_segment(key) is None:
        abort(404)
    return answer_export(ExportKind.SEGMENT, current_words().language, segment=key)


@blueprint.get("/entry/<reference>/segments")
def attending(reference: str) -> ResponseReturnValue:
    """Show what the person attends, to be changed with a reason."""
    registration = get_entry(reference)
    if not get_current_meeting().segments or not may_choose(registration.state):
        abort(404)
    chosen = [each.key for each in list_choices(db.session(), registration.id)]
    return _show(registration, AttendingForm(formdata=None, segments=chosen))


@blueprint.post("/entry/<reference>/segments")
def save_attending(reference: str) -> ResponseReturnValue:
    """Change what the person attends, and tell them."""
    registration = get_entry(reference)
    form = AttendingForm()
    offer_segments(form.segments, get_current_meeting())
    if not form.validate():
        return _show(registration, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result: Moved | Refusal = ReasonMissing()
    if form.reason.data:
        result = choose_segments(
            current_office(),
            registration.id,
            request.form.getlist("segments"),
            by=staff_by(),
            arrived_at=g.arrived_at,
            reason=form.reason.data,
        )
    if not isinstance(result, Moved):
        return _show(registration, form, refusal=result)
    name = registration.full_name
    return done(gettext("What %(name)s attends is changed.", name=name), reference)


def _show(
    registration: Registration,
    form: AttendingForm,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    meeting = get_current_meeting()
    offer_segments(form.segments, meeting)
    choices = list_choices(db.session(), registration.id)
    page = render_template(
        "secretariat/attending.html",
        registration=registration,
        form=form,
        days=list_offered(meeting, form.segments.data or [], choices),
        refusal=refusal,
    )
    return page, code if refusal is None else code_of(refusal)
