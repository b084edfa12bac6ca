"""The page on which anybody with a letter in hand learns whether it is genuine (T17, T18, T56).

It shows what can be compared with the paper and nothing more: number, masked name, delegation,
meeting, dates. A code that was never issued and one mistyped are the same to it. The file of a
letter can be given to it too: it is hashed in memory, compared, and gone with the request.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FileField, StringField
from wtforms.validators import InputRequired, ValidationError

from registration.domain.meeting import Delegation
from registration.domain.papers import IssuedLetter
from registration.domain.refusals import FileEmpty, FileFault, FileMissing, FileTooLarge
from registration.domain.verification import Verdict, judge_letter, mask_name
from registration.language.refusals import file_sentence
from registration.letters.held_files import LARGEST_LETTER
from registration.links.tokens import digest, read_code
from registration.public import blueprint
from registration.registrar.recognising import Match, recognise
from registration.store import reading
from registration.store.database import db
from registration.web import limits
from registration.web.current_meeting import find_meeting, show_meeting
from registration.web.receiving import ReceivedUpload, take_file
from registration.web.templates import current_words
from registration.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class VerifiedLetter:
    """What the page shows of a letter. masked_name: "A… L… M… V…", or "" once it is erased.

    Moments are aware UTC. replaced_at, withdrawn_at: since when, or None.
    """

    verdict: Verdict
    number: str
    newest_number: str
    masked_name: str
    delegation: Delegation
    issued_at: datetime
    replaced_at: datetime | None
    withdrawn_at: datetime | None


_ENTER = lazy_gettext("Enter the code that stands beside the QR of the letter.")


class CodeForm(FlaskForm):
    """The code as it stands under the QR of a letter. It moves nothing, so it is asked by GET."""

    class Meta:
        csrf = False

    code = StringField(lazy_gettext("Code of the letter"), validators=[InputRequired(_ENTER)])

    def validate_code(self, field: StringField) -> None:
        """Refuse what holds no letter and no figure."""
        if not read_code(field.data or ""):
            raise ValidationError(_ENTER)


class LetterFileForm(FlaskForm):
    """The file of a letter. It moves nothing either, but a file does not fit in an address."""

    letter = FileField(lazy_gettext("File of the letter"))


@blueprint.get("/verify/")
def verify() -> ResponseReturnValue:
    """Ask for the code of a letter, and lead to its page."""
    form = CodeForm(request.args)
    if "code" not in request.args:
        return _ask(form, LetterFileForm(formdata=None))
    if not form.validate():
        return _ask(form, LetterFileForm(formdata=None), HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(url_for("public.verified", code=read_code(form.code.data or "")), 303)


@blueprint.post("/verify/")
def check_file() -> ResponseReturnValue:
    """Say whether the file is a letter that we issued. Nothing of it is kept."""
    limits.guard(limits.CHECKED_FILE)
    taken = take_file(request, "letter")
    if isinstance(taken, ReceivedUpload) and len(taken.data) > LARGEST_LETTER:
        taken = FileTooLarge(size=len(taken.data), limit=LARGEST_LETTER)
    if not isinstance(taken, ReceivedUpload):
        return _refuse_file(taken)
    found = recognise(db.session(), taken.data)
    letter = None if found.letter is None else _describe(found.letter)
    if letter is None or found.match is not Match.ISSUED:
        match = Match.UNKNOWN if letter is None else found.match
        return render_template("public/not_ours.html", match=match, letter=letter, form=_again())
    return _show(letter, is_file=True)


@blueprint.get("/verify/<code>")
def verified(code: str) -> ResponseReturnValue:
    """Say whether the letter with this code is valid, replaced, withdrawn, or none of ours."""
    limits.refuse_if_spent(limits.UNKNOWN_LETTER)
    found = reading.find_letter_by_code(db.session(), digest(read_code(code)))
    letter = None if found is None else _describe(found)
    if letter is None:
        limits.guard(limits.UNKNOWN_LETTER)
        return render_template("public/verified.html", letter=None), 404
    return _show(letter, is_file=False)


@blueprint.after_request
def keep_out_of_indexes(response: Response) -> Response:
    """Ask search engines to leave these pages alone: an address of one holds a letter's code."""
    if (request.endpoint or "") in {"public.verify", "public.check_file", "public.verified"}:
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _ask(
    code_form: CodeForm, file_form: LetterFileForm, status: int = HTTPStatus.OK
) -> ResponseReturnValue:
    page = render_template(
        "public/verify.html",
        code_form=code_form,
        file_form=file_form,
        form=code_form if code_form.errors else file_form,  # whose errors the title tells
    )
    return page, status


def _again() -> LetterFileForm:
    return LetterFileForm(formdata=None)


def _show(letter: VerifiedLetter, *, is_file: bool) -> ResponseReturnValue:
    page = render_template(
        "public/verified.html", letter=letter, is_file=is_file, now=g.arrived_at, form=_again()
    )
    return page, HTTPStatus.OK


def _refuse_file(fault: FileFault) -> ResponseReturnValue:
    form = _again()
    sentence = file_sentence(fault, current_words())
    if isinstance(fault, FileMissing | FileEmpty):
        sentence = gettext("Choose the file of the letter: the PDF as it came by e-mail.")
    form.letter.errors = [sentence]
    is_large = isinstance(fault, FileTooLarge)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_large else HTTPStatus.UNPROCESSABLE_ENTITY
    return _ask(CodeForm(formdata=None), form, status)


def _describe(letter: IssuedLetter) -> VerifiedLetter | None:
    registration = reading.get_registration(db.session(), letter.registration_id)
    meeting = find_meeting(registration.meeting_id)
    if meeting is None:
        return None
    show_meeting(meeting)
    return VerifiedLetter(
        verdict=judge_letter(letter, meeting),
        number=letter.number,
        newest_number=letter.newest_number,
        masked_name=mask_name(letter.full_name),
        delegation=meeting.get_delegation(registration.delegation_key),
        issued_at=letter.issued_at,
        replaced_at=letter.replaced_at,
        withdrawn_at=letter.withdrawn_at,
    )
