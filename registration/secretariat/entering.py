"""Entering a registration on somebody's behalf."""

from dataclasses import asdict
from http import HTTPStatus

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from registration.domain.desk_refusals import SomebodyWaits
from registration.domain.ids import DelegationKey, RegistrationId
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import FileMissing, Refusal
from registration.language.refusals import file_sentence
from registration.registrar import entering
from registration.registrar.entering import Application
from registration.registrar.office import Moved
from registration.registrar.receiving import find_received
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.forms import EnterForm, ReplaceForm
from registration.store import reading
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.segments import list_offered, offer_segments
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.uploading import take_upload
from registration.web.words import gettext


@blueprint.get("/<meeting>/enter")
def enter() -> ResponseReturnValue:
    """Show the form: empty, or with what an entry that is over holds (`like`)."""
    values: dict[str, object] = {"language": current_words().language}
    like = reading.find_by_reference(db.session(), request.args.get("like", ""))
    if like is not None and like.meeting_id == get_current_meeting().id:
        values = {**asdict(like.particulars), "delegation": like.delegation_key}
        values["seat"] = like.seat_label or ""
    return _show(EnterForm(formdata=None, entry=make_entry_id(), **values), None)


@blueprint.post("/<meeting>/enter")
def save_entry() -> ResponseReturnValue:
    """Enter the registration: it takes its seat at once and waits for the decision."""
    form = EnterForm()
    form.offer(get_current_meeting(), current_words().language)
    offer_segments(form.segments, get_current_meeting())
    entry = find_entry_id(form.entry.data or "")
    if entry is None:
        abort(400)
    is_good = form.validate()
    if not all([take_files(entry, form), is_good]):
        return _show(form, entry, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = entering.enter(
        current_office(),
        _application(entry, form),
        by=staff_by(),
        reason=form.reason.data,
        arrived_at=g.arrived_at,
        passes_reserve=form.pass_reserve.data,
    )
    if not isinstance(result, Moved):
        return _show(form, entry, refusal=result)
    registration = result.registration
    return done(gettext("Entered: %(name)s.", name=registration.full_name), registration.reference)


def _application(entry: RegistrationId, form: EnterForm) -> Application:
    return Application(
        entry=entry,
        meeting_id=get_current_meeting().id,
        delegation_key=DelegationKey(form.delegation.data),
        particulars=form.to_particulars(),
        seat_label=form.seat.data or None,
        segments=tuple(form.segments.data or ()),
    )


def take_files(entry: RegistrationId, form: EnterForm | ReplaceForm) -> bool:
    """Take the passport's copy and the message, if they came. Returns whether nothing was wrong."""
    is_good = True
    for field, role in ((form.passport, FileRole.PASSPORT), (form.request, FileRole.REQUEST)):
        taken = take_upload(field.name, entry, role)
        if not isinstance(taken, FileMissing) and not isinstance(taken, LockedFile):
            field.errors = [file_sentence(taken, current_words())]
            is_good = False
    return is_good


def find_files(entry: RegistrationId | None) -> dict[str, LockedFile | None]:
    """Return what waits under the form's id already, by field."""
    if entry is None:
        return {"passport": None, "request": None}
    return {
        "passport": find_received(current_office(), entry, FileRole.PASSPORT),
        "request": find_received(current_office(), entry, FileRole.REQUEST),
    }


def _list_without_position() -> str:
    """Return the names of the groups whose people are asked for no position."""
    language = current_words().language
    groups = get_current_meeting().groups
    return ", ".join(each.name[language] for each in groups if not each.asks_position)


def _show(
    form: EnterForm,
    entry: RegistrationId | None,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    meeting = get_current_meeting()
    form.offer(meeting, current_words().language)
    offer_segments(form.segments, meeting)
    page = render_template(
        "secretariat/enter.html",
        form=form,
        refusal=refusal,
        received=find_files(entry),
        segment_days=list_offered(meeting, form.segments.data or []),
        without_position=_list_without_position(),
        must_confirm=isinstance(refusal, SomebodyWaits) or form.pass_reserve.data,
    )
    return page, code if refusal is None else code_of(refusal)
