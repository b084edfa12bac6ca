"""The page on which anybody with a letter in hand learns whether it is genuine (T17).

It shows what can be compared with the paper and nothing more: number, masked name, delegation,
meeting, date. A code that was never issued and one mistyped are the same to it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from registration.domain.meeting import Delegation, Meeting
from registration.domain.papers import IssuedLetter, LetterStatus
from registration.links.tokens import digest, read_code
from registration.public import blueprint
from registration.store import reading
from registration.store.database import db
from registration.web import limits
from registration.web.current_meeting import find_meeting


class Verdict(StrEnum):
    """What the page says. REHEARSAL: genuine, but of a meeting whose letters are not valid."""

    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True, kw_only=True)
class VerifiedLetter:
    """What the page shows of a letter. masked_name: "A… L… M… V…". issued_at: aware UTC."""

    verdict: Verdict
    number: str
    newest_number: str
    masked_name: str
    delegation: Delegation
    issued_at: datetime


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


@blueprint.get("/verify/")
def verify() -> ResponseReturnValue:
    """Ask for the code of a letter, and lead to its page."""
    form = CodeForm(request.args)
    if "code" not in request.args:
        return render_template("public/verify.html", form=form)
    if not form.validate():
        return render_template("public/verify.html", form=form), 422
    return redirect(url_for("public.verified", code=read_code(form.code.data or "")), 303)


@blueprint.get("/verify/<code>")
def verified(code: str) -> ResponseReturnValue:
    """Say whether the letter with this code is valid, replaced, withdrawn, or none of ours."""
    limits.refuse_if_spent(limits.UNKNOWN_LETTER)
    found = reading.find_letter_by_code(db.session(), digest(read_code(code)))
    letter = None if found is None else _describe(found)
    if letter is None:
        limits.guard(limits.UNKNOWN_LETTER)
        return render_template("public/verified.html", letter=None), 404
    return render_template("public/verified.html", letter=letter, now=g.arrived_at)


def mask_name(name: str) -> str:
    """Return the first letter of each part: enough to compare, not enough to learn a name."""
    return " ".join(f"{part[0]}…" for part in name.split())


def _describe(letter: IssuedLetter) -> VerifiedLetter | None:
    registration = reading.get_registration(db.session(), letter.registration_id)
    meeting = find_meeting(registration.meeting_id)
    if meeting is None:
        return None
    g.meeting = meeting
    return VerifiedLetter(
        verdict=_verdict(letter, meeting),
        number=letter.number,
        newest_number=letter.newest_number,
        masked_name=mask_name(letter.full_name),
        delegation=meeting.get_delegation(registration.delegation_key),
        issued_at=letter.issued_at,
    )


def _verdict(letter: IssuedLetter, meeting: Meeting) -> Verdict:
    if letter.status is LetterStatus.VALID and meeting.rehearsal:
        return Verdict.REHEARSAL
    return Verdict(letter.status.value)
