"""What the desk answers to a move: where the browser goes, or why nothing was changed."""

from http import HTTPStatus
from typing import get_args

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from registration.domain import refusals
from registration.domain.door_refusals import SignatureMissing
from registration.domain.refusals import FileFault, Refusal

# What is wrong with the form itself; everything else came too late or second.
_OF_THE_FORM = (
    refusals.ReasonMissing,
    refusals.PassportMissing,
    refusals.WrongName,
    refusals.TermsNotAccepted,
    refusals.UnknownSeat,
    refusals.UnknownSegment,
    refusals.UnknownDelegation,
    SignatureMissing,
    *get_args(FileFault),
)


def code_of(refusal: Refusal | None) -> HTTPStatus:
    """Return the status of a page that shows the refusal: 422 for a field, 409 for the rest."""
    if refusal is None or isinstance(refusal, _OF_THE_FORM):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT


def done(sentence: str, reference: str | None = None) -> ResponseReturnValue:
    """Say what was done on the next page: the entry's, or the meeting's list without one."""
    flash(sentence, "done")
    if reference is None:
        return redirect(url_for("secretariat.entries"), HTTPStatus.SEE_OTHER)
    return redirect(url_for("secretariat.entry", reference=reference), HTTPStatus.SEE_OTHER)
