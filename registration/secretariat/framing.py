"""A mail within a page of the desk: the page with the frame, and the mail in it."""

from http import HTTPStatus

from flask import Response, make_response
from flask.typing import ResponseReturnValue

from registration.mail.previewing import Preview
from registration.web.headers import FRAMED_POLICY, FRAMING_POLICY


def with_frame(page: str, code: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    """Return the page, allowed to show a page of this site in a frame."""
    answer = make_response(page, code)
    answer.headers["Content-Security-Policy"] = FRAMING_POLICY
    return answer


def frame(preview: Preview) -> Response:
    """Return the HTML of the mail, which no other site shows and which runs nothing."""
    answer = Response(preview.html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = FRAMED_POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
