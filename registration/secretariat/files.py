"""The files of an entry at the desk. Each opening is in the history before the first byte leaves.

What strangers sent was made anew; even so nothing of it is shown but pictures that we drew, and the
file leaves as a download, which no browser opens in our name.
"""

from uuid import UUID

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue

from registration.domain.ids import FileId
from registration.domain.openings import Why
from registration.domain.papers import Condition, FileRole, LockedFile
from registration.domain.registrations import Registration
from registration.registrar.opening import OpenedFile, open_file
from registration.secretariat import blueprint
from registration.secretariat.entry import read_turn
from registration.secretariat.finding import get_entry
from registration.store import reading
from registration.store.database import db
from registration.uploads.kinds import FileKind
from registration.uploads.names import attachment
from registration.uploads.pictures import PICTURE_MEDIA_TYPE, draw_pages
from registration.web.office import current_office
from registration.web.staff import staff_by

#: Pixels: twice the 560 of the tray, for sharp screens; and the enlarged page.
TRAY_WIDTH, ENLARGED_WIDTH = 1120, 2200
#: What a downloaded file of a stranger may do if a browser opens it all the same.
SANDBOX = "default-src 'none'; sandbox"
_DOWNLOADS = frozenset(
    {FileRole.PASSPORT, FileRole.SIGNED_LETTER, FileRole.REQUEST, FileRole.NOMINATION}
)


@blueprint.get("/entry/<reference>/passport/<int:page>")
def passport_page(reference: str, page: int) -> ResponseReturnValue:
    """Show one page of the passport, enlarged."""
    registration = get_entry(reference)
    file = _get_passport(registration)
    if not 1 <= page <= file.pages:
        abort(404)
    return render_template(
        "secretariat/passport.html",
        registration=registration,
        file=file,
        page=page,
        turn=read_turn(),
    )


@blueprint.get("/entry/<reference>/passport/<int:page>/<any(small,large):size>.jpg")
def passport_picture(reference: str, page: int, size: str) -> ResponseReturnValue:
    """Answer with a picture that we made of one page."""
    registration = get_entry(reference)
    file = _get_passport(registration)
    return answer_with_picture(registration, file, page, size, why=Why.REVIEW)


@blueprint.get("/entry/<reference>/file/<uuid:file_id>")
def file(reference: str, file_id: UUID) -> ResponseReturnValue:
    """Answer with a file that somebody sent, as it was made anew, for saving."""
    registration = get_entry(reference)
    found = reading.find_file(db.session(), FileId(file_id))
    owners = {registration.id, registration.nomination_id}
    if found is None or found.entry_id not in owners or found.role not in _DOWNLOADS:
        abort(404)
    _abort_unless_clean(found)
    return answer_with_file(registration, found, why=Why.REVIEW)


@blueprint.get("/entry/<reference>/letter/<uuid:letter_id>.pdf")
def letter(reference: str, letter_id: UUID) -> ResponseReturnValue:
    """Answer with a letter that we issued."""
    registration = get_entry(reference)
    letters = reading.list_letters(db.session(), registration.id)
    found = next((each for each in letters if each.id == letter_id), None)
    if found is None:
        abort(404)
    return _paper(registration, found.file_id, f"{found.number.replace('/', '-')}.pdf")


@blueprint.get("/entry/<reference>/record.pdf")
def record(reference: str) -> ResponseReturnValue:
    """Answer with the signed record of the acceptance."""
    registration = get_entry(reference)
    acceptance = reading.find_acceptance(db.session(), registration.id)
    if acceptance is None:
        abort(404)
    name = f"{acceptance.letter_number.replace('/', '-')}-record.pdf"
    return _paper(registration, acceptance.record_id, name)


def answer_with_picture(
    registration: Registration, file: LockedFile, page: int, size: str, *, why: Why
) -> Response:
    """Answer with a picture that we made of one page, turned as the address asks.

    size: "small" for the tray, else "large".
    """
    if not 1 <= page <= file.pages:
        abort(404)
    opened = _open(registration, file.id, why)
    width = TRAY_WIDTH if size == "small" else ENLARGED_WIDTH
    kind = FileKind.of(file.media_type)
    pictures = draw_pages(opened.data, kind, width=width, rotation=read_turn())
    return Response(pictures[page - 1], mimetype=PICTURE_MEDIA_TYPE)


def answer_with_file(registration: Registration, file: LockedFile, *, why: Why) -> Response:
    """Answer with the file itself, for saving."""
    answer = Response(_open(registration, file.id, why).data, mimetype=file.media_type)
    name = file.name or f"{registration.reference} {file.role}"
    answer.headers["Content-Disposition"] = attachment(name, file.media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def find_passport(registration: Registration) -> LockedFile | None:
    """Return the passport's row, or None where there is none."""
    if registration.passport is None:
        return None
    return reading.find_file(db.session(), registration.passport)


def _get_passport(registration: Registration) -> LockedFile:
    """Return the passport's row. Answers 404 where there is none to be seen."""
    file = find_passport(registration)
    if file is None:
        abort(404)
    _abort_unless_clean(file)
    return file


def _abort_unless_clean(file: LockedFile) -> None:
    """Answer 404 for a file that is not made anew yet, or could not be."""
    if file.condition is not Condition.CLEAN:
        abort(404)


def _open(registration: Registration, id: FileId, why: Why) -> OpenedFile:
    """Open the file. Answers 404 where it is not this entry's, or not to be opened any more."""
    try:
        return open_file(
            current_office(),
            id,
            of=registration.id,
            by=staff_by(),
            why=why,
            arrived_at=g.arrived_at,
        )
    except LookupError:
        abort(404)


def _paper(registration: Registration, id: FileId, name: str) -> Response:
    # Not `send_file`: it lets the browser keep a copy, and these are not to outlive a sign-out.
    answer = Response(_open(registration, id, Why.REVIEW).data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
