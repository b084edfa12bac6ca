"""Errors as pages of their own, in the reader's language: what happened and what to do."""

from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from registration.store.wrapping import KeyRetired
from registration.uploads.decoder import DecoderFailed
from registration.vault.storage import StorageFailed
from registration.web.language import find_language
from registration.web.receiving import LockedUploadRequest


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says. title: what happened. advice: what to do now."""

    title: str
    advice: str


def init_app(app: Flask) -> None:
    """Answer every error with a page. What a view raises is logged by Flask before this."""
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(StorageFailed, _not_saved)
    app.register_error_handler(DecoderFailed, _not_saved)
    app.register_error_handler(KeyRetired, _not_saved)


def _not_saved(error: Exception) -> ResponseReturnValue:
    """A full disk, a machine too busy, a retired key: nothing is stored, and the page says so."""
    current_app.logger.error("What was sent could not be saved", exc_info=error)
    page = ErrorPage(
        gettext("This could not be saved"),
        gettext(
            "Nothing was stored. Go back to the form with your browser's Back button and send it "
            "once more in a few minutes."
        ),
    )
    return _render(page, ServiceUnavailable.code)


def _cut_off() -> ErrorPage:
    return ErrorPage(
        gettext("Sending broke off"),
        gettext(
            "The connection ended before the whole form had come, and nothing was stored. Go back "
            "to the form with your browser's Back button and send it once more."
        ),
    )


def _form_expired(error: CSRFError) -> ResponseReturnValue:
    # The token may be among what was lost on the way.
    if isinstance(request, LockedUploadRequest) and request.body_was_cut_off:
        return _render(_cut_off(), error.code or 400)
    page = ErrorPage(
        gettext("This form was open for too long"),
        gettext(
            "Nothing was sent. Go back to the form with your browser's Back button, load it again "
            "and send it once more."
        ),
    )
    return _render(page, error.code or 400)


def _show(error: HTTPException) -> ResponseReturnValue:
    # A redirect of the router ("/en" to "/en/") is an HTTPException too, and no error.
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    body, code = _render(describe(error.code), error.code)
    # "Allow" of a 405, "Retry-After" of a 429.
    kept = [each for each in error.get_headers() if each[0] != "Content-Type"]
    return body, code, kept


def _render(page: ErrorPage, code: int) -> tuple[str, int]:
    return render_template("errors/error.html", page=page, code=code), code


def describe(code: int) -> ErrorPage:
    """Return what the page of an HTTP status says, in the language of the request."""
    g.setdefault("language", find_language())
    return _PAGES.get(code, _bad_request if code < InternalServerError.code else _failure)()


def _bad_request() -> ErrorPage:
    return ErrorPage(
        gettext("We could not read this request"),
        gettext("Go back, load the page again and repeat what you did."),
    )


def _forbidden() -> ErrorPage:
    return ErrorPage(
        gettext("This page is not open to you"),
        gettext("If you have a private link, open it again from the message we sent you."),
    )


def _not_found() -> ErrorPage:
    return ErrorPage(
        gettext("There is no page at this address"),
        gettext("Check the address, or start from the list of meetings."),
    )


def _method() -> ErrorPage:
    return ErrorPage(
        gettext("This address does not take what was sent"),
        gettext("Open the page again and use its own form."),
    )


def _conflict() -> ErrorPage:
    return ErrorPage(
        gettext("Somebody was faster"),
        gettext("Load the page again to see how things stand now."),
    )


def _too_large() -> ErrorPage:
    return ErrorPage(
        gettext("What you sent is too large"),
        gettext("Choose a file of 10\u00a0MB or less and send the form again."),
    )


def _too_many() -> ErrorPage:
    return ErrorPage(
        gettext("Too many tries in a short time"),
        gettext("Wait a few minutes and try again. Nothing you sent before is lost."),
    )


def _failure() -> ErrorPage:
    return ErrorPage(
        gettext("Something failed on our side"),
        gettext("Your data are saved. Try again in a few minutes."),
    )


def _unavailable() -> ErrorPage:
    return ErrorPage(
        gettext("The site is resting for a moment"),
        gettext("Try again in a few minutes."),
    )


_PAGES = {
    400: _bad_request,
    403: _forbidden,
    404: _not_found,
    405: _method,
    409: _conflict,
    413: _too_large,
    429: _too_many,
    500: _failure,
    503: _unavailable,
}
