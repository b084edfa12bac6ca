"""What the person attends: chosen with the registration, and changed on a page of its own."""

from http import HTTPStatus

from flask import abort, flash, g, render_template
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.current import bind, current_entry, is_final, to_entry
from registration.delegate.forms import SegmentsForm
from registration.delegate.patience import has_expired, keeps_typing
from registration.delegate.places import is_open
from registration.delegate.refusing import answer, tell
from registration.domain.days import list_segments
from registration.domain.events import DELEGATE
from registration.domain.refusals import SegmentFull, UnknownSegment
from registration.domain.segments import list_unmet, may_choose
from registration.domain.states import MoveName, holds_seat
from registration.registrar.choosing import choose_segments
from registration.registrar.office import Moved
from registration.store.database import db
from registration.store.reading.segments import list_choices
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.segments import list_offered, offer_segments
from registration.web.words import gettext


@blueprint.get("/registration/<reference>/segments")
def segments() -> ResponseReturnValue:
    """Show the parts of the meeting; 404 where there is nothing to choose, or not any more."""
    if not can_change():
        abort(404)
    chosen = [each.key for each in list_choices(db.session(), current_entry().id)]
    form = SegmentsForm(formdata=None, segments=chosen)
    return _show(form)


@blueprint.post("/registration/<reference>/segments")
@keeps_typing
def save_segments() -> ResponseReturnValue:
    """Attend what is ticked and nothing else."""
    form = SegmentsForm()
    # Two entries in one browser: what is ticked is for the one that was on the page (T62).
    if is_final() or form.reference.data != current_entry().reference:
        abort(400)
    if has_expired(form):
        return _show(form, HTTPStatus.BAD_REQUEST)
    result = choose_segments(
        current_office(),
        current_entry().id,
        form.segments.data or [],
        by=DELEGATE,
        arrived_at=g.arrived_at,
    )
    match result:
        case Moved():
            flash(gettext("What you attend is saved."), "done")
            warn_of_full()
            return to_entry()
        case SegmentFull() | UnknownSegment() as refusal:
            return _show(form, tell(form, refusal))
        case refusal:
            return answer(refusal)


def can_change() -> bool:
    """Return whether the person of the current entry can change what they attend now."""
    meeting = get_current_meeting()
    is_theirs = bool(meeting.segments) and not is_final() and may_choose(current_entry().state)
    return is_theirs and is_open(MoveName.CORRECT, meeting, g.arrived_at)


def warn_of_full() -> None:
    """Say on the next page which of the segments that were wished for had no place left."""
    meeting, language = get_current_meeting(), g.language
    unmet = list_unmet(list_segments(meeting), list_choices(db.session(), current_entry().id))
    if unmet and holds_seat(current_entry().state):
        names = ", ".join(each.title[language] for each in unmet)
        flash(
            gettext(
                "No place was left in: %(segments)s. Your registration stands without it.",
                segments=names,
            ),
            "attention",
        )


def _show(form: SegmentsForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    bind(form)
    meeting = get_current_meeting()
    offer_segments(form.segments, meeting)
    choices = list_choices(db.session(), current_entry().id)
    page = render_template(
        "delegate/segments.html",
        form=form,
        registration=current_entry(),
        days=list_offered(meeting, form.segments.data or [], choices),
    )
    return page, status
