"""Messages to a selection: written, looked at recipient by recipient, and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID, uuid4

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.batches import Batch
from registration.domain.events import Occasion
from registration.domain.ids import RegistrationId
from registration.domain.messages import Message, refuse_message
from registration.domain.refusals import Refusal
from registration.domain.registrations import Registration
from registration.language.messages import field_words
from registration.mail.previewing import Preview, preview_mail
from registration.registrar import writing_to
from registration.secretariat import blueprint
from registration.secretariat.choosing import list_chosen
from registration.secretariat.framing import frame, with_frame
from registration.secretariat.message_form import MessageForm, make_message_form
from registration.secretariat.papers import nobody_chosen, to_batch
from registration.store import reading
from registration.store.database import db
from registration.store.reading.messages import find_message, list_messages
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words, refusal_sentence

#: As many messages as the page shows.
SHOWN_MESSAGES = 50
# Entries read at a time.
_PAGE = 500


@dataclass(frozen=True)
class Recipients:
    """To whom a message goes, in the order chosen. refused: who does not get it, and why."""

    everybody: Sequence[Registration]
    refused: Mapping[RegistrationId, Refusal]

    @property
    def reached(self) -> Sequence[Registration]:
        return [each for each in self.everybody if each.id not in self.refused]


@blueprint.get("/<meeting>/messages/")
def messages() -> str:
    """Show the messages that were written, and what became of each."""
    session = db.session()
    found = list_messages(session, get_current_meeting().id, limit=SHOWN_MESSAGES)
    batches = {each.id: reading.find_batch(session, each.id) for each in found}
    return render_template("secretariat/messages.html", messages=found, batches=batches)


@blueprint.post("/<meeting>/write")
def write() -> ResponseReturnValue:
    """Keep to whom a message is to go, and lead to the page where it is written."""
    begun = writing_to.begin(
        current_office(),
        id=find_entry_id(request.form.get("batch", "")) or uuid4(),
        meeting_id=get_current_meeting().id,
        chosen=list_chosen(),
        by=staff_by(),
        at=g.arrived_at,
    )
    if not isinstance(begun, Message):
        flash(nobody_chosen(), "attention")
        return redirect(f"{url_for('secretariat.entries')}#entries", HTTPStatus.SEE_OTHER)
    return redirect(url_for("secretariat.compose", message_id=begun.id), HTTPStatus.SEE_OTHER)


@blueprint.get("/<meeting>/messages/<uuid:message_id>/")
def compose(message_id: UUID) -> ResponseReturnValue:
    """Show the message to be written; one that was sent, as it was sent."""
    message = _get_message(message_id)
    if reading.find_batch(db.session(), message.id) is not None:
        return redirect(url_for(".preview_message", message_id=message.id), HTTPStatus.SEE_OTHER)
    people = _list_recipients(message)
    written = {f"subject_{code}": text for code, text in message.subjects.items()}
    written |= {f"body_{code}": text for code, text in message.bodies.items()}
    return _show_form(message, people, _make_form(people, formdata=None, data=written))


@blueprint.post("/<meeting>/messages/<uuid:message_id>/")
def save_message(message_id: UUID) -> ResponseReturnValue:
    """Keep the words and lead to the preview."""
    message = _get_message(message_id)
    people = _list_recipients(message)
    form = _make_form(people)
    if not form.validate():
        return _show_form(message, people, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    refusal = writing_to.save_words(
        current_office(),
        message.id,
        subjects=form.subjects(),
        bodies=form.bodies(),
        at=g.arrived_at,
    )
    if refusal is not None:
        flash(refusal_sentence(refusal), "attention")
    return redirect(url_for(".preview_message", message_id=message.id), HTTPStatus.SEE_OTHER)


@blueprint.get("/<meeting>/messages/<uuid:message_id>/preview")
def preview_message(message_id: UUID) -> ResponseReturnValue:
    """Show the mail of one recipient after another, as it will look."""
    message = _get_message(message_id)
    people = _list_recipients(message)
    number = min(max(request.args.get("n", 1, type=int), 1), max(len(people.reached), 1))
    shown = people.reached[number - 1] if people.reached else None
    page = render_template(
        "secretariat/message.html",
        message=message,
        people=people,
        number=number,
        shown=shown,
        preview=None if shown is None else _preview(message, shown),
        batch=reading.find_batch(db.session(), message.id),
    )
    return with_frame(page)


@blueprint.get("/<meeting>/messages/<uuid:message_id>/mail/<reference>")
def message_frame(message_id: UUID, reference: str) -> Response:
    """Answer with the HTML of one recipient's mail, for the frame of the preview."""
    message = _get_message(message_id)
    found = reading.find_by_reference(db.session(), reference)
    is_chosen = found is not None and found.id in {id for id, _ in message.chosen}
    if found is None or not is_chosen or refuse_message(found, message) is not None:
        abort(404)
    return frame(_preview(message, found))


@blueprint.post("/<meeting>/messages/<uuid:message_id>/send")
def send_message(message_id: UUID) -> ResponseReturnValue:
    """Ask for the message to be sent; the worker writes one mail after another."""
    message = _get_message(message_id)
    if not any(message.speaks(code) for code in get_current_meeting().languages):
        return redirect(url_for(".compose", message_id=message.id), HTTPStatus.SEE_OTHER)
    asked = writing_to.send(current_office(), message, by=staff_by(), arrived_at=g.arrived_at)
    if not isinstance(asked, Batch):
        abort(HTTPStatus.BAD_REQUEST)
    return to_batch(asked)


def _get_message(id: UUID) -> Message:
    found = find_message(db.session(), id)
    if found is None or found.meeting_id != get_current_meeting().id:
        abort(404)
    return found


def _list_recipients(message: Message) -> Recipients:
    ids = [id for id, _ in message.chosen]
    found: dict[RegistrationId, Registration] = {}
    for at in range(0, len(ids), _PAGE):
        page = reading.list_by_ids(db.session(), ids[at : at + _PAGE])
        found |= {each.id: each for each in page}
    everybody = [found[id] for id in ids if id in found]
    refused = {each.id: refuse_message(each, message) for each in everybody}
    return Recipients(everybody, {id: why for id, why in refused.items() if why is not None})


def _make_form(people: Recipients, **initial: object) -> MessageForm:
    meeting = get_current_meeting()
    read = {each.particulars.language for each in people.everybody}
    return make_message_form(meeting, read & set(meeting.languages), **initial)


def _preview(message: Message, registration: Registration) -> Preview:
    return preview_mail(
        Occasion.MESSAGE,
        get_current_meeting(),
        registration,
        current_office().addresses,
        message=message,
    )


def _show_form(
    message: Message, people: Recipients, form: MessageForm, code: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template(
        "secretariat/write.html",
        message=message,
        people=people,
        form=form,
        fields=field_words(current_words()),
    )
    return page, code
