"""The entry's own papers: the letter, the signed record, the copy of the passport."""

from uuid import UUID

from flask import Response, abort, g

from registration.delegate import blueprint
from registration.delegate.current import current_entry, is_final
from registration.delegate.journey import find_journey
from registration.domain.events import DELEGATE
from registration.domain.ids import FileId
from registration.domain.openings import Why
from registration.domain.papers import Condition, IssuedLetter
from registration.domain.states import State
from registration.letters.pictures import count_pages, draw_page
from registration.registrar.certifying import make_certificate
from registration.registrar.opening import OpenedFile, open_file, read_own_paper
from registration.store import reading
from registration.store.database import db
from registration.uploads.kinds import FileKind
from registration.uploads.names import attachment
from registration.uploads.pictures import PICTURE_MEDIA_TYPE, draw_pages
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.words import gettext

#: Pixels of a letter's page on screen: 596 wide, for screens of two pixels to one.
LETTER_WIDTH = 1192
PASSPORT_WIDTH = 1400


@blueprint.get("/registration/<reference>/letter.pdf")
def letter() -> Response:
    """Send the newest letter."""
    issued = _get_letter()
    return _send_pdf(issued.file_id, f"{gettext('Letter')}-{issued.number.replace('/', '-')}.pdf")


@blueprint.get("/registration/<reference>/letter/<int:page>.png")
def letter_page(page: int) -> Response:
    """Send a picture of one page of the newest letter."""
    paper = _read(_get_letter().file_id)
    try:
        return Response(draw_page(paper.data, page, width=LETTER_WIDTH), mimetype="image/png")
    except LookupError:
        abort(404)


@blueprint.get("/registration/<reference>/record.pdf")
def record() -> Response:
    """Send the signed record of the acceptance."""
    acceptance = reading.find_acceptance(db.session(), current_entry().id)
    if acceptance is None or is_final() or current_entry().state is not State.ACCEPTED:
        abort(404)
    return _send_pdf(
        acceptance.record_id, f"{gettext('Acceptance')}-{current_entry().reference}.pdf"
    )


@blueprint.get("/registration/<reference>/certificate.pdf")
def certificate() -> Response:
    """Send the certificate of attendance to whoever came, once the meeting is over."""
    meeting = get_current_meeting()
    try:
        data = make_certificate(current_office(), meeting, current_entry(), now=g.arrived_at)
    except LookupError:
        abort(404)
    name = f"{gettext('Certificate')}-{current_entry().reference}.pdf"
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = attachment(name, "application/pdf")
    return response


@blueprint.get("/registration/<reference>/ticket")
def ticket() -> Response:
    """Send the file of the air ticket that is in force."""
    journey = find_journey(current_entry())
    held = journey.row.ticket
    if held is None or not held.file_id or not journey.has_itinerary or is_final():
        abort(404)
    paper = _read(FileId(UUID(held.file_id)))
    media_type = paper.file.media_type
    name = f"{gettext('Ticket')}-{current_entry().reference}.{paper.file.name.rpartition('.')[2]}"
    response = Response(paper.data, mimetype=media_type)
    response.headers["Content-Disposition"] = attachment(name, media_type)
    return response


@blueprint.get("/registration/<reference>/passport/<int:page>.jpg")
def passport(page: int) -> Response:
    """Send a picture that we made of the copy of the passport. The opening is in the history."""
    id = current_entry().passport
    file = None if id is None or is_final() else reading.find_file(db.session(), id)
    if file is None or file.condition is not Condition.CLEAN or not 1 <= page <= file.pages:
        abort(404)
    try:
        opened = open_file(
            current_office(),
            file.id,
            of=current_entry().id,
            by=DELEGATE,
            why=Why.OWN,
            arrived_at=g.arrived_at,
        )
    except LookupError:
        abort(404)
    pictures = draw_pages(opened.data, FileKind.of(file.media_type), width=PASSPORT_WIDTH)
    return Response(pictures[page - 1], mimetype=PICTURE_MEDIA_TYPE)


def count_letter_pages(issued: IssuedLetter) -> int:
    """Return how many pages the letter has."""
    return count_pages(_read(issued.file_id).data)


def _get_letter() -> IssuedLetter:
    """Return the letter that is in force. 404 where there is none."""
    issued = reading.find_newest_letter(db.session(), current_entry().id)
    if issued is None or is_final():
        abort(404)
    if current_entry().state not in {State.INVITED, State.ACCEPTED}:
        abort(404)
    return issued


def _read(id: FileId) -> OpenedFile:
    """Return a paper that we made for this entry. 404 for another entry's."""
    try:
        return read_own_paper(current_office(), id, of=current_entry().id)
    except LookupError:
        abort(404)


def _send_pdf(id: FileId, name: str) -> Response:
    response = Response(_read(id).data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = attachment(name, "application/pdf")
    return response
