"""A refusal on a page: at the field it belongs to, or on a page of its own with the fresh state."""

from http import HTTPStatus
from typing import get_args

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field

from registration.domain import refusals
from registration.domain.refusals import FileFault, Refusal
from registration.store import reading
from registration.store.database import db
from registration.web.templates import refusal_sentence

#: The field at which each refusal is told, in forms that have it.
_FIELDS: dict[type, str] = {
    refusals.RegistrationClosed: "delegation",
    refusals.DelegationFull: "delegation",
    refusals.UnknownDelegation: "delegation",
    refusals.OnlyByLink: "delegation",
    refusals.SeatTaken: "seat",
    refusals.UnknownSeat: "seat",
    refusals.SegmentFull: "segments",
    refusals.UnknownSegment: "segments",
    refusals.PassportMissing: "passport",
    refusals.WrongName: "typed_name",
    refusals.TermsNotAccepted: "accept",
}
#: What is wrong with the form itself; everything else came too late or second.
_OF_THE_FORM = (
    refusals.PassportMissing,
    refusals.WrongName,
    refusals.TermsNotAccepted,
    refusals.UnknownSeat,
    refusals.UnknownSegment,
    refusals.UnknownDelegation,
    refusals.OnlyByLink,
    *get_args(FileFault),
)


def code_of(refusal: Refusal) -> HTTPStatus:
    """Return 422 for what a field can mend, 413 for a file too large, 409 for the rest."""
    if isinstance(refusal, refusals.FileTooLarge):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if isinstance(refusal, _OF_THE_FORM):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT


def tell(form: FlaskForm, refusal: Refusal, field: str | None = None) -> HTTPStatus:
    """Put the refusal's sentence at its field, or above the form; return the page's status.

    field: where it belongs, for refusals of files.
    """
    name = field or _FIELDS.get(type(refusal))
    if name is not None and name in form:
        add_error(form[name], refusal_sentence(refusal))
    else:
        form.form_errors.append(refusal_sentence(refusal))
    return code_of(refusal)


def add_error(field: Field, sentence: str) -> None:
    """Add a sentence to a field that was judged already."""
    field.errors = [*field.errors, sentence]


def answer(refusal: Refusal) -> ResponseReturnValue:
    """Answer a move of the current entry that was not made: why, and how things stand now."""
    g.registration = reading.get_registration(db.session(), g.registration.id)
    page = render_template("delegate/refused.html", refusal=refusal, registration=g.registration)
    return page, code_of(refusal)
