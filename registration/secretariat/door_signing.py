"""A delegate signs at the door: the letter and its terms in the delegate's language, the name typed
and the signature drawn before somebody of the staff, in whose name the acceptance is recorded."""

from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import InputRequired

from registration.domain.door_refusals import SignatureMissing
from registration.domain.ids import LetterId
from registration.domain.openings import Why
from registration.domain.papers import IssuedLetter
from registration.domain.refusals import LetterReplaced, Refusal, TermsChanged
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.language.translator import get_translator
from registration.letters.pictures import count_pages, draw_page
from registration.registrar import accepting
from registration.registrar.office import Moved
from registration.registrar.opening import open_file, read_own_paper
from registration.registrar.signing import Signing, digest_of_shown, list_terms
from registration.secretariat import blueprint
from registration.secretariat.answering import code_of
from registration.secretariat.at_door import get_guest
from registration.secretariat.forms import VersionForm
from registration.store import reading
from registration.store.database import db
from registration.uploads.signatures import judge_signature
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.signing_fields import SigningFields
from registration.web.staff import get_staff, staff_by
from registration.web.templates import refusal_sentence
from registration.web.words import gettext

#: Pixels of a letter's page, for screens of two pixels to one.
_LETTER_WIDTH = 1192


class SignForm(SigningFields, VersionForm):
    """What the delegate fills in at the door. back: the language to go back to."""

    letter = HiddenField(validators=[InputRequired()])
    back = HiddenField()

    @property
    def seen_letter(self) -> LetterId:
        """Return which letter was shown; where the field holds none, one that no entry has."""
        try:
            return LetterId(UUID(self.letter.data or ""))
        except ValueError:
            return LetterId(UUID(int=0))


@blueprint.get("/<meeting>/door/<reference>/sign")
def door_sign(reference: str) -> ResponseReturnValue:
    """Show the letter, the terms and the form."""
    registration, letter = _get_invited(reference)
    back = request.args.get("back", "")
    form = SignForm(formdata=None, version=registration.version, back=back)
    return _show(registration, letter, form)


@blueprint.post("/<meeting>/door/<reference>/sign")
def save_door_sign(reference: str) -> ResponseReturnValue:
    """Record the acceptance, as signed at the door before whoever is signed in."""
    registration, letter = _get_invited(reference, also_accepted=True)
    form = SignForm()
    if not form.validate():
        return _show(registration, letter, form, code=HTTPStatus.UNPROCESSABLE_ENTITY)
    drawing = judge_signature(form.signature.data or "")
    if not isinstance(drawing, bytes):
        form.signature.data = ""
        return _show(registration, letter, form, refusal=SignatureMissing())
    result = accepting.accept(
        current_office(),
        registration.id,
        _to_signing(form, drawing),
        version=form.seen_version,
        by=staff_by(),
        arrived_at=g.arrived_at,
        reason=gettext("signed at the door"),
    )
    if isinstance(result, LetterReplaced | TermsChanged):
        form.letter.data, form.accept.data, form.signature.data = str(letter.id), False, ""
        form.version.data = str(registration.version)
    if not isinstance(result, Moved):
        return _show(registration, letter, form, refusal=result)
    return _go_back(form, registration)


@blueprint.get("/<meeting>/door/<reference>/letter/<int:page>.png")
def door_letter_page(reference: str, page: int) -> Response:
    """Answer with a picture of one page of the letter that is to be signed."""
    registration, letter = _get_invited(reference)
    opened = open_file(
        current_office(),
        letter.file_id,
        of=registration.id,
        by=staff_by(),
        why=Why.DOOR,
        arrived_at=g.arrived_at,
    )
    try:
        return Response(draw_page(opened.data, page, width=_LETTER_WIDTH), mimetype="image/png")
    except LookupError:
        abort(404)


def _get_invited(
    reference: str, *, also_accepted: bool = False
) -> tuple[Registration, IssuedLetter]:
    """Return the entry and its letter. 404 for one that has no letter to sign."""
    registration = get_guest(reference)
    letter = reading.find_newest_letter(db.session(), registration.id)
    states = {State.INVITED, State.ACCEPTED} if also_accepted else {State.INVITED}
    if registration.state not in states or letter is None:
        abort(404)
    return registration, letter


def _to_signing(form: SignForm, drawing: bytes) -> Signing:
    return Signing(
        letter_id=form.seen_letter,
        typed_name=form.typed_name.data,
        is_accepted=bool(form.accept.data),
        address=request.remote_addr or "",
        browser=request.user_agent.string,
        terms_sha256=form.terms.data or None,
        at_the_door=True,
        signature_png=drawing,
    )


def _go_back(form: SignForm, registration: Registration) -> ResponseReturnValue:
    """Lead to the person's page in the language in which the door works."""
    languages = get_current_meeting().languages
    back = str(form.back.data if form.back.data in languages else g.language)
    words = get_translator(back)
    flash(
        words.gettext("Thank you. The acceptance is recorded; the record goes out by e-mail."),
        "done",
    )
    address = url_for("secretariat.door_person", reference=registration.reference, lang=back)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _show(
    registration: Registration,
    letter: IssuedLetter,
    form: SignForm,
    *,
    refusal: Refusal | None = None,
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    meeting = get_current_meeting()
    form.letter.data = form.letter.data or str(letter.id)
    form.terms.data = digest_of_shown(meeting, registration)
    paper = read_own_paper(current_office(), letter.file_id, of=registration.id)
    page = render_template(
        "secretariat/door/sign.html",
        registration=registration,
        letter=letter,
        form=form,
        refusals=[refusal_sentence(refusal)] if refusal else [],
        pages=count_pages(paper.data),
        terms=list_terms(meeting, registration),
        witness=get_staff().name,
    )
    return page, code if refusal is None else code_of(refusal)
