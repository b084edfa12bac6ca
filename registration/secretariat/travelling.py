"""The travel desk: those whose flight it pays, with their passports, and nobody else.

Who may be seen is asked before every request (`web.guarding`, Door.TRAVEL), and again in the
transaction that records an opening.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from flask import (
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from registration.domain.ids import FileId
from registration.domain.journeys import Box
from registration.domain.names import canonical_name
from registration.domain.openings import Why
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import FileMissing, Refusal
from registration.domain.registrations import Registration
from registration.domain.travel import is_flight_paid, is_traveller
from registration.language import travel as told
from registration.registrar.office import Moved
from registration.registrar.receiving import find_received
from registration.registrar.telling_travel import record_look
from registration.registrar.ticketing import cancel_ticket as cancel
from registration.registrar.ticketing import record_ticket
from registration.registrar.travel_data import TravelRow, find_travel, list_travel, list_upset
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of
from registration.secretariat.entry import read_turn
from registration.secretariat.files import answer_with_file, answer_with_picture, find_passport
from registration.secretariat.travel_forms import CancelForm, TicketForm, fields_of
from registration.store import reading
from registration.store.database import db
from registration.vault.storage import StorageFailed
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words, refusal_sentence
from registration.web.uploading import take_upload
from registration.web.words import gettext


@blueprint.get("/<meeting>/travel")
def travel() -> str:
    """Show whose air tickets this desk buys, by city of departure, and which it must cancel."""
    meeting = get_current_meeting()
    rows = [
        each
        for each in list_travel(current_office(), meeting.id)
        if is_traveller(meeting, each.registration)
    ]
    paid = [each for each in meeting.groups if is_flight_paid(meeting, each.key)]
    return render_template(
        "secretariat/travel.html",
        cities=_by_city(rows),
        travellers=rows,
        to_cancel=list_upset(current_office(), meeting.id, Box.TICKET),
        outdated=[each for each in rows if each.is_ticket_outdated],
        delegations=[each.name[g.language] for each in paid],
    )


@blueprint.get("/travel/<reference>/")
def traveller(reference: str) -> ResponseReturnValue:
    """Show one person's travel data beside the passport, and the ticket."""
    registration = _traveller(reference)
    row = find_travel(current_office(), registration)
    form = TicketForm(formdata=None, data=fields_of(row.ticket, row.ticket_at))
    return _show(row, form)


@blueprint.post("/travel/<reference>/ticket")
def save_ticket(reference: str) -> ResponseReturnValue:
    """Record a ticket that is issued, or changed."""
    registration = _traveller(reference)
    row, form = find_travel(current_office(), registration), TicketForm()
    fault = _take_ticket(registration)
    if "more" in request.form:  # One row more; nothing is recorded yet.
        form.add_leg()
        return _show(row, form)
    ticket = form.judge()
    if fault is not None:
        form.ticket.errors = [fault]
    if ticket is None or fault is not None:
        return _show(row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = record_ticket(
        current_office(),
        registration.id,
        ticket,
        seen_at=_read_seen(form.seen.data),
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if not isinstance(result, Moved):
        row = find_travel(current_office(), registration)
        return _show(row, form, code_of(result), refusal=result)
    name = registration.full_name
    flash(gettext("The ticket of %(name)s is recorded and on its way by mail.", name=name), "done")
    return redirect(url_for("secretariat.traveller", reference=reference), HTTPStatus.SEE_OTHER)


@blueprint.post("/travel/<reference>/cancelled")
def cancel_ticket(reference: str) -> ResponseReturnValue:
    """Record that the airline cancelled the ticket."""
    registration = _traveller(reference)
    result = cancel(
        current_office(),
        registration.id,
        seen_at=_read_seen(CancelForm().seen.data),
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if isinstance(result, Moved):
        name = registration.full_name
        flash(gettext("The ticket of %(name)s is recorded as cancelled.", name=name), "done")
    else:
        flash(refusal_sentence(result), "failure")
    return redirect(
        url_for("secretariat.travel", meeting=registration.meeting_id), HTTPStatus.SEE_OTHER
    )


@blueprint.get("/travel/<reference>/passport/<int:page>.jpg")
def traveller_picture(reference: str, page: int) -> ResponseReturnValue:
    """Answer with a picture that we made of one page."""
    registration = _traveller(reference)
    file = _get_passport(registration)
    return answer_with_picture(registration, file, page, "large", why=Why.FLIGHT)


@blueprint.get("/travel/<reference>/passport")
def traveller_file(reference: str) -> Response:
    """Answer with the passport's copy, for saving."""
    registration = _traveller(reference)
    return answer_with_file(registration, _get_passport(registration), why=Why.FLIGHT)


def _by_city(rows: Iterable[TravelRow]) -> list[tuple[str, list[TravelRow]]]:
    """Return the rows by city of departure, however it was spelt; those without data come last,
    under ""."""
    found: dict[str, list[TravelRow]] = {}
    for row in rows:
        key = "" if row.travel is None else canonical_name(row.travel.city)
        found.setdefault(key, []).append(row)
    named = sorted(found.items(), key=lambda each: (not each[0], each[0]))
    return [(_city(rows[0]), rows) for _, rows in named]


def _city(row: TravelRow) -> str:
    return "" if row.travel is None else row.travel.city


def _show(
    row: TravelRow,
    form: TicketForm,
    code: int = HTTPStatus.OK,
    *,
    refusal: Refusal | None = None,
) -> ResponseReturnValue:
    registration = row.registration
    if row.travel is not None:
        record_look(current_office(), registration.id, by=staff_by(), at=g.arrived_at)
    page = render_template(
        "secretariat/traveller.html",
        registration=registration,
        row=row,
        rows=_data_rows(row),
        form=form,
        refusal=refusal,
        file=find_passport(registration),
        ticket_file=_find_ticket_file(row),
        received=find_received(current_office(), registration.id, FileRole.TICKET),
        turn=read_turn(),
    )
    return page, code


def _data_rows(row: TravelRow) -> list[tuple[str, str]]:
    """Return labels and values of what the person told."""
    if row.travel is None:
        return []
    words, data = current_words(), row.travel
    rows = [
        (gettext("Passport number"), data.number),
        (gettext("Kind of passport"), told.passport_kind(data.passport_kind, words)),
        (gettext("Nationality"), words.country(data.nationality)),
        (gettext("Date of birth"), words.day(data.born)),
        (gettext("Expires on"), words.day(data.expires)),
        (gettext("City of departure"), data.city),
        (gettext("Telephone"), data.telephone),
        (gettext("Visa"), told.visa_short(data.visa, words)),
        (gettext("Wishes"), data.wishes),
    ]
    return [each for each in rows if each[1]]


def _take_ticket(registration: Registration) -> str | None:
    """Take the e-ticket in, if one came; return what is wrong with it in words."""
    try:
        taken = take_upload("ticket", registration.id, FileRole.TICKET)
    except StorageFailed:
        current_app.logger.exception("a ticket could not be taken in")
        return gettext("The file could not be taken in just now. Try again in a few minutes.")
    if isinstance(taken, LockedFile | FileMissing):
        return None
    return refusal_sentence(taken)


def _find_ticket_file(row: TravelRow) -> LockedFile | None:
    if row.ticket is None or not row.ticket.file_id:
        return None
    return reading.find_file(db.session(), FileId(UUID(row.ticket.file_id)))


def _read_seen(text: str | None) -> datetime | None:
    """Return when the ticket that was on the page was recorded. What is no moment is one at which
    nothing was, so that it is refused."""
    if not text:
        return None
    try:
        seen = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return seen if seen.tzinfo else seen.replace(tzinfo=UTC)


def _traveller(reference: str) -> Registration:
    """Return the person whom the guard let this desk see."""
    registration: Registration = g.registration
    assert registration.reference == reference
    return registration


def _get_passport(registration: Registration) -> LockedFile:
    file = find_passport(registration)
    if file is None:
        abort(404)
    return file
