"""Recording an acceptance that came on paper, with the scan of the signed letter."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from registration.domain.ids import LetterId
from registration.domain.papers import FileRole, IssuedLetter
from registration.domain.refusals import CameSecond, LetterReplaced, Refusal
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.language.refusals import file_sentence
from registration.registrar import accepting
from registration.registrar.office import Moved
from registration.registrar.receiving import find_received
from registration.registrar.signing import Signing
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of, done
from registration.secretariat.entry import show_entry
from registration.secretariat.finding import get_entry
from registration.secretariat.forms import AcceptForm
from registration.store import reading
from registration.store.database import db
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words
from registration.web.uploading import take_upload
from registration.web.words import gettext


@blueprint.get("/entry/<reference>/accept")
def accept(reference: str) -> ResponseReturnValue:
    """Show the form for an acceptance on behalf."""
    registration = get_entry(reference)
    letter = reading.find_newest_letter(db.session(), registration.id)
    if registration.state is not State.INVITED or letter is None:
        abort(404)
    form = AcceptForm(formdata=None, version=registration.version, letter=str(letter.id))
    return _show(registration, letter, form)


@blueprint.post("/entry/<reference>/accept")
def save_acceptance(reference: str) -> ResponseReturnValue:
    """Record the acceptance."""
    registration = get_entry(reference)
    letter = reading.find_newest_letter(db.session(), registration.id)
    if letter is None:
        abort(404)
    form = AcceptForm()
    is_good = form.validate()
    if not _take_scan(registration, form) or not is_good:
        return _show(registration, letter, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    result = accepting.accept(
        current_office(),
        registration.id,
        _signing(form),
        version=form.seen_version,
        by=staff_by(),
        arrived_at=g.arrived_at,
        reason=_tell_how(form),
    )
    if isinstance(result, CameSecond):
        return show_entry(get_entry(reference), refusal=result)
    if isinstance(result, LetterReplaced):
        form.letter.data, form.version.data = str(letter.id), str(registration.version)
        form.accept.data = False
    if not isinstance(result, Moved):
        return _show(registration, letter, form, refusal=result)
    if result.repeated:
        return done(_tell_repeated(registration), reference)
    return done(gettext("Accepted: %(name)s.", name=registration.full_name), reference)


def _tell_repeated(registration: Registration) -> str:
    acceptance = reading.find_acceptance(db.session(), registration.id)
    at = registration.changed_at if acceptance is None else acceptance.accepted_at
    return gettext(
        "This letter was accepted on %(moment)s already. Nothing has changed.",
        moment=current_words().moment(at, get_current_meeting().zone),
    )


def _tell_how(form: AcceptForm) -> str:
    # Translators: a line of a history: when a paper was signed, and how it came back
    return gettext(
        "Signed on %(day)s. %(how)s",
        day=current_words().day(form.signed_on.data),
        how=form.reason.data,
    )


def _signing(form: AcceptForm) -> Signing:
    return Signing(
        letter_id=_letter_id(form.letter.data or ""),
        typed_name=form.typed_name.data,
        is_accepted=bool(form.accept.data),
        address=request.remote_addr or "",
        browser=request.user_agent.string,
    )


def _letter_id(text: str) -> LetterId:
    """Return the letter that the form was drawn for. Answers 400 for what is no id."""
    try:
        return LetterId(UUID(text))
    except ValueError:
        abort(400)


def _take_scan(registration: Registration, form: AcceptForm) -> bool:
    """Take the scan, which must come. Returns whether nothing was wrong with it."""
    taken = take_upload("signed_letter", registration.id, FileRole.SIGNED_LETTER)
    if hasattr(taken, "id"):
        return True
    form.signed_letter.errors = [file_sentence(taken, current_words())]
    return False


def _show(
    registration: Registration,
    letter: IssuedLetter,
    form: AcceptForm,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    page = render_template(
        "secretariat/accept.html",
        registration=registration,
        letter=letter,
        form=form,
        refusal=refusal,
        received=find_received(current_office(), registration.id, FileRole.SIGNED_LETTER),
    )
    return page, code if refusal is None else code_of(refusal)
