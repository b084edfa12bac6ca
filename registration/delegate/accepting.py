"""Reading the letter and signing its acceptance."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, flash, g, render_template, request
from flask.typing import ResponseReturnValue

from registration.delegate import blueprint
from registration.delegate.current import bind, current_entry, to_entry
from registration.delegate.entry import list_own_moves
from registration.delegate.forms import AcceptForm
from registration.delegate.papers import count_letter_pages
from registration.delegate.patience import has_expired, keeps_typing
from registration.delegate.refusing import answer, tell
from registration.domain.events import DELEGATE
from registration.domain.ids import LetterId
from registration.domain.papers import FileRole, LockedFile
from registration.domain.refusals import (
    FileMissing,
    LetterReplaced,
    NotPermitted,
    TermsChanged,
    TermsNotAccepted,
    WrongName,
)
from registration.domain.registrations import Registration
from registration.domain.states import FINAL, MoveName, State
from registration.registrar import accepting
from registration.registrar.office import Moved
from registration.registrar.signing import Signing, digest_of_shown, list_terms
from registration.store import reading
from registration.store.database import db
from registration.uploads.signatures import judge_signature
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.templates import current_words
from registration.web.uploading import take_upload
from registration.web.words import gettext


@blueprint.get("/registration/<reference>/accept")
def accept() -> ResponseReturnValue:
    """Show the letter, the terms and the form; whoever has signed is told so."""
    if current_entry().state is State.ACCEPTED:
        return _tell_repeated(current_entry())
    if "accept" not in list_own_moves(current_entry()):
        abort(404)
    form = AcceptForm()
    bind(form)
    return _show(form)


@blueprint.post("/registration/<reference>/accept")
@keeps_typing
def save_acceptance() -> ResponseReturnValue:
    """Take the signature."""
    if current_entry().state in FINAL:
        # Its page shows nothing personal, and no form is to bring it back.
        return answer(NotPermitted(move=MoveName.ACCEPT, state=current_entry().state))
    form = AcceptForm()
    form.scan_file = take_upload("signed_letter", current_entry().id, FileRole.SIGNED_LETTER)
    if has_expired(form):
        return _show(form, HTTPStatus.BAD_REQUEST)
    status, drawing = _judge(form)
    if status is not None:
        return _show(form, status)
    match accepting.accept(
        current_office(),
        current_entry().id,
        _to_signing(form, drawing),
        version=form.seen_version,
        by=DELEGATE,
        arrived_at=g.arrived_at,
    ):
        case Moved(registration, repeated=True):
            return _tell_repeated(registration)
        case Moved():
            flash(
                gettext("Your participation is confirmed. We sent you the signed record."), "done"
            )
            return to_entry()
        case WrongName() | TermsNotAccepted() as refusal:
            return _show(form, tell(form, refusal))
        case LetterReplaced() | TermsChanged() as refusal:
            return _show_anew(form, refusal)
        case refusal:
            return answer(refusal)


def _tell_repeated(registration: Registration) -> ResponseReturnValue:
    """Lead to the entry, and say that nothing was changed."""
    acceptance = reading.find_acceptance(db.session(), registration.id)
    if acceptance is not None:
        meeting = get_current_meeting()
        flash(
            gettext(
                "You accepted letter %(number)s on %(moment)s (%(zone)s). Nothing has changed.",
                number=acceptance.letter_number,
                moment=current_words().moment(acceptance.accepted_at, meeting.zone),
                zone=meeting.zone_name[g.language],
            ),
            "done",
        )
    return to_entry(registration)


def _show_anew(form: AcceptForm, refusal: LetterReplaced | TermsChanged) -> ResponseReturnValue:
    """Show the letter and the terms that are in force, to be read and accepted; what was typed
    stays, but for the box and the drawing: they were meant for others."""
    g.registration = reading.get_registration(db.session(), current_entry().id)
    status = tell(form, refusal)
    bind(form)
    form.letter.data, form.accept.data, form.signature.data = "", False, ""
    return _show(form, status)


def _judge(form: AcceptForm) -> tuple[HTTPStatus | None, bytes | None]:
    """Return the status of a form that is not good, and the drawing, made anew by us."""
    status = None if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    if not isinstance(form.scan_file, LockedFile | FileMissing | None):
        status = tell(form, form.scan_file, "signed_letter")
    drawing = judge_signature(form.signature.data or "")
    if drawing is not None and not isinstance(drawing, bytes):
        form.signature.data = ""
        form.form_errors.append(gettext("The drawing did not arrive. Draw your signature again."))
        return HTTPStatus.UNPROCESSABLE_ENTITY, None
    return status, drawing


def _to_signing(form: AcceptForm, drawing: bytes | None) -> Signing:
    return Signing(
        letter_id=_read_letter(form),
        terms_sha256=form.terms.data or None,
        typed_name=form.typed_name.data,
        is_accepted=bool(form.accept.data),
        address=request.remote_addr or "",
        browser=request.user_agent.string,
        signature_png=drawing,
    )


def _read_letter(form: AcceptForm) -> LetterId:
    """Return which letter was shown; where the field holds none, one that no entry has."""
    try:
        return LetterId(UUID(form.letter.data or ""))
    except ValueError:
        return LetterId(UUID(int=0))


def _show(form: AcceptForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    registration = current_entry()
    letter = reading.find_newest_letter(db.session(), registration.id)
    if letter is None:
        abort(404)
    form.letter.data = form.letter.data or str(letter.id)
    form.terms.data = digest_of_shown(get_current_meeting(), registration)
    page = render_template(
        "delegate/accept.html",
        form=form,
        registration=registration,
        letter=letter,
        letter_file=reading.get_file(db.session(), letter.file_id),
        pages=count_letter_pages(letter),
        terms=list_terms(get_current_meeting(), registration),
        scan=form.scan_file if isinstance(form.scan_file, LockedFile) else None,
    )
    return page, status
