"""Calendar files as answers: a calendar that asks again is told when nothing is new."""

import re
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Response, current_app, request

from registration.registrar.office import Office

# The one line of an event that differs between two files of the same facts.
_STAMP = re.compile(rb"^DTSTAMP[^\r\n]*\r\n", re.MULTILINE)


def find_host() -> str:
    """Return the site's name, which makes the names of events unique in the world."""
    office: Office = current_app.extensions["office"]
    return urlsplit(office.addresses.base_url).hostname or "localhost"


def answer_calendar(data: bytes, filename: str) -> Response:
    """Return the file to keep; 304 to who has one that says the same."""
    response = Response(data, content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    # Not "no-store" as pages: nothing in it is anybody's own, and calendars ask again and again.
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(sha256(_STAMP.sub(b"", data)).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response
